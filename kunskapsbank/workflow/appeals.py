"""A decline tried once more, by another moderator; once for each decline."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import permissions
from kunskapsbank.enums import Act, Status
from kunskapsbank.exceptions import (
    AppealUsed,
    InvalidTransition,
    NoAppeal,
    NotAllowed,
)
from kunskapsbank.models import Appeal, Claim, Version
from kunskapsbank.workflow import text
from kunskapsbank.workflow.moves import check_not_withdrawn, move, record
from kunskapsbank.workflow.moves import lock as lock_version
from kunskapsbank.workflow.review import CLAIM_LASTS


@transaction.atomic
def appeal(version: Version, *, by: User, message: str) -> Appeal:
    """Ask for another moderator's eyes on a declined text.

    Raises NotAllowed, EntryWithdrawn, InvalidTransition unless it is declined,
    MessageMissing, and AppealUsed.
    """
    version = lock_version(version)
    if not permissions.can_appeal(by, version):
        raise NotAllowed(f"user {by.pk} may not appeal version {version.pk}")
    check_not_withdrawn(version.entry)
    decided_at = version.decided_at
    if version.status != Status.DECLINED or decided_at is None:
        raise InvalidTransition(f"version {version.pk} is {version.status}")
    said = text.said(message)
    moment = timezone.now()
    made, is_new = Appeal.objects.get_or_create(
        version=version,
        declined_at=decided_at,
        defaults={"declined_by": version.decided_by, "appealed_at": moment},
    )
    if not is_new:
        raise AppealUsed(f"version {version.pk}")
    record(version, act=Act.APPEALED, moment=moment, by=by, message=said)
    return made


@transaction.atomic
def answer_appeal(
    version: Version, *, by: User, granted: bool, message: str
) -> Version:
    """Let the decline stand, or take the text on for a new decision.

    Raises NotAllowed, EntryWithdrawn, NoAppeal and MessageMissing.
    """
    version = lock_version(version)
    waiting = Appeal.objects.waiting().filter(version=version).first()
    if waiting is None or version.status != Status.DECLINED:
        raise NoAppeal(f"version {version.pk}")
    if not permissions.can_answer_appeal(by, version, waiting.declined_by_id):
        raise NotAllowed(f"user {by.pk} may not answer for version {version.pk}")
    check_not_withdrawn(version.entry)
    moment = timezone.now()
    about: dict[str, Any] = {"moment": moment, "by": by, "message": text.said(message)}
    waiting.answered_at, waiting.granted = moment, granted
    waiting.save(update_fields=["answered_at", "granted"])
    if not granted:
        record(version, act=Act.APPEAL_DENIED, **about)
        return version
    move(version, Status.SUBMITTED, act=Act.APPEAL_GRANTED, **about)
    Claim.objects.create(version=version, moderator=by, until=moment + CLAIM_LASTS)
    return version
