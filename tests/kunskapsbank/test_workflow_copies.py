"""A text that begins as another: proposed changes, duplicates, what was declined."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Status
from kunskapsbank.exceptions import (
    AlreadyWaiting,
    EntryWithdrawn,
    NotAllowed,
    NothingPublished,
)
from kunskapsbank.models import Entry, Version
from kunskapsbank.workflow import text
from programme.models import Prioritering
from search import generation
from tests.factories import OrganisationFactory, TagFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def stored(version):
    return Version.objects.get(pk=version.pk)


def test_a_proposed_change_copies_the_text_with_its_ties():
    ties = {
        "prioriteringar": list(Prioritering.objects.order_by("pk")[:2]),
        "tags": [TagFactory()],
        "organisations": [OrganisationFactory()],
    }
    version = stories.published(**ties, place="Råå")
    before = generation.current()

    change = workflow.propose_change(version.entry, by=version.author)

    assert text.copied(change) == text.copied(version)
    assert (change.number, change.status, change.based_on) == (2, Status.DRAFT, version)
    assert stored(version).status == Status.PUBLISHED
    assert generation.current() == before


def test_other_contributors_may_propose_a_change_and_own_nothing():
    version = stories.published()
    other = stories.author()

    change = workflow.propose_change(version.entry, by=other)

    assert change.author == other
    assert list(version.entry.owners.all()) == [version.author]


def test_proposing_twice_gives_the_same_draft():
    version = stories.published()

    first = workflow.propose_change(version.entry, by=version.author)
    second = workflow.propose_change(version.entry, by=version.author)

    assert first == second


def test_whoever_waits_for_an_answer_proposes_no_more():
    version = stories.published()
    stories.changed(version)

    with pytest.raises(AlreadyWaiting):
        workflow.propose_change(version.entry, by=version.author)


def test_there_must_be_a_text_to_change():
    version = stories.submitted()

    with pytest.raises(NothingPublished):
        workflow.propose_change(version.entry, by=version.author)


def test_nobody_proposes_a_change_to_what_is_withdrawn():
    version = stories.published()
    workflow.withdraw(version.entry, by=version.author)

    with pytest.raises(EntryWithdrawn):
        workflow.propose_change(version.entry, by=version.author)


def test_a_duplicate_is_a_contribution_of_its_own():
    version = stories.published()
    other = stories.author()

    copy = workflow.duplicate(version, by=other)

    assert copy.entry != version.entry
    assert (copy.title, copy.author, copy.based_on) == (version.title, other, None)
    assert copy.public_name == ""


def test_nobody_duplicates_what_they_may_not_read():
    with pytest.raises(NotAllowed):
        workflow.duplicate(stories.submitted(), by=stories.author())


def test_a_declined_text_can_be_written_on():
    version = stories.at(Status.DECLINED)

    copy = workflow.copy_declined(version, by=version.author)
    again = workflow.copy_declined(version, by=version.author)

    assert copy == again
    assert (copy.entry, copy.number, copy.status) == (version.entry, 2, Status.DRAFT)
    assert text.copied(copy) == text.copied(version)
    assert stored(version).status == Status.DECLINED


def test_a_change_to_a_launch_contribution_stops_the_loader_and_shows_nowhere(client):
    entry = Entry.objects.get(launch_key="ex-01")
    proposal = workflow.propose_change(entry, by=stories.author())

    outcome = workflow.load_launch_version(
        launch_key="ex-01", slug="x", fields={"title": "Ny"}, ties={}, moment=None
    )

    assert outcome == "kept"
    values = {"implementation": "Så.", "result": "Fler.", "public_name": "none"}
    proposal = workflow.save_text(
        proposal, by=proposal.author, lock=proposal.lock, **values
    )
    stories.hand_in(proposal)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Inläst vid starten" in page
