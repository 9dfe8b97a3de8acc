"""Who is shown what waits, and what is their own."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, Status
from kunskapsbank.models import Snapshot, Version
from tests.factories import UserFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

ALL = set(Status)
PUBLIC = {Status.PUBLISHED, Status.REPLACED}
HANDED_IN = ALL - {Status.DRAFT}


def readers(versions, author):
    owner = UserFactory(contributor=True)
    for version in versions:
        version.entry.owners.add(owner)
    return {
        "anonymous": AnonymousUser(),
        "contributor": UserFactory(contributor=True),
        "author": author,
        "owner": owner,
        "moderator": UserFactory(moderator=True),
        "inactive moderator": UserFactory(moderator=True, is_active=False),
    }


@pytest.mark.parametrize("suppressed", [False, True])
@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize(
    ("reader", "always", "when_public"),
    [
        ("anonymous", set(), PUBLIC),
        ("contributor", set(), PUBLIC),
        ("author", ALL, ALL),
        ("owner", HANDED_IN, HANDED_IN),
        ("moderator", HANDED_IN, HANDED_IN),
        ("inactive moderator", set(), PUBLIC),
    ],
)
def test_the_door_for_every_reader_status_and_state(
    reader, always, when_public, state, suppressed
):
    author = UserFactory(contributor=True)
    versions = [
        VersionFactory(
            status=status,
            author=author,
            entry__state=state,
            is_suppressed=suppressed,
        )
        for status in Status
    ]
    user = readers(versions, author)[reader]

    seen = Version.objects.visible_to(user).filter(pk__in=[v.pk for v in versions])

    is_public = state == EntryState.OPEN and not suppressed
    assert {version.status for version in seen} == (
        when_public if is_public else always
    )
    assert len(seen) == len({version.pk for version in seen})


def test_queue_holds_what_waits_the_longest_wait_first():
    now = timezone.now()
    late, early = (
        VersionFactory(status=Status.SUBMITTED, submitted_at=now - timedelta(days=days))
        for days in (1, 8)
    )
    for status in set(Status) - {Status.SUBMITTED}:
        VersionFactory(status=status)
    VersionFactory(status=Status.SUBMITTED, entry__state=EntryState.WITHDRAWN)
    hidden = VersionFactory(status=Status.SUBMITTED, entry__state=EntryState.HIDDEN)

    assert list(Version.objects.queue()) == [early, late, hidden]


def test_waiting_is_counted_in_days_of_the_calendar():
    with time_machine.travel("2026-03-01T23:30:00+01:00"):
        version = stories.submitted()
    with time_machine.travel("2026-03-03T00:30:00+01:00"):
        assert version.waiting_days == 2


def test_my_contributions_are_those_i_wrote_and_those_i_own():
    me = stories.author()
    mine = stories.draft(me)
    ours = stories.published()
    workflow.add_owner(ours.entry, owner=me, by=ours.author)
    proposal = stories.changed(ours, by=stories.author())
    workflow.propose_change(ours.entry, by=ours.author)
    stories.published()

    assert set(Version.objects.owned_by(me)) == {mine, ours, proposal}


def test_what_waits_on_an_author_is_what_was_returned():
    version = stories.returned(stories.submitted())
    stories.hand_in(stories.draft(version.author))

    assert list(Version.objects.awaiting(version.author)) == [version]


def test_what_waits_on_a_moderator_is_what_they_may_decide():
    moderator = stories.moderator()
    waiting = stories.submitted()
    stories.submitted(by=moderator)
    given = stories.draft(by=moderator)
    friend = stories.author()
    workflow.hand_over(given.entry, to=friend, by=moderator)
    given.refresh_from_db()
    stories.hand_in(given, by=friend)
    own = stories.returned(stories.submitted(by=moderator))

    assert set(Version.objects.awaiting(moderator)) == {waiting, own}


def test_earlier_wordings_are_shown_to_writers_and_reviewers_only():
    version = stories.submitted()

    def sees(user):
        return Snapshot.objects.visible_to(user).filter(version=version).exists()

    assert sees(version.author)
    assert sees(stories.moderator())
    assert not sees(stories.author())
    assert not sees(AnonymousUser())
    workflow.take_back(version, by=version.author)
    assert sees(version.author)
    assert not sees(stories.moderator())
