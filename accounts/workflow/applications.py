"""Applied to contribute, and answered."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts import notices
from accounts.enums import Role
from accounts.exceptions import (
    AlreadyAnswered,
    AlreadyHere,
    MessageMissing,
    NotAllowed,
)
from accounts.models import Application, Invitation, User
from accounts.permissions import can_invite
from accounts.workflow.invitations import invite

# Without signs that are mistaken for each other when read out.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SIGN_COUNT = 6
# What all that one person has written before they are answered may fill.
REASON_ROOM = 6000


@transaction.atomic
def apply(*, name: str, email: str, organisation: str, reason: str) -> Application:
    """Ask to contribute. Who asks again before the answer adds to what waits, and gets
    the same number, so that nobody learns whether somebody else has asked."""
    email = email.strip().lower()
    application, is_new = Application.objects.select_for_update().get_or_create(
        email=email,
        answered_at=None,
        defaults={
            "number": f"A-{_random_number()}",
            "name": name.strip(),
            "organisation": organisation.strip(),
            "reason": reason.strip(),
        },
    )
    if is_new:
        notices.tell_who_answers(application)
    else:
        _add(application, reason.strip())
    return application


@transaction.atomic
def invite_applicant(
    application: Application, *, by: User, message: str = ""
) -> Invitation | None:
    """Say yes: the answer is an invitation, or None to a person who is here already.

    Raises NotAllowed, AlreadyAnswered, AccountClosed.
    """
    application = _answered(application, by=by, granted=True, message=message)
    try:
        return invite(
            application.email, Role.CONTRIBUTOR, by=by, message=application.answer
        )
    except AlreadyHere:
        notices.send_answer.enqueue(application.pk)
        return None


@transaction.atomic
def decline_applicant(
    application: Application, *, by: User, message: str
) -> Application:
    """Say a kind no; raises NotAllowed, AlreadyAnswered, MessageMissing."""
    if not message.strip():
        raise MessageMissing(f"application {application.pk}")
    application = _answered(application, by=by, granted=False, message=message)
    notices.send_answer.enqueue(application.pk)
    return application


def _answered(
    application: Application, *, by: User, granted: bool, message: str
) -> Application:
    if not can_invite(by):
        raise NotAllowed(f"user {by.pk} may not answer applications")
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.answered_at:
        raise AlreadyAnswered(f"application {application.pk}")
    application.answered_at = timezone.now()
    application.answered_by = by
    application.granted = granted
    application.answer = message.strip()
    application.save(update_fields=["answered_at", "answered_by", "granted", "answer"])
    return application


def _add(application: Application, reason: str) -> None:
    if reason in application.reason:
        return
    day = timezone.localdate().isoformat()
    longer = f"{application.reason}\n\nTillägg {day}:\n\n{reason}"
    if len(longer) <= REASON_ROOM:
        application.reason = longer
        application.save(update_fields=["reason"])


def _random_number() -> str:
    """Not in order: a number that tells how many have applied tells who has not."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_SIGN_COUNT))
