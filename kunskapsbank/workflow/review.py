"""What a moderator does with a text. Every decision is on the very text shown: `lock`
says which, and a decision on another is refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from kunskapsbank import findable, permissions
from kunskapsbank.enums import Act, DeclineReason, Status
from kunskapsbank.exceptions import (
    AlreadyDecided,
    ClaimedByOther,
    InvalidTransition,
    NotAllowed,
    NothingBefore,
    OwnText,
    ReasonMissing,
    StaleBase,
    StaleDecision,
    TakenBack,
    WorkflowError,
)
from kunskapsbank.models import Claim, Entry, Version
from kunskapsbank.workflow import text
from kunskapsbank.workflow.addresses import give_address
from kunskapsbank.workflow.attachments import check_scanned
from kunskapsbank.workflow.moves import check_not_withdrawn, move, record
from kunskapsbank.workflow.moves import lock as lock_version

CLAIM_LASTS = timedelta(minutes=30)
_DECISION_IN_WORDS = {
    Status.RETURNED: "har bett om komplettering",
    Status.PUBLISHED: "har publicerat bidraget",
    Status.REPLACED: "har publicerat bidraget, och en nyare version har ersatt det",
    Status.DECLINED: "har avböjt bidraget",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one of several decisions; `error` is None when it was made."""

    version: Version
    error: WorkflowError | None = None


@transaction.atomic
def claim(version: Version, *, by: User) -> Claim:
    """Take a submitted text on for half an hour, or for half an hour more.

    Raises NotAllowed, EntryWithdrawn, TakenBack, AlreadyDecided and ClaimedByOther.
    """
    version = _waiting(version, by=by)
    until = timezone.now() + CLAIM_LASTS
    taken, _ = Claim.objects.update_or_create(
        version=version, defaults={"moderator": by, "until": until}
    )
    return taken


@transaction.atomic
def check_waiting(version: Version, *, by: User) -> None:
    """Raise what any decision by this moderator would raise now, whatever text they
    were shown."""
    _waiting(version, by=by)


@transaction.atomic
def release(version: Version, *, by: User) -> None:
    """Let others review the text; nothing happens unless the claim is one's own."""
    lock_version(version)
    Claim.objects.filter(version=version, moderator=by).delete()


@transaction.atomic
def publish(
    version: Version,
    *,
    by: User,
    lock: int,
    over: Version | None = None,
    message: str = "",
) -> Version:
    """Make `version` the public text; the one before it is kept as REPLACED.

    `over` is the published text that it was compared with, when that is another than
    the one it was based on. Raises NotAllowed, EntryWithdrawn, TakenBack,
    AlreadyDecided, ClaimedByOther, StaleDecision, StaleBase, FileInfected and
    FileNotScanned.
    """
    version = _decidable(version, by=by, lock=lock)
    _make_public(version, by=by, over=over, message=message)
    return version


@transaction.atomic
def edit_and_publish(
    version: Version,
    *,
    by: User,
    lock: int,
    over: Version | None = None,
    message: str = "",
    **values: Any,
) -> Version:
    """Correct the text and publish it. The author stays, both texts are kept, and the
    correction is a step of its own in the history.

    This is the one exception to four eyes. Raises what `publish` raises, InvalidText
    and Incomplete.
    """
    values = text.cleaned(values)
    version = _decidable(version, by=by, lock=lock)
    moment = timezone.now()
    version.edited_by = by
    text.write(version, values, by=by)
    text.check_complete(version)
    text.keep(version, moment)
    record(version, act=Act.EDITED_BY_MODERATOR, moment=moment, by=by)
    _make_public(version, by=by, over=over, message=message)
    return version


@transaction.atomic
def return_to_author(version: Version, *, by: User, lock: int, message: str) -> Version:
    """Ask for more. Raises what `publish` raises, and MessageMissing."""
    version = _decidable(version, by=by, lock=lock)
    _decide(version, Status.RETURNED, act=Act.RETURNED, by=by, message=message)
    return version


@transaction.atomic
def decline(
    version: Version, *, by: User, lock: int, reason: DeclineReason, message: str
) -> Version:
    """Say no, and why. Raises what `publish` raises, MessageMissing, ReasonMissing."""
    if reason not in DeclineReason.values:
        raise ReasonMissing(f"version {version.pk}")
    version = _decidable(version, by=by, lock=lock)
    about: dict[str, Any] = {"by": by, "message": message, "reason": reason}
    _decide(version, Status.DECLINED, act=Act.DECLINED, **about)
    return version


def decide_each(
    shown: Iterable[tuple[Version, int]], decision: Callable, **how: Any
) -> list[Outcome]:
    """Make the same decision on several texts, each given with the lock it was shown
    with. One that cannot be made is explained, and does not hinder the others."""
    return [_decide_one(version, decision, lock=lock, **how) for version, lock in shown]


@transaction.atomic
def suppress(version: Version, *, by: User, message: str) -> Version:
    """Take an old version out of the public history, as for personal data in it.

    Raises NotAllowed, MessageMissing, and InvalidTransition unless it is REPLACED.
    """
    version = lock_version(version)
    _check_may_review(version, by)
    if version.status != Status.REPLACED or version.is_suppressed:
        raise InvalidTransition(f"version {version.pk} is {version.status}")
    version.is_suppressed = True
    version.save(update_fields=["is_suppressed"])
    said = text.said(message)
    moment = timezone.now()
    record(version, act=Act.SUPPRESSED, moment=moment, by=by, message=said)
    findable.refresh([version.entry_id])
    return version


@transaction.atomic
def undo_publication(version: Version, *, by: User, message: str) -> Version:
    """Go back to the text before a published one; gives the text that is now public.

    Raises NotAllowed, MessageMissing, InvalidTransition, and NothingBefore.
    """
    version = lock_version(version)
    _check_may_review(version, by)
    if version.status != Status.PUBLISHED:
        raise InvalidTransition(f"version {version.pk} is {version.status}")
    before = _before(version)
    _check_may_review(before, by)
    about: dict[str, Any] = {"moment": timezone.now(), "by": by}
    said = text.said(message)
    undone = Act.PUBLICATION_UNDONE
    move(version, Status.REPLACED, act=undone, message=said, **about)
    move(before, Status.PUBLISHED, act=Act.RESTORED, **about)
    findable.refresh([version.entry_id])
    return before


def _before(version: Version) -> Version:
    """The nearest earlier text that may be public."""
    before = version.replaces
    while before and before.is_suppressed:
        before = before.replaces
    if before is None:
        raise NothingBefore(f"version {version.pk}")
    before.entry = version.entry
    return before


def _waiting(version: Version, *, by: User) -> Version:
    """The version, locked, if it waits for a decision that `by` may make."""
    version = lock_version(version)
    _check_may_review(version, by)
    check_not_withdrawn(version.entry)
    if version.status != Status.SUBMITTED:
        raise _no_longer_waiting(version)
    _check_another_decides(version, by)
    claims = Claim.objects.current().filter(version=version).exclude(moderator=by)
    if taken := claims.select_related("moderator").first():
        until = date_format(timezone.localtime(taken.until), "H.i")
        raise ClaimedByOther(
            f"version {version.pk}",
            user_message=f"{taken.moderator} granskar det här till {until}. Ta nästa i "
            "kön. Inget beslut är fattat.",
        )
    return version


def _decidable(version: Version, *, by: User, lock: int) -> Version:
    version = _waiting(version, by=by)
    if lock != version.lock:
        shown = version.snapshots.filter(lock=lock).first()
        raise StaleDecision(
            f"version {version.pk}: {lock} was shown, {version.lock} is there",
            yours=shown.text if shown else {},
            stored=text.as_data(version),
        )
    return version


def _check_may_review(version: Version, by: User) -> None:
    if permissions.can_review(by, version):
        return
    refused = OwnText if permissions.can_moderate(by) else NotAllowed
    raise refused(f"user {by.pk} may not review version {version.pk}")


def _check_another_decides(version: Version, by: User) -> None:
    """After an appeal it is not for whoever declined the text to decide again."""
    granted = version.appeals.filter(granted=True).order_by("appealed_at").last()
    if granted and granted.declined_by_id == by.pk:
        raise NotAllowed(
            f"user {by.pk} declined version {version.pk} before the appeal",
            user_message="Du avböjde texten före omprövningen. Låt en annan moderator "
            "fatta beslutet.",
        )


def _no_longer_waiting(version: Version) -> WorkflowError:
    if version.status == Status.DRAFT:
        return TakenBack(f"version {version.pk}")
    who = version.decided_by.name if version.decided_by else ""
    when = ""
    if version.decided_at:
        local = timezone.localtime(version.decided_at)
        when = f" {date_format(local, 'j F Y')} klockan {date_format(local, 'H.i')}"
    did = _DECISION_IN_WORDS[Status(version.status)]
    said = f"{who or 'En annan moderator'} {did}{when}. Ditt beslut är inte sparat."
    return AlreadyDecided(
        f"version {version.pk} is {version.status}", user_message=said
    )


def _decide(version: Version, to_status: Status, *, message: str, **about: Any) -> None:
    move(version, to_status, moment=timezone.now(), message=text.said(message), **about)


def _make_public(
    version: Version, *, by: User, over: Version | None, message: str
) -> None:
    entry: Entry = version.entry
    previous = entry.published_version
    if previous != (over or version.based_on):
        who = previous.decided_by if previous else None
        raise StaleBase(
            f"version {version.pk}",
            user_message=f"{who} har publicerat en annan text sedan förslaget skrevs. "
            "Inget beslut är fattat. Jämför förslaget med texten som syns nu och "
            "besluta igen."
            if who
            else None,
        )
    check_scanned(version)
    moment = timezone.now()
    version.replaces = previous
    version.save(update_fields=["replaces"])
    if previous:
        previous.entry = entry
        move(previous, Status.REPLACED, act=Act.REPLACED, moment=moment, by=by)
    note = text.plain(message)
    about: dict[str, Any] = {"moment": moment, "by": by, "message": note}
    move(version, Status.PUBLISHED, act=Act.PUBLISHED, **about)
    give_address(entry, version.title)
    findable.refresh([entry.pk])


def _decide_one(version: Version, decision: Callable, **how: Any) -> Outcome:
    try:
        return Outcome(decision(version, **how))
    except WorkflowError as error:
        return Outcome(version, error)
