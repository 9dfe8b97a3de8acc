"""Any reader may say whether a contribution helped; nothing says who did."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from kunskapsbank import guards, workflow
from kunskapsbank.enums import DeclineReason
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import HelpfulAnswer
from kunskapsbank.workflow import helpful
from tests.kunskapsbank import letter_stories, stories
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = pytest.mark.django_db

LINE = "Det saknas en karta, åäö"
DESK = "/granska/svar/"


@pytest.fixture
def version():
    return stories.published()


@pytest.fixture
def form_address(version):
    return f"{version.get_absolute_url()}hjalpte-det/"


def sent(answer="ja", text=LINE, **values):
    stamp = letter_stories.stamp()
    return {"is_helpful": answer, "text": text, "stamp": stamp, **values}


def received(entry, is_helpful=True, text="", **values):
    about = {"is_helpful": is_helpful, "text": text, **values}
    return workflow.receive_helpful(entry, key=uuid4(), **about)


def test_contribution_leads_to_the_form_and_sets_no_cookie(
    client, version, form_address
):
    page = client.get(version.get_absolute_url())

    assert f'href="{form_address}"' in page.content.decode()
    assert not page.cookies
    assert client.get(form_address).status_code == 200


@pytest.mark.parametrize(("answer", "kept"), [("ja", True), ("nej", False)])
def test_answer_is_kept_and_thanked_for(client, version, form_address, answer, kept):
    page = client.post(form_address, sent(answer), follow=True)

    found = HelpfulAnswer.objects.get()
    assert (found.entry, found.is_helpful, found.text) == (version.entry, kept, LINE)
    assert "Tack för svaret" in page.content.decode()
    assert LINE not in page.content.decode()


def test_line_may_be_left_out(client, form_address):
    client.post(form_address, sent(text=""))

    assert HelpfulAnswer.objects.get().text == ""


FAULTS = [
    ({"is_helpful": ""}, "Svara ja eller nej"),
    ({"is_helpful": "kanske"}, "Svara ja eller nej"),
    ({"text": "å" * 501}, "Skriv högst 500 tecken"),
    ({"text": "Fråga 19121212-1212 om det"}, "Ta bort personnumret 19121212-1212"),
    ({"text": "Skriv till ida@example.se"}, "Ta bort e-postadressen ida@example.se"),
    ({"text": "Ring 042-10 50 00"}, "Ta bort telefonnumret 042-10 50 00"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_fault_says_what_to_do_and_keeps_the_rest(client, form_address, fault, said):
    page = client.post(form_address, sent(**fault)).content.decode()

    assert HelpfulAnswer.objects.count() == 0
    assert said in page
    assert "Fel: " in page
    assert fault.get("text", LINE)[:400] in page


def test_form_sent_twice_makes_one_answer(client, form_address):
    form = sent()

    answers = [client.post(form_address, form) for _ in range(2)]

    assert HelpfulAnswer.objects.count() == 1
    assert {answer.url for answer in answers} == {f"{form_address}tack/"}


def test_machine_is_stopped_and_a_quick_person_is_not(client, form_address):
    too_fast = client.post(form_address, sent(stamp=guards.new_stamp()))
    trapped = client.post(form_address, sent(website="https://example.se"))
    assert HelpfulAnswer.objects.count() == 0
    for page in (too_fast, trapped):
        assert LINE in page.content.decode()

    client.post(form_address, sent(stamp=letter_stories.stamp(2)))

    assert HelpfulAnswer.objects.count() == 1


@pytest.mark.parametrize("limit", ["MAX_PER_HOUR", "MAX_PER_HOUR_AND_NETWORK"])
def test_flood_is_stopped_and_the_line_kept(client, form_address, monkeypatch, limit):
    monkeypatch.setattr(helpful, limit, 1)
    client.post(form_address, sent(text="Den första"))

    refused = client.post(form_address, sent())
    elsewhere = client.post(form_address, sent(), REMOTE_ADDR="203.0.113.7")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "3600"
    assert LINE in refused.content.decode()
    assert elsewhere.status_code == (429 if limit == "MAX_PER_HOUR" else 302)


def test_old_answers_leave_room(version, monkeypatch):
    monkeypatch.setattr(helpful, "MAX_PER_HOUR", 1)
    answer = received(version.entry)
    HelpfulAnswer.objects.filter(pk=answer.pk).update(
        created_at=timezone.now() - timedelta(minutes=61)
    )

    received(version.entry)

    assert HelpfulAnswer.objects.count() == 2


def test_nothing_tells_who_answered(client, form_address):
    client.force_login(stories.author_named("Bo Ek"))

    client.post(form_address, sent(), REMOTE_ADDR="198.51.100.1")

    kept = str(HelpfulAnswer.objects.values().get())
    assert "198.51" not in kept
    assert "Bo Ek" not in kept
    assert {each.name for each in HelpfulAnswer._meta.fields} == {
        *("id", "entry", "is_helpful", "text", "created_at", "seen_at", "key"),
        "network",
    }


def test_hidden_contribution_takes_no_answer(client, version, form_address):
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.OTHER)

    assert client.get(form_address).status_code == 410
    assert client.post(form_address, sent()).status_code == 410
    assert client.get(f"{form_address}tack/").status_code == 410
    assert HelpfulAnswer.objects.count() == 0


def test_author_sees_the_counts_and_no_line(client, version):
    for is_helpful in (True, True, False):
        received(version.entry, is_helpful, LINE)
    received(stories.published().entry, False)
    client.force_login(version.author)

    listed = client.get("/mina-bidrag/").content.decode()
    page = client.get(
        reverse("kunskapsbank:my_entry", args=[version.pk])
    ).content.decode()

    assert "Hjälpte det? 2 ja, 1 nej" in listed
    assert "2 har svarat ja, 1 nej" in page
    assert LINE not in listed + page


def test_readers_see_neither_counts_nor_lines(client, version):
    received(version.entry, False, LINE)

    page = client.get(version.get_absolute_url()).content.decode()

    assert LINE not in page
    assert "1 nej" not in page


def test_moderators_read_lines_and_mark_them_as_seen(client, version):
    answer = received(version.entry, False, LINE)
    received(version.entry, True)
    client.force_login(stories.moderator())

    page = client.get(DESK).content.decode()
    assert page.count("Markera som sedd") == 1
    assert LINE in page
    assert "<td data-number>1</td><td data-number>1</td>" in page
    marked = client.post(f"{DESK}{answer.pk}/sett/", follow=True).content.decode()
    assert LINE not in marked
    answer.refresh_from_db()
    seen = answer.seen_at
    client.post(f"{DESK}{answer.pk}/sett/")

    answer.refresh_from_db()
    assert answer.seen_at == seen is not None


def test_looking_marks_nothing(client, version):
    answer = received(version.entry, text=LINE)
    client.force_login(stories.moderator())

    assert client.get(f"{DESK}{answer.pk}/sett/").url == DESK
    answer.refresh_from_db()
    assert answer.seen_at is None


def test_only_moderators_get_to_the_lines(client, version):
    answer = received(version.entry, text=LINE)
    client.force_login(version.author)

    assert client.get(DESK).status_code == 404
    assert client.post(f"{DESK}{answer.pk}/sett/").status_code == 404
    with pytest.raises(NotAllowed):
        workflow.see_helpful(answer, by=version.author)


def test_line_is_erased_ninety_days_after_it_was_seen(version):
    now = timezone.now()
    for days in (89, 91):
        answer = received(version.entry, text=f"Sedd för {days} dagar sedan")
        answer.seen_at = now - timedelta(days=days)
        answer.save()
    received(version.entry, text="Inte sedd")

    call_command("erase_senders", verbosity=0)

    kept = HelpfulAnswer.objects.order_by("pk").values_list("text", flat=True)
    assert list(kept) == ["Sedd för 89 dagar sedan", "", "Inte sedd"]


def test_network_is_forgotten_after_a_day(version):
    for hours in (23, 25):
        answer = received(version.entry, network=f"nät {hours}")
        HelpfulAnswer.objects.filter(pk=answer.pk).update(
            created_at=timezone.now() - timedelta(hours=hours)
        )

    call_command("erase_senders", verbosity=0)

    kept = HelpfulAnswer.objects.order_by("pk").values_list("network", flat=True)
    assert list(kept) == ["nät 23", ""]


def double_click():
    entry = stories.published().entry
    key = uuid4()

    def receive():
        return workflow.receive_helpful(entry, key=key, is_helpful=True)

    first, second = race(receive, receive)

    assert first == second
    assert HelpfulAnswer.objects.filter(key=key).count() == 1


if HAS_ROW_LOCKS:

    def test_two_halves_of_a_double_click_at_the_same_time():
        committed(double_click)
