"""When a text about an initiative may change status, and what becomes public of it.

`TRANSITIONS` and `INITIATIVE_TRANSITIONS` are the whole rule. Every move goes through
`_move`, under the locks that `lock_text` takes, and writes an event and queues the mail
about it in the same transaction.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from accounts.models import User
from kunskapsbank.models import Organisation
from kunskapsbank.workflow import organisation_named
from kunskapsbank.workflow.text import plain, said
from uppfoljning import permissions
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus
from uppfoljning.exceptions.initiatives import (
    AlreadyDecided,
    InvalidTransition,
    NotAllowed,
    OwnInitiative,
    StaleDecision,
    StaleInitiative,
    TakenBack,
    Withdrawn,
)
from uppfoljning.findable import initiatives as findable
from uppfoljning.models import Initiative, InitiativeEvent, InitiativeText
from uppfoljning.models.initiatives import RESERVED_SLUGS
from uppfoljning.notifications import initiatives as notifications
from uppfoljning.workflow.initiative_texts import (
    as_data,
    check_complete,
    check_may_write,
    copied,
    lock_initiative,
    lock_text,
    store,
)

Status = InitiativeStatus
TRANSITIONS = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.DRAFT,
        Status.RETURNED,
        Status.PUBLISHED,
        Status.DECLINED,
    },
    Status.RETURNED: {Status.SUBMITTED},
    Status.PUBLISHED: {Status.REPLACED},
    Status.REPLACED: set(),
    Status.DECLINED: set(),
}
INITIATIVE_TRANSITIONS = {
    InitiativeState.OPEN: {InitiativeState.WITHDRAWN},
    InitiativeState.WITHDRAWN: {InitiativeState.OPEN},
}
_SLUG_ROOM = 100  # of 120, so that a number fits after
_DECIDED = {Status.RETURNED, Status.PUBLISHED, Status.DECLINED}
_DECISION_IN_WORDS = {
    Status.RETURNED: "har bett om komplettering",
    Status.PUBLISHED: "har publicerat texten",
    Status.REPLACED: "har publicerat texten, och en nyare har ersatt den",
    Status.DECLINED: "har avböjt texten",
}


@transaction.atomic
def submit_initiative(text: InitiativeText, *, by: User, lock: int) -> InitiativeText:
    """Hand the text in to the document owner; to do it again changes nothing.

    Raises NotAllowed, NotEditable, Withdrawn, StaleInitiative and Incomplete.
    """
    text = lock_text(text)
    if text.status == Status.SUBMITTED and text.author_id == by.pk:
        return text
    check_may_write(text, by=by)
    _check_open(text)
    if lock != text.lock:
        raise StaleInitiative(f"text {text.pk}: {lock}", stored=as_data(text))
    check_complete(text)
    _move(text, Status.SUBMITTED, by=by)
    return text


@transaction.atomic
def take_back_initiative(text: InitiativeText, *, by: User) -> InitiativeText:
    """Make a submitted text a draft again; raises NotAllowed, InvalidTransition.

    Needs no right to contribute: whoever lost it may still say no.
    """
    text = lock_text(text)
    if not by.is_active or text.author_id != by.pk:
        raise NotAllowed(f"user {by.pk} may not take back text {text.pk}")
    _move(text, Status.DRAFT, by=by)
    return text


@transaction.atomic
def publish_initiative(
    text: InitiativeText, *, by: User, lock: int, over: int | None, message: str = ""
) -> InitiativeText:
    """Make the words of the text those that readers see.

    `over` is the key of the published text that it was compared with, None for none.
    Raises NotAllowed, OwnInitiative, TakenBack, AlreadyDecided, Withdrawn and
    StaleDecision.
    """
    text = _decidable(text, by=by, lock=lock)
    _check_open(text)
    previous = text.initiative.published_text if text.initiative else None
    if (previous.pk if previous else None) != over:
        raise StaleDecision(f"text {text.pk}: over {over}")
    if previous:
        _move(previous, Status.REPLACED, by=by)
    text.organisation = text.organisation or organisation_named(
        text.organisation_name, text.organisation_kind
    )
    text.initiative = _make_public(text, text.organisation)
    text.save(update_fields=["organisation", "initiative"])
    _move(text, Status.PUBLISHED, by=by, message=plain(message).strip())
    findable.refresh([text.initiative.pk])
    return text


@transaction.atomic
def return_initiative(
    text: InitiativeText, *, by: User, lock: int, message: str
) -> InitiativeText:
    """Ask for more. Raises what `publish_initiative` raises, and MessageMissing."""
    text = _decidable(text, by=by, lock=lock)
    _move(text, Status.RETURNED, by=by, message=said(message))
    return text


@transaction.atomic
def decline_initiative(
    text: InitiativeText, *, by: User, lock: int, message: str
) -> InitiativeText:
    """Say no, and why. Raises what `return_initiative` raises."""
    text = _decidable(text, by=by, lock=lock)
    _move(text, Status.DECLINED, by=by, message=said(message))
    return text


@transaction.atomic
def withdraw_initiative(initiative: Initiative, *, by: User, reason: str) -> Initiative:
    """Let nobody read it; `reason` is shown at its address.

    Raises NotAllowed, MessageMissing and InvalidTransition.
    """
    initiative = lock_initiative(initiative)
    if not permissions.can_withdraw_initiative(by, initiative.published_text):
        raise NotAllowed(f"user {by.pk} may not withdraw initiative {initiative.pk}")
    _set_state(initiative, InitiativeState.WITHDRAWN, by=by, reason=said(reason))
    return initiative


@transaction.atomic
def reopen_initiative(initiative: Initiative, *, by: User) -> Initiative:
    """Let everybody read it again; four eyes, as for publishing.

    Raises NotAllowed, OwnInitiative and InvalidTransition.
    """
    initiative = lock_initiative(initiative)
    _check_may_decide(initiative.published_text, by)
    _set_state(initiative, InitiativeState.OPEN, by=by, reason="")
    return initiative


def _set_state(
    initiative: Initiative, to_state: InitiativeState, *, by: User, reason: str
) -> None:
    from_state = InitiativeState(initiative.state)
    if to_state not in INITIATIVE_TRANSITIONS[from_state]:
        raise InvalidTransition(f"{initiative.pk}: {from_state} to {to_state}")
    initiative.state = to_state
    initiative.state_reason = reason
    initiative.state_by, initiative.state_at = by, timezone.now()
    initiative.save(update_fields=["state", "state_reason", "state_by", "state_at"])
    findable.refresh([initiative.pk])
    notifications.tell_state(initiative, by=by)


def _make_public(text: InitiativeText, organisation: Organisation) -> Initiative:
    """The initiative with the words of the text; a new one if it has none."""
    initiative = text.initiative or Initiative(slug=_free_slug(text.title))
    now = timezone.now()
    values: dict[str, Any] = {"organisation": organisation, "changed_at": now}
    if initiative.pk is None:
        values["published_at"] = now
    values |= copied(text)
    try:
        with transaction.atomic():
            store(initiative, values)
    except IntegrityError:  # somebody else took the address this very moment
        if initiative.pk is not None:
            raise
        initiative.slug = f"{initiative.slug}-{text.pk}"
        store(initiative, values)
    return initiative


def _free_slug(title: str) -> str:
    words = slugify(title)[:_SLUG_ROOM].strip("-") or "insats"
    taken = {*RESERVED_SLUGS}
    taken |= set(
        Initiative.objects.filter(slug__startswith=words).values_list("slug", flat=True)
    )
    slug, number = words, 2
    while slug in taken:
        slug, number = f"{words}-{number}", number + 1
    return slug


def _decidable(text: InitiativeText, *, by: User, lock: int) -> InitiativeText:
    """The text, locked, if `by` may decide on it now and was shown this very text."""
    text = lock_text(text)
    _check_may_decide(text, by)
    if text.status != Status.SUBMITTED:
        raise _no_longer_waiting(text)
    if lock != text.lock:
        raise StaleDecision(f"text {text.pk}: {lock} was shown, {text.lock} is there")
    return text


def _check_may_decide(text: InitiativeText, by: User) -> None:
    if permissions.can_decide_initiative(by, text):
        return
    refused = OwnInitiative if permissions.can_follow_up(by) else NotAllowed
    raise refused(f"user {by.pk} may not decide on text {text.pk}")


def _check_open(text: InitiativeText) -> None:
    if text.initiative and not text.initiative.is_open:
        raise Withdrawn(f"initiative {text.initiative.pk}")


def _no_longer_waiting(text: InitiativeText) -> InvalidTransition:
    if text.status == Status.DRAFT:
        return TakenBack(f"text {text.pk}")
    who = text.decided_by.name if text.decided_by else ""
    when = ""
    if text.decided_at:
        local = timezone.localtime(text.decided_at)
        when = f" {date_format(local, 'j F Y')} klockan {date_format(local, 'H.i')}"
    did = _DECISION_IN_WORDS[Status(text.status)]
    told = f"{who or 'En annan dokumentansvarig'} {did}{when}. Ditt beslut är inte "
    return AlreadyDecided(
        f"text {text.pk} is {text.status}", user_message=f"{told}sparat."
    )


def _move(
    text: InitiativeText, to_status: InitiativeStatus, *, by: User, message: str = ""
) -> None:
    """Give the text a new status, its stamps, an event and a mail; it is locked.

    Raises InvalidTransition, having written nothing.
    """
    from_status = Status(text.status)
    if to_status not in TRANSITIONS[from_status]:
        raise InvalidTransition(f"{text.pk}: {from_status} to {to_status}")
    moment = timezone.now()
    text.status = to_status
    if to_status == Status.SUBMITTED:
        text.submitted_at, text.decided_at, text.decided_by = moment, None, None
    if to_status in _DECIDED:
        text.decided_at, text.decided_by = moment, by
    text.save(update_fields=["status", "submitted_at", "decided_at", "decided_by"])
    event = InitiativeEvent.objects.create(
        text=text,
        from_status=from_status,
        to_status=to_status,
        happened_at=moment,
        actor=by,
        message=message,
    )
    notifications.tell(event, by=by)
