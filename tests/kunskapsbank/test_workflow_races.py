"""Moderators and authors at the same moment: one wins, and nothing is lost."""

from uuid import uuid4

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Act, ConnectionStatus, DeclineReason, Kind, Status
from kunskapsbank.models import Connection, Entry, Version
from tests.kunskapsbank import connecting, stories
from tests.racing import HAS_ROW_LOCKS, ROUNDS, committed, race, winners

pytestmark = pytest.mark.django_db


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


def check_two_moderators_approve_one_connection():
    connection = connecting.proposed()
    approve = [
        lambda by=by: workflow.approve_connection(connection, by=by)
        for by in (stories.moderator(), stories.moderator())
    ]

    outcomes = race(*approve)

    assert len(winners(outcomes)) == 1, outcomes
    moves = connection.events.filter(from_status=ConnectionStatus.PROPOSED)
    assert moves.get().to_status == ConnectionStatus.APPROVED


def check_one_approves_the_connection_that_its_proposer_takes_back():
    connection, moderator = connecting.proposed(), stories.moderator()

    outcomes = race(
        lambda: workflow.approve_connection(connection, by=moderator),
        lambda: workflow.withdraw_connection(connection, by=connection.proposer),
    )

    # It may be taken back after it was approved, and never approved after that.
    assert outcomes[1].status == ConnectionStatus.WITHDRAWN
    stored = Connection.objects.get(pk=connection.pk)
    assert stored.status == ConnectionStatus.WITHDRAWN
    assert stored.events.count() == 1 + len(winners(outcomes))


if HAS_ROW_LOCKS:

    @pytest.mark.trust("R2", "R3")
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
            check_two_moderators_approve_one_connection,
            check_one_approves_the_connection_that_its_proposer_takes_back,
        ],
    )
    def test_at_the_same_moment(check, time):
        committed(check)
