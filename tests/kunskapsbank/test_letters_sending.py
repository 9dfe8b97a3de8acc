"""Anybody may write to the moderators, and nothing that was written is lost."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from kunskapsbank import guards, letter_mail, workflow
from kunskapsbank.enums import DeclineReason, LetterKind
from kunskapsbank.models import Letter
from kunskapsbank.workflow import letters
from tests.kunskapsbank import letter_stories, stories
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = pytest.mark.django_db

TIP = "/tipsa/"
ACCESSIBILITY = "/tillganglighet/rapportera/"
TEXT = "Bokbyte på torget, åäö"
TOO_FAST = "såg ut som en maskin"


def sent(**values):
    return {"text": TEXT, "stamp": letter_stories.stamp(), **values}


def follow(client, address, **values):
    response = client.post(address, sent(**values), follow=True)
    return response.content.decode()


def test_a_tip_is_kept_and_gets_a_number(client):
    page = follow(client, TIP, link="https://example.se/a", email="du@example.se")

    tip = Letter.objects.get()
    assert f"T-{tip.pk}" in page
    assert (tip.kind, tip.text, tip.email) == ("tip", TEXT, "du@example.se")


def test_the_receipt_shows_nothing_of_what_was_written(client):
    page = follow(client, TIP, email="du@example.se")

    assert TEXT not in page
    assert "du@example.se" not in page


@pytest.mark.parametrize("token", ["1", "1:abc", "", "x" * 400])
def test_nobody_guesses_the_address_of_a_receipt(client, token):
    letter_stories.tip()

    assert client.get(f"/kvitto/{token or '-'}/").status_code == 404


def test_the_receipt_is_kept_by_nobody(client):
    token = letter_mail.token_of(letter_stories.tip())

    response = client.get(reverse("kunskapsbank:letter_receipt", args=[token]))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_form_sent_twice_makes_one_letter(client):
    form = sent()

    first = client.post(TIP, form)
    second = client.post(TIP, form)

    letter = Letter.objects.get()
    receipts = {each.url.partition(":")[0] for each in (first, second)}
    assert len(receipts) == 1, letter  # what follows tells the second it was signed


def test_the_same_form_with_other_words_makes_another(client):
    form = sent()
    client.post(TIP, form)

    client.post(TIP, form | {"text": "Något helt annat"})

    assert Letter.objects.count() == 2


def test_what_is_sent_too_fast_is_shown_again_and_works_the_second_time(client):
    form = sent(stamp=guards.new_stamp())

    again = client.post(TIP, form)

    assert Letter.objects.count() == 0
    page = again.content.decode()
    assert TOO_FAST in page
    assert TEXT in page
    client.post(TIP, form | {"stamp": again.context["form"].data["stamp"]})
    assert Letter.objects.get().text == TEXT


def test_who_has_left_something_out_is_told_that_alone(client):
    page = client.post("/tipsa/", {"text": "", "stamp": letter_stories.stamp(0)})

    assert page.context["form"].errors == {"text": ["Skriv vad du vill tipsa om"]}


@pytest.mark.parametrize("stamp", ["", "skräp", "1:2:3"])
def test_a_form_that_we_have_not_given_out_is_shown_again(client, stamp):
    page = client.post(TIP, sent(stamp=stamp)).content.decode()

    assert Letter.objects.count() == 0
    assert TEXT in page


def test_who_fills_in_the_trap_keeps_the_text_and_gets_an_empty_trap(client):
    again = client.post(TIP, sent(website="https://example.se"))

    assert Letter.objects.count() == 0
    page = again.content.decode()
    assert TEXT in page
    assert "https://example.se" not in page


FAULTS = [
    ({"text": " "}, "Skriv vad du vill tipsa om"),
    ({"text": "å" * 4001}, "Skriv högst 4000 tecken"),
    ({"link": "inte en länk"}, "Länken ska börja med https:// eller http://"),
    ({"link": "javascript:alert(1)"}, "Länken ska börja med"),
    ({"email": "nej"}, "Skriv e-postadressen så här: namn@example.se"),
    ({"email": "a@example.se\nBcc: b@example.se"}, "Skriv e-postadressen så här"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_a_fault_says_what_to_do_and_keeps_the_rest(client, fault, said):
    page = client.post(TIP, sent(email="du@example.se") | fault).content.decode()

    assert Letter.objects.count() == 0
    assert said in page
    assert "Fel: " in page
    if "text" not in fault:
        assert TEXT in page


def test_too_much_from_one_network_is_refused_and_the_text_kept(client, monkeypatch):
    monkeypatch.setattr(letters, "MAX_PER_HOUR_AND_NETWORK", 1)
    client.post(TIP, sent(text="Den första"))

    response = client.post(TIP, sent())

    assert response.status_code == 429
    assert TEXT in response.content.decode()
    assert "Vänta en timme" in response.content.decode()
    assert Letter.objects.count() == 1
    elsewhere = client.post(TIP, sent(), REMOTE_ADDR="203.0.113.7")
    assert elsewhere.status_code == 302


def test_neighbours_in_a_network_are_counted_together():
    assert guards.network_of("198.51.100.1") == guards.network_of("198.51.100.200")
    assert guards.network_of("2001:db8::1") == guards.network_of("2001:db8::ff:1")
    assert guards.network_of("198.51.100.1") != guards.network_of("198.51.101.1")
    assert guards.network_of("") == ""


def test_a_server_for_both_kinds_of_address_tells_networks_apart():
    one, other = "::ffff:192.0.2.1", "::ffff:198.51.100.1"

    assert guards.network_of(one) == guards.network_of("192.0.2.99")
    assert guards.network_of(one) != guards.network_of(other)


def test_no_address_of_a_computer_is_kept(client):
    client.post(TIP, sent(), REMOTE_ADDR="198.51.100.1")

    assert "198.51" not in str(Letter.objects.values().get())


def test_too_much_from_all_is_refused_but_not_of_another_kind(client, monkeypatch):
    monkeypatch.setattr(letters, "MAX_PER_HOUR", 1)
    client.post(TIP, sent(), REMOTE_ADDR="203.0.113.1")

    refused = client.post(TIP, sent(), REMOTE_ADDR="203.0.114.1")
    report = client.post(ACCESSIBILITY, sent(kind="accessibility"))

    assert refused.status_code == 429
    assert report.status_code == 302


@pytest.mark.trust("R21")
def test_the_limit_holds_without_a_cache(client, monkeypatch, settings):
    """R21"""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    monkeypatch.setattr(letters, "MAX_PER_HOUR", 0)

    assert client.post(TIP, sent()).status_code == 429


def test_an_address_gets_few_receipts_a_day():
    for _ in range(5):
        letter_stories.tip(email="offer@example.se")

    tasks = DBTaskResult.objects.filter(task_path__endswith="send_receipt")
    assert tasks.count() == letters.MAX_RECEIPTS_PER_DAY
    assert Letter.objects.count() == 5


def test_a_report_holds_what_the_law_asks_for(client):
    """DSA article 16; trust A24"""
    entry = stories.published().entry
    address = f"{entry.get_absolute_url()}rapportera/"

    page = follow(
        client,
        address,
        reason="personal_data",
        place="Tredje stycket",
        name="Ada",
        email="ada@example.se",
        in_good_faith="on",
    )

    report = Letter.objects.get()
    assert f"A-{report.pk}" in page
    assert report.entry == entry
    assert report.reason == DeclineReason.PERSONAL_DATA
    assert report.in_good_faith
    assert (report.name, report.place) == ("Ada", "Tredje stycket")


def test_a_report_without_a_reason_or_good_faith_is_shown_again(client):
    address = f"{stories.published().entry.get_absolute_url()}rapportera/"

    page = client.post(address, sent(name="Ada")).content.decode()

    assert "Välj vad som är fel" in page
    assert "Kryssa i att det du skriver är riktigt" in page
    assert 'value="Ada"' in page
    assert TEXT in page


def test_nothing_hidden_can_be_reported(client):
    entry = stories.published().entry
    workflow.hide(entry, by=stories.moderator(), reason=DeclineReason.THREAT)

    assert client.get(f"{entry.get_absolute_url()}rapportera/").status_code == 410


@pytest.mark.parametrize("kind", ["accessibility", "other_form"])
def test_one_form_reports_and_asks_for_another_form(client, kind):
    """Trust A5"""
    page = follow(client, ACCESSIBILITY, kind=kind, link="/kunskapsbank/")

    letter = Letter.objects.get()
    assert f"L-{letter.pk}" in page
    assert letter.kind == kind
    assert letter.link == "/kunskapsbank/"


def test_only_the_kinds_of_the_form_can_be_sent(client):
    client.post(ACCESSIBILITY, sent(kind="tip"))
    client.post(TIP, sent(kind="report"))

    assert [letter.kind for letter in Letter.objects.all()] == [LetterKind.TIP]


def test_a_letter_is_read_by_moderators_only():
    letter_stories.tip()

    assert Letter.objects.visible_to(stories.author()).count() == 0
    assert Letter.objects.visible_to(stories.moderator()).count() == 1


def double_click():
    key = uuid4()

    def receive():
        return workflow.receive_letter(LetterKind.TIP, key=key, text=TEXT)

    first, second = race(receive, receive)

    assert first == second
    assert Letter.objects.filter(key=key).count() == 1


if HAS_ROW_LOCKS:

    def test_two_halves_of_a_double_click_at_the_same_time():
        committed(double_click)
