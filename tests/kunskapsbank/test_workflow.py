import pytest
from django.core.management import call_command
from django.utils import timezone

from kunskapsbank import chain, workflow
from kunskapsbank.enums import Act, Kind, Status
from kunskapsbank.exceptions import InvalidTransition
from kunskapsbank.models import Entry, ReviewEvent, Version
from kunskapsbank.workflow.moves import move
from programme.models import Prioritering
from search import generation
from tests.factories import OrganisationFactory, TagFactory, VersionFactory

pytestmark = pytest.mark.django_db

REACHABLE = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.DRAFT,
        Status.RETURNED,
        Status.PUBLISHED,
        Status.DECLINED,
    },
    Status.RETURNED: {Status.SUBMITTED},
    Status.PUBLISHED: {Status.REPLACED},
    Status.REPLACED: {Status.PUBLISHED},
    Status.DECLINED: {Status.SUBMITTED},
}


@pytest.fixture
def load():
    """Load one launch contribution, by default always the same text."""
    ties = {
        "organisations": [OrganisationFactory()],
        "prioriteringar": list(Prioritering.objects.order_by("pk")[:2]),
        "tags": [TagFactory()],
    }

    def load(title="Ett exempel", **changed_ties):
        return workflow.load_launch_version(
            launch_key="test-01",
            slug="ett-exempel",
            fields={
                "kind": Kind.GOOD_EXAMPLE,
                "title": title,
                "summary": "Sammanfattning.",
                "byline": "Redaktionen",
            },
            ties={**ties, **changed_ties},
            moment=timezone.now(),
        )

    return load


def loaded_entry():
    return Entry.objects.get(launch_key="test-01")


def texts_of(entry):
    return [
        (version.number, version.title, version.status)
        for version in entry.versions.order_by("number")
    ]


def test_transitions_are_exactly_these():
    assert workflow.TRANSITIONS == REACHABLE


def test_transitions_cover_every_status():
    assert workflow.TRANSITIONS.keys() == set(Status)


@pytest.mark.parametrize(
    ("from_status", "to_status"),
    [
        (before, after)
        for before in Status
        for after in Status
        if after not in REACHABLE[before]
    ],
)
def test_move_refuses_every_other_transition(from_status, to_status):
    version = VersionFactory(status=from_status)

    with pytest.raises(InvalidTransition):
        move(version, to_status, act=Act.LOADED, moment=timezone.now())

    version.refresh_from_db()
    assert version.status == from_status
    assert list(version.entry.events.all()) == []


def test_loading_publishes_the_text_with_its_ties_and_one_event(load):
    outcome = load()

    entry = loaded_entry()
    version = Version.objects.listed().get(entry=entry)
    event = entry.events.get()
    assert outcome == "created"
    assert entry.slug == "ett-exempel"
    assert version.author is None
    assert [tie.count() for tie in (version.prioriteringar, version.tags)] == [2, 1]
    assert (event.act, event.from_status, event.to_status) == (
        Act.LOADED,
        "",
        Status.PUBLISHED,
    )
    assert chain.is_whole([event])


def test_loading_the_same_again_changes_nothing(load):
    load()
    before = generation.current()

    outcome = load()

    assert outcome == "unchanged"
    assert texts_of(loaded_entry()) == [(1, "Ett exempel", Status.PUBLISHED)]
    assert loaded_entry().events.count() == 1
    assert generation.current() == before


def test_a_corrected_text_becomes_a_second_version(load):
    load()
    before = generation.current()

    outcome = load(title="Ett bättre exempel")

    entry = loaded_entry()
    assert outcome == "updated"
    assert texts_of(entry) == [
        (1, "Ett exempel", Status.REPLACED),
        (2, "Ett bättre exempel", Status.PUBLISHED),
    ]
    assert [event.to_status for event in entry.events.order_by("position")] == [
        Status.PUBLISHED,
        Status.REPLACED,
        Status.PUBLISHED,
    ]
    assert chain.is_whole(entry.events.order_by("position"))
    assert generation.current() > before


def test_a_changed_tie_becomes_a_second_version(load):
    load()

    assert load(organisations=[OrganisationFactory()]) == "updated"
    assert loaded_entry().versions.count() == 2


def test_tags_are_the_moderators_own_once_loaded(load):
    load()

    assert load(tags=[TagFactory()]) == "unchanged"
    assert loaded_entry().versions.count() == 1


def test_loading_again_after_a_second_version_changes_nothing(load):
    load()
    load(title="Ett bättre exempel")

    assert load(title="Ett bättre exempel") == "unchanged"
    assert loaded_entry().versions.count() == 2


def test_what_people_have_taken_over_is_kept(load):
    load()
    entry = loaded_entry()
    last = entry.last_event
    taken_over = ReviewEvent(
        entry=entry,
        position=2,
        version_number=1,
        act="somebody-acted",
        happened_at=timezone.now(),
        previous_hash=last.hash,
    )
    taken_over.hash = chain.event_hash(taken_over)
    taken_over.save()

    outcome = load(title="Redaktionens nya text")

    assert outcome == "kept"
    assert texts_of(entry) == [(1, "Ett exempel", Status.PUBLISHED)]
    assert entry.events.count() == 2


@pytest.mark.thorough
def test_loading_the_fixtures_again_changes_nothing(capsys):
    before = generation.current()

    call_command("load_content")

    assert "Contributions: 60 unchanged." in capsys.readouterr().out
    assert Version.objects.listed().count() == 60
    assert ReviewEvent.objects.count() == 60
    assert generation.current() == before
