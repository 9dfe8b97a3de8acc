"""The queue: what is in it, in which order, for whom, and how it is narrowed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.workflow import applications
from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason, Status
from kunskapsbank.models import Claim, Version
from kunskapsbank.review_queue import working_days
from programme.models import Prioritering
from tests.factories import UserFactory
from tests.kunskapsbank import letter_stories, stories

QUEUE = "/granska/"
SEVERAL = "/granska/flera/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def waited(version, days):
    moment = timezone.now() - timedelta(days=days)
    Version.objects.filter(pk=version.pk).update(submitted_at=moment)


def titles(response):
    return [item.title for item in response.context["page"]]


def text(response):
    return " ".join(response.content.decode().split())


def test_oldest_comes_first_whatever_it_is(desk):
    published = stories.published(title="Synlig")
    change = stories.changed(published, title="Ändrad")
    new = stories.submitted(title="Ny")
    waited(new, 3)
    declined = stories.declined(stories.submitted(title="Avböjd"))
    workflow.appeal(declined, by=declined.author, message="Läs en gång till.")

    response = desk.get(QUEUE)

    assert titles(response) == ["Ny", "Ändrad", "Avböjd"]
    kinds = [str(item.kind.label) for item in response.context["page"]]
    assert kinds == ["Nytt bidrag", "Ändring", "Omprövning"]
    assert f"/granska/{change.pk}/" in text(response)


def test_drafts_and_answered_texts_are_not_in_the_queue(desk):
    for status in set(Status) - {Status.SUBMITTED, Status.REPLACED}:
        stories.at(status)

    assert titles(desk.get(QUEUE)) == []


def test_empty_queue_says_what_comes_here(desk):
    response = desk.get(QUEUE)

    assert "Kön är tom" in text(response)
    assert "Inget väntar" in text(response)


def test_long_wait_is_told_in_words(desk, settings):
    settings.REVIEW_ALARM_DAYS = 5
    waited(stories.submitted(title="Gammal"), 20)
    stories.submitted(title="Färsk")

    response = desk.get(QUEUE)

    assert text(response).count("Har väntat för länge.") == 1
    assert "väntat 20 dagar" in text(response)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 23), date(2026, 11, 30), 5),
        (date(2026, 11, 27), date(2026, 11, 29), 0),
        (date(2026, 11, 27), date(2026, 11, 30), 1),
    ],
)
def test_weekends_are_no_working_days(start, end, expected):
    assert working_days(start, end) == expected


def test_own_text_is_shown_and_left_to_another(desk, moderator):
    own = stories.submitted(moderator, title="Min egen")
    stories.submitted(title="En annans")

    response = desk.get(QUEUE)

    assert "Ditt eget bidrag, någon annan beslutar." in text(response)
    assert response.context["following"].title == "En annans"
    assert f'value="{own.pk}"' not in text(response)


def test_claim_shows_who_until_it_lapses(desk):
    version = stories.submitted(title="Tagen")
    workflow.claim(version, by=UserFactory(moderator=True, name="Kim Ström"))

    assert "Kim Ström granskar den till" in text(desk.get(QUEUE))
    assert desk.get(QUEUE).context["following"] is None

    Claim.objects.update(until=timezone.now() - timedelta(seconds=1))

    assert "Kim Ström" not in text(desk.get(QUEUE))
    assert desk.get(QUEUE).context["following"].title == "Tagen"


@pytest.fixture
def two_strands():
    first, *_ = Prioritering.objects.filter(fokusomrade__viljeinriktning__key=1)
    other, *_ = Prioritering.objects.filter(fokusomrade__viljeinriktning__key=4)
    stories.submitted(title="Ett", prioriteringar=[first])
    stories.submitted(title="Fyra", prioriteringar=[other])
    version = stories.published(title="Före", prioriteringar=[other])
    stories.changed(version, title="Fyra igen")


def test_queue_is_narrowed_by_an_address_that_can_be_shared(desk, two_strands):
    response = desk.get(QUEUE, {"vilja": "4"})

    assert titles(response) == ["Fyra", "Fyra igen"]
    counts = {c.value: c.count for c in response.context["asked"].kind_choices}
    assert (counts["nytt-bidrag"], counts["andring"]) == (1, 1)
    both = desk.get(QUEUE, {"vilja": "4", "typ": "andring"})
    assert titles(both) == ["Fyra igen"]
    counts = {c.value: c.count for c in both.context["asked"].strand_choices}
    assert (counts["1"], counts["4"]) == (0, 1)


def test_every_page_tells_a_moderator_how_much_waits(client, desk):
    version = stories.published()
    stories.submitted()
    stories.changed(version)
    declined = stories.declined(stories.submitted())
    workflow.appeal(declined, by=declined.author, message="Läs en gång till.")
    letter_stories.tip()
    applied()

    said = 'Granska (5<span class="visually-hidden"> väntar</span>)'
    assert said in text(desk.get("/kunskapsbank/"))
    assert len(desk.get(QUEUE).context["asked"].items) == 5
    client.force_login(stories.author())
    assert "Granska (" not in text(client.get("/kunskapsbank/"))


def test_each_choice_can_be_taken_away(desk, two_strands):
    page = desk.get(QUEUE, {"vilja": "4", "typ": "andring"})

    assert page.context["asked"].chosen_filters == [
        {"label": "Värdefulla samband", "url": "?typ=andring"},
        {"label": "Ändring", "url": "?vilja=4"},
    ]
    assert "Värdefulla samband<span" in text(page)
    one = desk.get(QUEUE, {"typ": "andring"})
    assert one.context["asked"].chosen_filters == [{"label": "Ändring", "url": QUEUE}]


def test_narrowed_queue_goes_on_within_itself(desk, two_strands):
    response = desk.get(QUEUE, {"vilja": "4"})

    following = response.context["following"]
    page = desk.get(following.url, {"vilja": "4"})

    assert page.context["following"].title == "Fyra igen"
    assert "?vilja=4" in text(page)


def test_unknown_filter_is_left_out(desk, two_strands):
    assert len(titles(desk.get(QUEUE, {"vilja": "99", "typ": "<b>", "sida": "x"}))) == 3


def test_empty_choice_leads_to_everything(desk, two_strands):
    response = desk.get(QUEUE, {"vilja": "2"})

    assert "Visa allt som väntar (3)" in text(response)


def test_queue_costs_no_query_more_for_each_text(
    desk, django_assert_max_num_queries, two_strands
):
    desk.get(QUEUE)
    for number in range(8):
        stories.submitted(title=f"Text {number}")

    with django_assert_max_num_queries(27):
        desk.get(QUEUE)


def test_what_an_owner_did_not_write_is_left_to_another_too(desk, moderator):
    version = stories.submitted()
    workflow.add_owner(version.entry, owner=moderator, by=version.author)
    declined = stories.declined(stories.submitted())
    workflow.add_owner(declined.entry, owner=moderator, by=declined.author)
    workflow.appeal(declined, by=declined.author, message="Läs en gång till.")

    response = desk.get(QUEUE)

    assert text(response).count("Ditt eget bidrag, någon annan beslutar.") == 2
    assert response.context["following"] is None


# -- Several at once


def test_several_are_shown_whole_before_the_decision(desk):
    versions = [stories.submitted(summary=f"Sammanfattning {n}.") for n in (1, 2)]

    response = desk.get(SEVERAL, {"text": [v.pk for v in versions]})

    assert "Sammanfattning 1." in text(response)
    assert "Sammanfattning 2." in text(response)
    assert text(response).count('<details class="disclosure space-s" open>') == 2
    assert [row["value"] for row in response.context["chosen"]] == [
        f"{v.pk}.{v.lock}" for v in versions
    ]


def sent(versions, **how):
    return {"text": [f"{v.pk}.{v.lock}" for v in versions], **how}


def test_one_that_cannot_be_decided_is_explained_and_the_rest_are(desk, moderator):
    first, changed, mine, gone = (
        stories.submitted(),
        stories.submitted(title="Ändrad efteråt"),
        stories.submitted(moderator, title="Min egen"),
        stories.submitted(title="Redan avböjd"),
    )
    data = sent([first, changed, mine, gone], decision="publish", message="Tack!")
    workflow.take_back(changed, by=changed.author)
    changed.refresh_from_db()
    workflow.save_text(
        changed, by=changed.author, lock=changed.lock, title="Ändrad efteråt igen"
    )
    stories.hand_in(changed)
    stories.declined(gone)

    response = desk.post(SEVERAL, data, follow=True)

    said = {row["title"]: row["said"] for row in response.context["rows"]}
    assert said[first.title] == "Publicerat."
    assert "Texten har ändrats" in said["Ändrad efteråt igen"]
    assert "en annan moderator" in said["Min egen"]
    assert "Mo Lind har avböjt" in said["Redan avböjd"]
    statuses = [Version.objects.get(pk=v.pk).status for v in (first, changed, mine)]
    assert statuses == [Status.PUBLISHED, Status.SUBMITTED, Status.SUBMITTED]
    assert stories.acts(changed.entry)[-1] == Act.SUBMITTED
    assert "3 av besluten är inte sparade" in text(response)
    assert 'Det här hade du skrivit</h2> <p class="said">Tack!</p>' in text(response)


def test_several_are_declined_with_one_reason_and_message(desk):
    versions = [stories.submitted(), stories.submitted()]
    how = {"decision": "decline", "reason": "advertising", "message": "Det är reklam."}

    desk.post(SEVERAL, sent(versions, **how))

    for version in versions:
        event = version.entry.last_event
        assert (event.act, event.reason) == (Act.DECLINED, DeclineReason.ADVERTISING)
        assert event.detail.message == "Det är reklam."


def test_missing_message_keeps_the_choice(desk):
    versions = [stories.submitted(), stories.submitted()]

    response = desk.post(SEVERAL, sent(versions, decision="return"))

    assert "Skriv vad som behövs" in text(response)
    assert len(response.context["chosen"]) == 2
    assert {v.entry.last_event.act for v in versions} == {Act.SUBMITTED}


def test_text_that_was_never_shown_is_not_decided(desk):
    version = stories.submitted()

    desk.post(SEVERAL, {"text": [version.pk], "decision": "publish"})

    assert Version.objects.get(pk=version.pk).status == Status.SUBMITTED


@pytest.mark.parametrize("value", ["x", "1.x", "9999999999999.1", "-1.0", "1.1.1"])
def test_nonsense_is_no_text(desk, value):
    response = desk.post(SEVERAL, {"text": [value], "decision": "publish"})

    assert response.status_code == 200
    assert "Inga bidrag är valda" in text(response)


def test_nothing_chosen_leads_back(desk):
    response = desk.get(SEVERAL, follow=True)

    assert "Kryssa i minst ett bidrag" in text(response)


def test_drafts_cannot_be_chosen(desk):
    draft = stories.draft(title="Hemligt utkast")

    response = desk.get(SEVERAL, {"text": [draft.pk]}, follow=True)

    assert "Hemligt utkast" not in text(response)


# -- Letters and applications


def applied(name="Siv Ek"):
    return applications.apply(
        name=name, email="siv@example.se", organisation="Byalaget", reason="Gärna!"
    )


def test_applications_wait_with_the_rest(desk):
    application = applied()
    stories.submitted(title="Nyare")

    response = desk.get(QUEUE)

    assert titles(response) == ["Siv Ek vill bidra", "Nyare"]
    assert f"Ansökan · Byalaget, {application.number}" in text(response)
    assert (
        response.context["following"].url == f"/granska/ansokningar/{application.pk}/"
    )
    assert titles(desk.get(QUEUE, {"typ": "ansokan"})) == ["Siv Ek vill bidra"]
    applications.decline_applicant(application, by=stories.moderator(), message="Nej.")
    assert titles(desk.get(QUEUE)) == ["Nyare"]


def test_tips_and_reports_wait_with_the_rest(desk):
    entry = stories.published().entry
    letter_stories.tip(text="Bokbyte på Elineberg.")
    letter_stories.report(entry, text="Mitt namn står där.")

    response = desk.get(QUEUE)

    assert titles(response) == ["Bokbyte på Elineberg.", "Mitt namn står där."]
    kinds = [str(item.kind.label) for item in response.context["page"]]
    assert kinds == ["Tips", "Anmälan"]
    assert entry.number in text(response)
    assert titles(desk.get(QUEUE, {"typ": "tips"})) == ["Bokbyte på Elineberg."]
