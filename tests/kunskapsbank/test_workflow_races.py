"""Moderators and authors at the same moment, in threads with connections of their own.

Only PostgreSQL locks rows, so only there is there anything to test; on SQLite, which
lets one writer in at a time, this file holds no tests. What the tests commit cannot be
rolled back: `committed` removes it by hand, the events with their triggers taken away.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from kunskapsbank import chain, workflow
from kunskapsbank.enums import Act, DeclineReason, Kind, Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import (
    Entry,
    EventDetail,
    LicenceGrant,
    ReviewEvent,
    Snapshot,
    Version,
)
from tests.kunskapsbank import stories

HAS_ROW_LOCKS = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
ROUNDS = range(5)


pytestmark = pytest.mark.django_db


def committed(check, *about):
    """Run a check that really writes, and leave the database as it was.

    It has a thread of its own, and so a connection outside the test's transaction.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_committed, check, *about).result()


def _committed(check, *about):
    entries = set(Entry.objects.values_list("pk", flat=True))
    people = set(User.objects.values_list("pk", flat=True))
    try:
        check(*about)
    finally:
        remove(Entry.objects.exclude(pk__in=entries))
        User.objects.exclude(pk__in=people).delete()
        connection.close()


def remove(entries):
    versions = Version.objects.filter(entry__in=entries)
    events = ReviewEvent.objects.filter(entry__in=entries)
    DBTaskResult.objects.all().delete()
    EventDetail.objects.filter(event__in=events).delete()
    with connection.schema_editor() as editor:
        chain.remove_append_only(editor)
    events.delete()
    with connection.schema_editor() as editor:
        chain.install_append_only(editor)
    Snapshot.objects.filter(version__in=versions).delete()
    LicenceGrant.objects.filter(version__in=versions).delete()
    versions.update(based_on=None, replaces=None)
    versions.delete()
    entries.delete()


def race(*acts):
    """Do all at once; gives what each gave, or the error that refused it."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            return act()
        except WorkflowError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def winners(outcomes):
    return [each for each in outcomes if not isinstance(each, Exception)]


def publishing(version):
    moderator = stories.moderator()
    return lambda: workflow.publish(version, by=moderator, lock=version.lock)


def declining(version):
    about = {"reason": DeclineReason.OTHER, "message": "Nej."}
    moderator = stories.moderator()
    return lambda: workflow.decline(version, by=moderator, lock=version.lock, **about)


def two_moderators_publish():
    version = stories.submitted()
    return version, [publishing(version), publishing(version)]


def one_publishes_and_one_declines():
    version = stories.submitted()
    return version, [publishing(version), declining(version)]


def one_corrects_and_one_publishes():
    version, moderator = stories.submitted(), stories.moderator()

    def correct():
        return workflow.edit_and_publish(
            version, by=moderator, lock=version.lock, title="Rättad rubrik"
        )

    return version, [correct, publishing(version)]


def the_author_takes_back_what_one_publishes():
    version = stories.submitted()

    def take_back():
        return workflow.take_back(version, by=version.author)

    return version, [take_back, publishing(version)]


def four_moderators_publish():
    version = stories.submitted()
    return version, [publishing(version) for _ in range(4)]


def check_decided_once(stage):
    version, acts = stage()

    outcomes = race(*acts)

    assert len(winners(outcomes)) == 1, outcomes
    won = winners(outcomes)[0]
    stored = Version.objects.get(pk=version.pk)
    assert (stored.status, stored.title) == (won.status, won.title)
    moves = version.entry.events.filter(from_status=Status.SUBMITTED)
    assert moves.exclude(to_status=Status.SUBMITTED).count() == 1
    assert stories.is_whole(version.entry)


def check_two_proposals_never_both_replace_the_same_text():
    first = stories.published()
    mine = stories.changed(first)
    theirs = stories.changed(first, by=stories.author(), place="Råå")

    outcomes = race(publishing(mine), publishing(theirs))

    assert len(winners(outcomes)) == 1, outcomes
    assert first.entry.versions.filter(status=Status.PUBLISHED).count() == 1
    assert stories.is_whole(first.entry)


def check_a_double_click_submits_once():
    version, key = stories.draft(), uuid4()

    outcomes = race(*[lambda: stories.hand_in(version, version.author, key)] * 2)

    assert [each.pk for each in outcomes] == [version.pk, version.pk]
    assert stories.acts(version.entry) == [Act.SUBMITTED]
    assert version.licence_grants.count() == 1


def check_two_tabs_submit_once():
    version = stories.draft()
    about = {"by": version.author, "lock": version.lock, "grants_licence": True}

    outcomes = race(
        *[lambda: workflow.submit(version, key=uuid4(), **about) for _ in range(2)]
    )

    assert len(winners(outcomes)) == 1
    assert stories.acts(version.entry) == [Act.SUBMITTED]


def check_a_double_click_begins_one_draft():
    ida, key, before = stories.author(), uuid4(), Entry.objects.count()

    outcomes = race(
        *[lambda: workflow.start_draft(kind=Kind.LINK, by=ida, key=key)] * 2
    )

    assert outcomes[0] == outcomes[1]
    assert Entry.objects.count() == before + 1


def check_two_tabs_save_one_text_and_are_told():
    version = stories.draft()

    def save(title):
        return lambda: workflow.save_text(
            version, by=version.author, lock=version.lock, title=title
        )

    outcomes = race(save("Ett"), save("Två"))

    assert len(winners(outcomes)) == 1
    refused = next(each for each in outcomes if isinstance(each, Exception))
    stored = Version.objects.get(pk=version.pk).title
    assert {stored, refused.yours["title"]} == {"Ett", "Två"}


def check_two_titles_alike_get_two_addresses():
    first, second = stories.submitted(), stories.submitted()

    outcomes = race(publishing(first), publishing(second))

    assert len(winners(outcomes)) == 2, outcomes
    slugs = {Entry.objects.get(pk=each.entry_id).slug for each in (first, second)}
    assert len(slugs) == 2


def check_two_moderators_claim_once():
    version = stories.submitted()
    moderators = [stories.moderator(), stories.moderator()]

    outcomes = race(
        *[lambda by=by: workflow.claim(version, by=by) for by in moderators]
    )

    assert len(winners(outcomes)) == 1


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize("time", ROUNDS)
    @pytest.mark.parametrize(
        "stage",
        [
            two_moderators_publish,
            one_publishes_and_one_declines,
            one_corrects_and_one_publishes,
            the_author_takes_back_what_one_publishes,
            four_moderators_publish,
        ],
    )
    def test_exactly_one_act_wins(stage, time):
        committed(check_decided_once, stage)

    @pytest.mark.parametrize("time", ROUNDS)
    @pytest.mark.parametrize(
        "check",
        [
            check_two_proposals_never_both_replace_the_same_text,
            check_a_double_click_submits_once,
            check_two_tabs_submit_once,
            check_a_double_click_begins_one_draft,
            check_two_tabs_save_one_text_and_are_told,
            check_two_titles_alike_get_two_addresses,
            check_two_moderators_claim_once,
        ],
    )
    def test_at_the_same_moment(check, time):
        committed(check)
