"""What happens to a whole contribution: hidden, withdrawn, shown again, handed over.

What a moderator hides at once, without a second pair of eyes, another looks at after.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import findable, permissions
from kunskapsbank.enums import Act, DeclineReason, EntryState, Status
from kunskapsbank.exceptions import (
    CannotOwn,
    HidingReviewed,
    InvalidTransition,
    NotAllowed,
    ObjectionUsed,
    OwnHiding,
    OwnText,
    ReasonMissing,
)
from kunskapsbank.models import Entry, Hiding, Version
from kunskapsbank.workflow import text
from kunskapsbank.workflow.moves import lock_entry, move_entry, record_entry

WITHDRAWN_BY_OWNER = "Den som äger bidraget har tagit tillbaka det."


@transaction.atomic
def withdraw(entry: Entry, *, by: User, message: str = "") -> Entry:
    """Take the contribution away at once, with all its versions; nothing is erased.

    Raises NotAllowed, and InvalidTransition when it is hidden or withdrawn already.
    """
    entry = lock_entry(entry)
    if not permissions.can_withdraw(by, entry):
        raise NotAllowed(f"user {by.pk} may not withdraw entry {entry.pk}")
    about: dict[str, Any] = {"by": by, "message": text.plain(message)}
    reason = WITHDRAWN_BY_OWNER
    move_entry(entry, EntryState.WITHDRAWN, act=Act.WITHDRAWN, reason=reason, **about)
    findable.refresh([entry.pk])
    return entry


@transaction.atomic
def hide(entry: Entry, *, by: User, reason: DeclineReason, message: str = "") -> Entry:
    """Hide the contribution at once; the reason is shown at its address, and another
    moderator has to look at it again.

    Raises NotAllowed, ReasonMissing, and InvalidTransition unless it is open.
    """
    if reason not in DeclineReason.values:
        raise ReasonMissing(f"entry {entry.pk}")
    if not permissions.can_hide(by):
        raise NotAllowed(f"user {by.pk} may not hide entry {entry.pk}")
    entry = lock_entry(entry)
    label = DeclineReason(reason).label
    shown = f"{label[0].upper()}{label[1:]}."
    event = move_entry(
        entry,
        EntryState.HIDDEN,
        act=Act.HIDDEN,
        reason=shown,
        by=by,
        message=text.plain(message),
        why=reason,
    )
    Hiding.objects.create(entry=entry, hidden_at=event.happened_at, hidden_by=by)
    findable.refresh([entry.pk])
    return entry


@transaction.atomic
def object_to_hiding(entry: Entry, *, by: User, message: str) -> Entry:
    """Ask for another moderator's eyes on the hiding, once for each time it is hidden.

    Raises NotAllowed, InvalidTransition unless it is hidden, ObjectionUsed and
    MessageMissing.
    """
    entry = lock_entry(entry)
    if not permissions.can_object_to_hiding(by, entry):
        raise NotAllowed(f"user {by.pk} may not object for entry {entry.pk}")
    hiding = _hiding_of(entry)
    if hiding.objected_at:
        raise ObjectionUsed(f"entry {entry.pk}")
    said = text.said(message)
    event = record_entry(entry, act=Act.HIDING_OBJECTED, by=by, message=said)
    hiding.objected_at = event.happened_at
    hiding.save(update_fields=["objected_at"])
    return entry


@transaction.atomic
def uphold_hiding(entry: Entry, *, by: User, message: str) -> Entry:
    """Let the contribution stay hidden, and tell its owners why.

    Raises NotAllowed, OwnText, OwnHiding, InvalidTransition unless it is hidden,
    HidingReviewed when nobody waits for it, and MessageMissing. The other outcome is
    `show_again`.
    """
    entry = lock_entry(entry)
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} may not review what is hidden")
    hiding = _hiding_of(entry)
    if not permissions.can_review_hiding(by, entry, hiding.hidden_by_id):
        refused = OwnHiding if by.pk == hiding.hidden_by_id else OwnText
        raise refused(f"user {by.pk} may not review the hiding of entry {entry.pk}")
    if not Hiding.objects.waiting().filter(pk=hiding.pk).exists():
        raise HidingReviewed(f"entry {entry.pk}")
    said = text.said(message)
    why = entry.events.filter(act=Act.HIDDEN).latest("position").reason
    about: dict[str, Any] = {"by": by, "message": said, "reason": why}
    event = record_entry(entry, act=Act.HIDING_UPHELD, **about)
    hiding.upheld_at = event.happened_at
    hiding.save(update_fields=["upheld_at"])
    return entry


def _hiding_of(entry: Entry) -> Hiding:
    hiding = Hiding.objects.filter(entry=entry).first()
    if hiding is None or entry.state != EntryState.HIDDEN:
        raise InvalidTransition(f"entry {entry.pk} is {entry.state}")
    return hiding


@transaction.atomic
def show_again(entry: Entry, *, by: User, message: str = "") -> Entry:
    """Open a hidden or withdrawn contribution as it was.

    Raises NotAllowed, and InvalidTransition when it is open.
    """
    entry = lock_entry(entry)
    if not permissions.can_show_again(by, entry):
        refused = OwnText if permissions.can_moderate(by) else NotAllowed
        raise refused(f"user {by.pk} may not show entry {entry.pk}")
    about: dict[str, Any] = {"by": by, "message": text.plain(message)}
    move_entry(entry, EntryState.OPEN, act=Act.SHOWN_AGAIN, reason="", **about)
    Hiding.objects.filter(entry=entry).delete()
    findable.refresh([entry.pk])
    return entry


@transaction.atomic
def add_owner(entry: Entry, *, owner: User, by: User) -> Entry:
    """Let one more person change and withdraw it; raises NotAllowed, CannotOwn."""
    entry = _given_away(entry, to=owner, by=by)
    entry.owners.add(owner)
    record_entry(entry, act=Act.OWNER_ADDED, by=by)
    return entry


@transaction.atomic
def hand_over(entry: Entry, *, to: User, by: User) -> Entry:
    """Give one's ownership to another; the other owners stay, and own drafts go along.

    A moderator who owns nothing of it makes the person the only owner, and moves no
    draft, since drafts are private. Raises NotAllowed and CannotOwn.
    """
    entry = _given_away(entry, to=to, by=by)
    leaving = entry.owners.exclude(pk=to.pk)
    if permissions.owns(by, entry):
        leaving = leaving.filter(pk=by.pk)
        _give_drafts(entry, to=to, by=by)
    gone = list(leaving)
    entry.owners.add(to)
    # While they all own it, so that each of them is told.
    record_entry(entry, act=Act.HANDED_OVER, by=by)
    entry.owners.remove(*gone)
    return entry


def _give_drafts(entry: Entry, *, to: User, by: User) -> None:
    drafts = Version.objects.filter(entry=entry, status=Status.DRAFT, author=by)
    for draft in drafts.exclude(author=to):
        # Whoever wrote it stays among its writers, and may not review it.
        draft.author, draft.saved_at = to, timezone.now()
        draft.save(update_fields=["author", "saved_at"])


def _given_away(entry: Entry, *, to: User, by: User) -> Entry:
    entry = lock_entry(entry)
    if not permissions.can_hand_over(by, entry):
        raise NotAllowed(f"user {by.pk} may not hand over entry {entry.pk}")
    if not permissions.can_contribute(to):
        raise CannotOwn(f"user {to.pk} may not contribute")
    return entry
