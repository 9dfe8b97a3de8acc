"""What is written about a fokusområde: given out, written, handed in, read.

`TRANSITIONS` is the whole rule. Every act takes the locks that `_locked` takes, the
report's first, so that nothing is written while the report is being adopted.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank.checks import personal_numbers
from kunskapsbank.workflow.text import plain, said
from uppfoljning import permissions
from uppfoljning.enums.reports import AssessmentStatus
from uppfoljning.exceptions.reports import (
    AlreadyAdopted,
    HoldsPersonalNumber,
    InvalidMove,
    MayNotBeAssigned,
    NotAllowed,
    NotEditable,
    NothingWritten,
    StaleAssessment,
    TooLong,
)
from uppfoljning.models import Assessment, AssessmentEvent, Report
from uppfoljning.notifications import assessments as notifications

TRANSITIONS = {
    AssessmentStatus.NOT_STARTED: {AssessmentStatus.ONGOING},
    AssessmentStatus.ONGOING: {AssessmentStatus.READY},
    AssessmentStatus.READY: {AssessmentStatus.ONGOING, AssessmentStatus.DONE},
    AssessmentStatus.DONE: {AssessmentStatus.ONGOING},
}
MOST_CHARACTERS = 10_000
TIES = ("indicators", "initiatives")
_WHY_NOT = {
    AssessmentStatus.READY: (
        "Texten är klar att läsa och kan inte ändras medan den läses. Ta tillbaka den "
        "först, om du vill skriva mer."
    ),
    AssessmentStatus.DONE: (
        "Texten är klar. Be den dokumentansvariga att öppna den igen, om något ska "
        "ändras."
    ),
}
_ADOPTED = "Rapporten är fastställd, och ingenting i den kan ändras."


@transaction.atomic
def assign(report: Report, people: Mapping[str, int | None], *, by: User) -> int:
    """Give fokusområden, by number, to people by key, or to nobody; gives how many
    changed hands. What is written stays.

    Raises NotAllowed, AlreadyAdopted and MayNotBeAssigned.
    """
    check_may_follow_up(by)
    report = locked_report(report)
    changed = []
    for each in report.assessments.select_related("fokusomrade").order_by("pk"):
        number = each.fokusomrade.number
        if number in people and people[number] != each.assignee_id:
            each.assignee = _assignable(people[number])
            each.assigned_at = timezone.now() if each.assignee else None
            each.reminded_at = None
            each.save(update_fields=["assignee", "assigned_at", "reminded_at"])
            changed.append(each)
    notifications.tell_assigned(changed, by=by)
    return len(changed)


@transaction.atomic
def save_assessment(
    assessment: Assessment,
    *,
    by: User,
    lock: int,
    tab: str = "",
    sequence: int | None = None,
    **values: Any,
) -> Assessment:
    """Store what has been written so far; nothing is required.

    `lock` is that of the text that was shown. An autosave also says which tab it comes
    from and its `sequence` there: one that is overtaken by a later save from the same
    tab is ignored, and the assessment is given back as it is stored. Raises NotAllowed,
    NotEditable, TooLong, and StaleAssessment when it was saved in between.
    """
    values = _cleaned(values)
    assessment = _writable(assessment, by=by)
    is_same_tab = sequence is not None and tab != "" and tab == assessment.tab
    if is_same_tab and sequence is not None and sequence <= assessment.sequence:
        return assessment
    if lock != assessment.lock and not is_same_tab:
        raise StaleAssessment(f"{assessment.pk}: {lock}", stored=values_of(assessment))
    assessment.tab, assessment.sequence = tab, sequence or 0
    _write(assessment, values, by=by)
    return assessment


@transaction.atomic
def hand_in(assessment: Assessment, *, by: User, lock: int) -> Assessment:
    """Say that the text can be read; to do it again changes nothing.

    Raises NotAllowed, NotEditable, StaleAssessment, NothingWritten and
    HoldsPersonalNumber.
    """
    locked = _locked(assessment)
    _check_may_write(locked, by=by)
    if locked.status == AssessmentStatus.READY and lock == locked.lock:
        return locked
    _check_editable(locked)
    if lock != locked.lock:
        raise StaleAssessment(f"{locked.pk}: {lock}", stored=values_of(locked))
    if not locked.text.strip():
        raise NothingWritten(f"assessment {locked.pk}")
    _move(locked, AssessmentStatus.READY, by=by)
    return locked


@transaction.atomic
def take_back_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """Go on writing before it has been read. Raises NotAllowed, AlreadyAdopted and
    InvalidMove."""
    assessment = _open(assessment)
    _check_may_write(assessment, by=by)
    if assessment.status != AssessmentStatus.READY:
        raise InvalidMove(f"assessment {assessment.pk} is {assessment.status}")
    _move(assessment, AssessmentStatus.ONGOING, by=by)
    return assessment


@transaction.atomic
def send_back(
    assessment: Assessment, *, by: User, lock: int, message: str
) -> Assessment:
    """Ask for more, or open again what was done.

    Raises NotAllowed, AlreadyAdopted, InvalidMove and MessageMissing.
    """
    message = said(message)
    assessment = _readable(assessment, by=by, lock=lock)
    if assessment.status == AssessmentStatus.NOT_STARTED:
        raise InvalidMove(f"assessment {assessment.pk} is not begun")
    _move(assessment, AssessmentStatus.ONGOING, by=by, message=message)
    return assessment


@transaction.atomic
def mark_done(assessment: Assessment, *, by: User, lock: int) -> Assessment:
    """Say that the text stands as it is. The document owner answers for the report as
    a whole, so that it may be a text of their own.

    Raises NotAllowed, AlreadyAdopted and InvalidMove.
    """
    assessment = _readable(assessment, by=by, lock=lock)
    _move(assessment, AssessmentStatus.DONE, by=by)
    return assessment


@transaction.atomic
def remind(*, days: int, dry_run: bool = False) -> int:
    """Queue a mail to each who has something unwritten that nobody told them of for so
    many days; gives how many mails."""
    limit = timezone.now() - timedelta(days=days)
    waiting: dict[int, list[Assessment]] = {}
    rows = Assessment.objects.unwritten().select_for_update(of=("self",))
    for each in rows.order_by("pk"):
        told_at = each.reminded_at or each.assigned_at
        if told_at is None or told_at <= limit:
            waiting.setdefault(each.assignee_id, []).append(each)
    if dry_run:
        return len(waiting)
    now = timezone.now()
    for user_pk, theirs in sorted(waiting.items()):
        for each in theirs:
            each.reminded_at = now
            each.save(update_fields=["reminded_at"])
        notifications.tell_unwritten(user_pk, [each.pk for each in theirs], now)
    return len(waiting)


def why_not_editable(assessment: Assessment) -> str:
    """What to do instead of writing in it, in Swedish; empty if one may write."""
    if assessment.report.is_adopted:
        return _ADOPTED
    return _WHY_NOT.get(AssessmentStatus(assessment.status), "")


def values_of(assessment: Assessment) -> dict[str, Any]:
    """The text and what is attached to it."""
    return {"text": assessment.text} | {
        name: list(getattr(assessment, name).all()) for name in TIES
    }


def check_may_follow_up(by: User) -> None:
    if not permissions.can_follow_up(by):
        raise NotAllowed(f"user {by.pk} may not follow up")


def locked_report(report: Report) -> Report:
    """The report as it is now, locked; raises AlreadyAdopted."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if report.is_adopted:
        raise AlreadyAdopted(f"report {report.year}")
    return report


def _locked(assessment: Assessment) -> Assessment:
    report = Report.objects.select_for_update().get(pk=assessment.report_id)
    rows = Assessment.objects.select_related("fokusomrade")
    locked = rows.select_for_update(of=("self",)).get(pk=assessment.pk)
    locked.report = report
    return locked


def _open(assessment: Assessment) -> Assessment:
    locked = _locked(assessment)
    if locked.report.is_adopted:
        raise AlreadyAdopted(f"report {locked.report.year}")
    return locked


def _writable(assessment: Assessment, *, by: User) -> Assessment:
    locked = _locked(assessment)
    _check_may_write(locked, by=by)
    _check_editable(locked)
    return locked


def _readable(assessment: Assessment, *, by: User, lock: int) -> Assessment:
    check_may_follow_up(by)
    locked = _open(assessment)
    if lock != locked.lock:
        raise InvalidMove(f"assessment {locked.pk}: {lock}")
    return locked


def _check_may_write(assessment: Assessment, *, by: User) -> None:
    if not permissions.can_write_assessment(by, assessment):
        raise NotAllowed(f"user {by.pk} may not write assessment {assessment.pk}")


def _check_editable(assessment: Assessment) -> None:
    if why := why_not_editable(assessment):
        raise NotEditable(f"assessment {assessment.pk}", user_message=why)


def _assignable(pk: int | None) -> User | None:
    if pk is None:
        return None
    user = User.objects.filter(pk=pk).first()
    if user is None or not permissions.can_contribute(user):
        raise MayNotBeAssigned(f"user {pk}")
    return user


def _cleaned(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - {"text", *TIES}:
        raise TypeError(f"not part of an assessment: {', '.join(sorted(unknown))}")
    clean = dict(values)
    if "text" in clean:
        clean["text"] = plain(clean["text"])
        if excess := max(len(clean["text"]) - MOST_CHARACTERS, 0):
            said_of_it = f"Korta texten med {excess} tecken"
            raise TooLong("assessment", user_message=said_of_it)
    return clean


def _write(assessment: Assessment, values: dict[str, Any], *, by: User) -> None:
    assessment.text = values.get("text", assessment.text)
    assessment.lock += 1
    assessment.saved_at = timezone.now()
    assessment.save(update_fields=["text", "lock", "saved_at", "tab", "sequence"])
    for name in values.keys() & set(TIES):
        getattr(assessment, name).set(values[name])
    if assessment.status == AssessmentStatus.NOT_STARTED:
        _move(assessment, AssessmentStatus.ONGOING, by=by)


def _move(
    assessment: Assessment, to_status: AssessmentStatus, *, by: User, message: str = ""
) -> None:
    if to_status not in TRANSITIONS[AssessmentStatus(assessment.status)]:
        raise InvalidMove(f"{assessment.pk}: {assessment.status} to {to_status}")
    if to_status == AssessmentStatus.READY and (
        found := personal_numbers(assessment.text)
    ):
        advice = f"Ta bort personnumret {found[0]}"
        raise HoldsPersonalNumber(f"{assessment.pk}", user_message=advice)
    event = AssessmentEvent.objects.create(
        assessment=assessment,
        from_status=assessment.status,
        to_status=to_status,
        message=message,
        actor=by,
    )
    assessment.status = to_status
    assessment.save(update_fields=["status"])
    notifications.tell(event, by=by)
