"""The life of a report: begun for a period, adopted, corrected by notes.

`TRANSITIONS` is the whole rule. What is adopted is kept as it was in that moment, in a
table that the database itself never changes.
"""

from datetime import date as Date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts.models import User
from kunskapsbank.workflow.text import plain, said
from programme import taxonomy
from search import generation
from uppfoljning import report_content
from uppfoljning.enums.reports import ReportStatus
from uppfoljning.exceptions.reports import (
    ContentChanged,
    InvalidMove,
    NotAdopted,
    PartsMissing,
    PeriodInWrongOrder,
    YearTaken,
)
from uppfoljning.findable import reports as findable
from uppfoljning.models import Adoption, Assessment, Report, ReportCorrection
from uppfoljning.workflow.assessments import check_may_follow_up, locked_report
from uppfoljning.workflow.report_files import make_report_pdf

TRANSITIONS = {
    ReportStatus.DRAFT: {ReportStatus.ADOPTED},
    ReportStatus.ADOPTED: set(),
}


@transaction.atomic
def start_report(*, by: User, period_start: int, period_end: int) -> Report:
    """Begin the follow-up of a period; its last year is the report's.

    Raises NotAllowed, PeriodInWrongOrder and YearTaken.
    """
    check_may_follow_up(by)
    if period_end < period_start:
        raise PeriodInWrongOrder(f"{period_start}–{period_end}")
    tree = taxonomy.current()
    report = Report(
        year=period_end,
        period_start=period_start,
        period_end=period_end,
        edition=tree.edition,
    )
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as fault:
        raise YearTaken(f"report {period_end}") from fault
    for area in tree.fokusomraden:
        Assessment.objects.create(report=report, fokusomrade=area)
    return report


@transaction.atomic
def adopt_report(
    report: Report, *, by: User, diary_number: str, adopted_on: Date, sha256: str
) -> Adoption:
    """Keep the report for good as it is now.

    `sha256` is that of the content that was read; nothing public changes while this is
    done. Raises NotAllowed, AlreadyAdopted, PartsMissing and ContentChanged.
    """
    check_may_follow_up(by)
    report = locked_report(report)
    generation.hold()
    content = report_content.gather(report)
    if report_content.missing_parts(content):
        raise PartsMissing(f"report {report.year}")
    text = report_content.written(content)
    if report_content.digest(text) != sha256:
        raise ContentChanged(f"report {report.year}")
    adoption = Adoption.objects.create(
        report=report,
        diary_number=" ".join(plain(diary_number).split()),
        adopted_on=adopted_on,
        content=text,
        sha256=sha256,
    )
    _move(report, ReportStatus.ADOPTED)
    findable.refresh([report.pk])
    make_report_pdf.enqueue(adoption.pk)
    return adoption


@transaction.atomic
def correct_report(
    report: Report, *, by: User, text: str, key: UUID
) -> ReportCorrection:
    """Note what was wrong, under today's date; the same `key` again gives the same
    note. Raises NotAllowed, NotAdopted and MessageMissing."""
    check_may_follow_up(by)
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not report.is_adopted:
        raise NotAdopted(f"report {report.year}")
    noted = ReportCorrection.objects.filter(adoption__report=report, key=key).first()
    if noted:
        return noted
    note = ReportCorrection.objects.create(
        adoption=report.adoption, text=said(text), noted_on=localdate(), key=key
    )
    generation.touch()
    return note


def _move(report: Report, to_status: ReportStatus) -> None:
    if to_status not in TRANSITIONS[ReportStatus(report.status)]:
        raise InvalidMove(f"{report.year}: {report.status} to {to_status}")
    report.status = to_status
    report.save(update_fields=["status"])
