"""Every act tried at every status: it moves what it should, or changes nothing."""

from uuid import uuid4

import pytest
from django.db import transaction

from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason, EntryState, Status
from kunskapsbank.exceptions import (
    InvalidTransition,
    NoAppeal,
    NotAllowed,
    WorkflowError,
)
from kunskapsbank.workflow.moves import ENTRY_MOVES, MOVES, move_entry
from tests.factories import UserFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

S = Status


def by_author(act, **how):
    return lambda version, moderator: act(version, by=version.author, **how)


def by_moderator(act, **how):
    return lambda version, moderator: act(
        version, by=moderator, lock=version.lock, **how
    )


def submit(version, moderator):
    return stories.hand_in(version)


def save(version, moderator):
    return workflow.save_text(
        version, by=version.author, lock=version.lock, title="Ny rubrik"
    )


def answered(granted):
    return lambda version, moderator: workflow.answer_appeal(
        version, by=moderator, granted=granted, message="Vi har läst igen."
    )


SAID = {"message": "Så här är det."}
# Act, and what it makes of each status; what is not named must be refused.
TABLE = {
    "save_text": (save, {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}),
    "submit": (submit, {S.DRAFT: S.SUBMITTED, S.RETURNED: S.SUBMITTED}),
    "take_back": (by_author(workflow.take_back), {S.SUBMITTED: S.DRAFT}),
    "publish": (by_moderator(workflow.publish), {S.SUBMITTED: S.PUBLISHED}),
    "edit_and_publish": (
        by_moderator(workflow.edit_and_publish, title="Rättad rubrik"),
        {S.SUBMITTED: S.PUBLISHED},
    ),
    "return_to_author": (
        by_moderator(workflow.return_to_author, **SAID),
        {S.SUBMITTED: S.RETURNED},
    ),
    "decline": (
        by_moderator(workflow.decline, reason=DeclineReason.OTHER, **SAID),
        {S.SUBMITTED: S.DECLINED},
    ),
    "claim": (
        lambda version, moderator: workflow.claim(version, by=moderator),
        {S.SUBMITTED: S.SUBMITTED},
    ),
    "suppress": (
        lambda version, moderator: workflow.suppress(version, by=moderator, **SAID),
        {S.REPLACED: S.REPLACED},
    ),
    "undo_publication": (
        lambda version, moderator: workflow.undo_publication(
            version, by=moderator, **SAID
        ),
        {},  # there is no text before; see test_workflow_review
    ),
    "copy_declined": (by_author(workflow.copy_declined), {S.DECLINED: S.DECLINED}),
    "appeal": (by_author(workflow.appeal, **SAID), {S.DECLINED: S.DECLINED}),
    "answer_appeal": (answered(True), {}),  # nobody has appealed
}


def state_of(entry):
    versions = entry.versions.order_by("number").values(
        "number", "status", "title", "lock", "is_suppressed", "submitted_at"
    )
    return list(versions), stories.acts(entry)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("name", TABLE)
def test_act_moves_what_it_should_and_else_changes_nothing(name, status):
    act, moves = TABLE[name]
    version = stories.at(status)
    before = state_of(version.entry)

    if status in moves:
        act(version, stories.moderator())
        version.refresh_from_db()
        assert version.status == moves[status]
    else:
        with pytest.raises(WorkflowError) as refusal:
            act(version, stories.moderator())
        assert refusal.value.user_message.endswith((".", "?"))
        assert state_of(version.entry) == before
    assert stories.is_whole(version.entry)


ENTRY_TABLE = {
    "hide": (
        lambda entry, owner, moderator: workflow.hide(
            entry, by=moderator, reason=DeclineReason.HATE_SPEECH
        ),
        {EntryState.OPEN: EntryState.HIDDEN},
    ),
    "withdraw": (
        lambda entry, owner, moderator: workflow.withdraw(entry, by=owner),
        {EntryState.OPEN: EntryState.WITHDRAWN},
    ),
    "object_to_hiding": (
        lambda entry, owner, moderator: workflow.object_to_hiding(
            entry, by=owner, **SAID
        ),
        {EntryState.HIDDEN: EntryState.HIDDEN},
    ),
    "uphold_hiding": (
        lambda entry, owner, moderator: workflow.uphold_hiding(
            entry, by=moderator, **SAID
        ),
        {EntryState.HIDDEN: EntryState.HIDDEN},
    ),
    "show_again": (
        lambda entry, owner, moderator: workflow.show_again(entry, by=moderator),
        {EntryState.HIDDEN: EntryState.OPEN, EntryState.WITHDRAWN: EntryState.OPEN},
    ),
}


@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("name", ENTRY_TABLE)
def test_act_on_an_entry_moves_what_it_should_and_else_changes_nothing(name, state):
    act, moves = ENTRY_TABLE[name]
    version = stories.published()
    entry = version.entry
    if state == EntryState.HIDDEN:
        entry = workflow.hide(entry, by=stories.moderator(), reason="other")
    if state == EntryState.WITHDRAWN:
        entry = workflow.withdraw(entry, by=version.author)
    before = state_of(entry)

    if state in moves:
        entry = act(entry, version.author, stories.moderator())
        assert entry.state == moves[state]
        assert bool(entry.state_reason) == (entry.state != EntryState.OPEN)
        assert len(stories.acts(entry)) == len(before[1]) + 1
    else:
        with pytest.raises(InvalidTransition):
            act(entry, version.author, stories.moderator())
        assert state_of(entry) == before
    entry.refresh_from_db()
    assert entry.state == moves.get(state, state)
    assert stories.is_whole(entry)


def test_acts_and_transitions_tell_the_same():
    moved = {pair for pairs in MOVES.values() for pair in pairs}
    entry_moved = {pair for pairs in ENTRY_MOVES.values() for pair in pairs}

    assert moved == {
        (start, end) for start, ends in workflow.TRANSITIONS.items() for end in ends
    }
    assert entry_moved == {
        (start, end)
        for start, ends in workflow.ENTRY_TRANSITIONS.items()
        for end in ends
    }
    assert workflow.ENTRY_TRANSITIONS.keys() == set(EntryState)


@pytest.mark.parametrize("state", EntryState)
def test_move_entry_refuses_an_act_that_does_not_make_the_move(state):
    entry = VersionFactory(entry__state=state).entry

    with pytest.raises(InvalidTransition):
        move_entry(entry, state, act=Act.HIDDEN, reason="")

    assert list(entry.events.all()) == []


STRANGERS = {
    "save_text": lambda v, by: workflow.save_text(v, by=by, lock=v.lock, title="x"),
    "submit": lambda v, by: workflow.submit(
        v, by=by, lock=v.lock, key=uuid4(), grants_licence=True
    ),
    "take_back": lambda v, by: workflow.take_back(v, by=by),
    "publish": lambda v, by: workflow.publish(v, by=by, lock=v.lock),
    "edit_and_publish": lambda v, by: workflow.edit_and_publish(v, by=by, lock=v.lock),
    "return_to_author": lambda v, by: workflow.return_to_author(
        v, by=by, lock=v.lock, **SAID
    ),
    "decline": lambda v, by: workflow.decline(
        v, by=by, lock=v.lock, reason="other", **SAID
    ),
    "claim": lambda v, by: workflow.claim(v, by=by),
    "suppress": lambda v, by: workflow.suppress(v, by=by, **SAID),
    "undo_publication": lambda v, by: workflow.undo_publication(v, by=by, **SAID),
    "copy_declined": lambda v, by: workflow.copy_declined(v, by=by),
    "appeal": lambda v, by: workflow.appeal(v, by=by, **SAID),
    "withdraw": lambda v, by: workflow.withdraw(v.entry, by=by),
    "hide": lambda v, by: workflow.hide(v.entry, by=by, reason="other"),
    "object_to_hiding": lambda v, by: workflow.object_to_hiding(v.entry, by=by, **SAID),
    "uphold_hiding": lambda v, by: workflow.uphold_hiding(v.entry, by=by, **SAID),
    "show_again": lambda v, by: workflow.show_again(v.entry, by=by),
    "hand_over": lambda v, by: workflow.hand_over(v.entry, to=by, by=by),
    "add_owner": lambda v, by: workflow.add_owner(v.entry, owner=by, by=by),
    "change_address": lambda v, by: workflow.change_address(v.entry, slug="x", by=by),
}


@pytest.mark.parametrize("status", Status)
def test_another_contributor_may_do_nothing_to_a_text(status):
    version, stranger = stories.at(status), UserFactory(contributor=True)
    before = state_of(version.entry)
    done = []

    for name, act in STRANGERS.items():
        version.refresh_from_db()
        try:
            with transaction.atomic():
                act(version, stranger)
        except WorkflowError:
            pass
        else:
            done.append(name)
        if state_of(version.entry) != before:
            done.append(f"{name} changed something")

    assert done == []


@pytest.mark.parametrize("name", ["object_to_hiding", "uphold_hiding"])
def test_another_contributor_may_do_nothing_to_what_is_hidden(name):
    version = stories.published()
    workflow.hide(version.entry, by=stories.moderator(), reason="other")
    before = state_of(version.entry)

    with pytest.raises(NotAllowed):
        STRANGERS[name](version, UserFactory(contributor=True))

    assert state_of(version.entry) == before


OWN = ["publish", "edit_and_publish", "return_to_author", "decline", "claim"]


@pytest.mark.parametrize("name", OWN)
def test_moderators_decide_nothing_about_their_own_text(name):
    version = stories.submitted(by=stories.moderator())

    with pytest.raises(WorkflowError) as refusal:
        STRANGERS[name](version, version.author)

    assert "annan moderator" in refusal.value.user_message
    assert stories.acts(version.entry) == [Act.SUBMITTED]


def test_answering_needs_an_appeal():
    with pytest.raises(NoAppeal):
        answered(False)(stories.at(Status.DECLINED), stories.moderator())
