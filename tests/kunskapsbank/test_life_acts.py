"""What a person can do with their own contribution, in each status, and nobody else."""

from html import unescape
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason, EntryState, Status
from kunskapsbank.models import Version
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

PATHS = {
    "take_back": "ta-tillbaka",
    "withdraw": "aterkalla",
    "duplicate": "duplicera",
    "hand_over": "overlamna",
    "share": "dela",
    "appeal": "omprovning",
    "copy_declined": "kopiera",
}
SENT = {"appeal": {"message": "Läs igen."}}
UNDECIDED = {Status.DRAFT, Status.SUBMITTED, Status.RETURNED}
EVERY = set(Status)
PUBLIC = {Status.PUBLISHED, Status.REPLACED}
# Act, who, and the statuses in which it can be done.
TABLE = [
    ("take_back", "author", {Status.SUBMITTED}),
    ("take_back", "owner", {Status.SUBMITTED}),
    ("withdraw", "author", PUBLIC),
    ("withdraw", "owner", PUBLIC),
    ("duplicate", "author", EVERY),
    ("duplicate", "owner", EVERY - {Status.DRAFT}),
    ("hand_over", "author", EVERY),
    ("hand_over", "owner", EVERY - {Status.DRAFT}),
    ("hand_over", "moderator", EVERY - {Status.DRAFT}),
    ("share", "author", UNDECIDED),
    ("appeal", "author", {Status.DECLINED}),
    ("copy_declined", "author", {Status.DECLINED}),
]
CAN = {(act, who): statuses for act, who, statuses in TABLE}
PEOPLE = ["author", "owner", "contributor", "moderator", "stranger"]


def address(version, act):
    return f"/mina-bidrag/{version.pk}/{PATHS[act]}/"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def people(version):
    owner = stories.author()
    version.entry.owners.add(owner)
    return {
        "author": version.author,
        "owner": owner,
        "contributor": stories.author(),
        "moderator": stories.moderator(),
        "stranger": UserFactory(),
    }


def posted(client, version, act):
    return client.post(address(version, act), SENT.get(act, {}))


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize("status", sorted(Status))
def test_act_is_offered_and_shown_to_who_may_do_it_when_it_can_be_done(status):
    version = stories.at(status, by=stories.author())
    faults = []

    for who, person in people(version).items():
        client = signed_in(person)
        own = client.get(f"/mina-bidrag/{version.pk}/")
        for act in PATHS:
            can = status in CAN.get((act, who), set())
            page = client.get(address(version, act))
            offered = address(version, act) in own.content.decode()
            if offered is not (can and who != "moderator"):
                faults.append(f"{act} is offered to {who}: {offered}")
            if not is_shown_rightly(page, act, can=can):
                faults.append(f"{act} is shown to {who}: {page.status_code}")

    assert faults == []


def is_shown_rightly(page, act, *, can):
    if page.status_code != 200:
        return page.status_code == 404 and not can
    leads_back = "Till bidraget" in page.content.decode()
    return page.context["is_time"] is can and leads_back is (not can or act == "share")


@pytest.mark.pages
@pytest.mark.parametrize("status", sorted(Status))
def test_act_is_done_by_who_may_and_by_nobody_else(status):
    version = stories.at(status, by=stories.author())
    before = state(version)
    faults = []

    for who, person in people(version).items():
        client = signed_in(person)
        for act in ["take_back", "withdraw", "appeal", "copy_declined"]:
            can = status in CAN.get((act, who), set())
            with transaction.atomic():
                response = posted(client, version, act)
                is_done = state(version) != before
                transaction.set_rollback(True)
            if is_done is not can:
                faults.append(f"{act} is done by {who}: {is_done}")
            if response.status_code not in ({302} if can else {302, 404}):
                faults.append(f"{act} answers {who}: {response.status_code}")

    assert faults == []


def state(version):
    entry = version.entry
    entry.refresh_from_db()
    return (
        entry.state,
        list(entry.versions.values_list("number", "status")),
        entry.events.count(),
        Version.objects.count(),
    )


@pytest.mark.parametrize("act", PATHS)
def test_who_is_not_signed_in_is_led_there(client, act):
    version = stories.submitted()

    for response in (client.get(address(version, act)), posted(client, version, act)):
        assert response.status_code == 302
        assert response.url.startswith("/konto/")


@pytest.mark.parametrize("act", PATHS)
def test_who_is_disabled_gets_nowhere(act):
    version = stories.at(Status.DECLINED, by=stories.author())
    client = signed_in(version.author)
    version.author.is_active = False
    version.author.save()
    before = state(version)

    response = posted(client, version, act)

    assert response.status_code == 302
    assert response.url.startswith("/konto/")
    assert state(version) == before


# -- Each act


def test_taken_back_text_is_a_draft_and_a_second_click_does_nothing():
    version = stories.submitted()
    client = signed_in(version.author)

    for _ in range(2):
        posted(client, version, "take_back")

    version.refresh_from_db()
    assert version.status == Status.DRAFT
    assert stories.acts(version.entry).count(Act.TAKEN_BACK) == 1


def test_owner_who_takes_back_another_s_text_is_told_where_it_is():
    version, owner = stories.submitted(), stories.author()
    version.entry.owners.add(owner)

    response = signed_in(owner).post(address(version, "take_back"), follow=True)

    assert response.redirect_chain == [("/mina-bidrag/", 302)]
    said = unescape(response.content.decode())
    assert "Det är ett utkast hos den som har skrivit det" in said


def test_owner_does_not_stop_an_outsider_s_proposal():
    version = stories.published()
    proposal = stories.changed(version, by=stories.author())
    client = signed_in(version.author)

    assert client.get(f"/mina-bidrag/{proposal.pk}/").status_code == 200
    assert posted(client, proposal, "take_back").status_code == 404

    proposal.refresh_from_db()
    assert proposal.status == Status.SUBMITTED


def test_copying_says_so_only_when_a_copy_is_made():
    version = stories.published()
    declined = stories.declined(stories.changed(version, title="Avböjd rubrik"))
    workflow.propose_change(version.entry, by=version.author)

    response = signed_in(version.author).post(
        address(declined, "copy_declined"), follow=True
    )

    said = unescape(response.content.decode())
    assert "ingen kopia är gjord" in said
    assert "Avböjd rubrik" not in said


def test_what_was_decided_meanwhile_is_told_and_kept():
    version = stories.submitted()
    client = signed_in(version.author)
    client.get(address(version, "take_back"))
    workflow.publish(version, by=stories.moderator(), lock=version.lock)

    response = client.post(address(version, "take_back"), follow=True)

    version.refresh_from_db()
    assert version.status == Status.PUBLISHED
    assert "inte längre i det läget" in unescape(response.content.decode())


def test_withdrawing_spells_out_what_follows_and_asks_once():
    version = stories.published()
    client = signed_in(version.author)

    text = unescape(client.get(address(version, "withdraw")).content.decode())

    version.entry.refresh_from_db()
    assert version.entry.state == EntryState.OPEN
    assert "försvinner från webbplatsen direkt" in text
    assert "Ingenting raderas." in text


def test_withdrawn_contribution_is_gone_and_keeps_its_message_private(client):
    version = stories.published()
    author = signed_in(version.author)

    sent = {"message": "Jag ångrade mig."}
    for _ in range(2):
        author.post(address(version, "withdraw"), sent)

    gone = client.get(version.get_absolute_url())
    assert gone.status_code == 410
    assert "Jag ångrade mig." not in gone.content.decode()
    assert stories.acts(version.entry).count(Act.WITHDRAWN) == 1
    own = author.get(f"/mina-bidrag/{version.pk}/").content.decode()
    assert "Jag ångrade mig." in unescape(own)


@pytest.mark.trust("R12")
def test_withdrawing_while_a_change_is_open_in_the_queue_is_no_fault():
    """R12"""
    version = stories.published()
    proposal = stories.changed(version, by=stories.author())
    posted(signed_in(version.author), version, "withdraw")

    own = signed_in(proposal.author).get(f"/mina-bidrag/{proposal.pk}/")

    assert "Bidraget är återtaget" in unescape(own.content.decode())


def test_second_click_on_copy_gives_the_same_copy():
    version = stories.published()
    client = signed_in(version.author)
    key = {"key": uuid4()}

    places = {client.post(address(version, "duplicate"), key).url for _ in range(2)}

    assert len(places) == 1
    assert Version.objects.filter(author=version.author).count() == 2


def test_page_for_a_copy_has_a_key_of_its_own():
    version = stories.published()
    client = signed_in(version.author)

    keys = {
        client.get(address(version, "duplicate")).context["form"]["key"].value()
        for _ in range(2)
    }

    assert len(keys) == 2


def test_appeal_needs_words_and_keeps_those_written():
    version = stories.declined(stories.submitted())
    client = signed_in(version.author)

    text = client.post(address(version, "appeal"), {"message": " "}).content.decode()

    assert "Skriv varför du tycker att beslutet är fel" in unescape(text)
    assert "<title>Fel:" in text
    assert not version.appeals.exists()


def test_appeal_is_made_once_and_the_page_says_so():
    version = stories.declined(stories.submitted())
    client = signed_in(version.author)

    for _ in range(2):
        posted(client, version, "appeal")
    text = unescape(client.get(f"/mina-bidrag/{version.pk}/").content.decode())

    assert version.appeals.count() == 1
    assert "Väntar på en annan granskare" in text
    assert address(version, "appeal") not in text


def test_declined_text_is_copied_to_one_draft():
    version = stories.declined(stories.submitted())
    client = signed_in(version.author)

    for _ in range(2):
        posted(client, version, "copy_declined")

    drafts = version.entry.versions.filter(status=Status.DRAFT)
    assert [draft.title for draft in drafts] == [version.title]


@pytest.mark.parametrize("act", PATHS)
def test_reading_a_page_changes_nothing(act):
    version = stories.submitted()
    client = signed_in(version.author)
    before = state(version)

    client.get(address(version, act))

    assert state(version) == before


def test_hidden_contribution_offers_no_act_on_its_text():
    version = stories.published()
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.THREAT)
    client = signed_in(version.author)

    text = client.get(f"/mina-bidrag/{version.pk}/").content.decode()

    assert "foresla-andring" not in text
    assert address(version, "withdraw") not in text


@pytest.mark.parametrize("number", ["0", "99999999", "9" * 40])
def test_what_never_was_is_not_found(number):
    client = signed_in(stories.author())

    for path in PATHS.values():
        assert client.get(f"/mina-bidrag/{number}/{path}/").status_code == 404
