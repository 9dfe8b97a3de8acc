"""An adopted report as a tagged PDF: made once, from what was adopted, and kept."""

from enum import StrEnum
from hashlib import sha256

from django.db import transaction
from django.template.loader import render_to_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from programme import pdf
from search import generation
from uppfoljning import report_page
from uppfoljning.models import Adoption, Report, ReportPdf


class PdfState(StrEnum):
    """How far the file has come."""

    MADE = "made"
    WAITING = "waiting"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"  # this machine cannot make any


@task()
def make_report_pdf(adoption_pk: int) -> None:
    """Make the file, unless there is one or this machine cannot."""
    adoption = Adoption.objects.without_pdf().filter(pk=adoption_pk).first()
    if adoption is not None and pdf.is_available():
        make_pdf(adoption)


def make_pdf(adoption: Adoption) -> ReportPdf:
    """The file of what was adopted, made if there is none. Raises what WeasyPrint
    raises when it cannot."""
    page = render_to_string("uppfoljning/reports/pdf.html", context_of(adoption))
    content = pdf.make(page)
    with transaction.atomic():
        # One at a time: of two that were made at once the first is kept. The report is
        # locked, since the site's role may not lock what is only added to.
        Report.objects.select_for_update().get(pk=adoption.report_id)
        kept = ReportPdf.objects.filter(adoption=adoption).first()
        if kept:
            return kept
        made = ReportPdf.objects.create(
            adoption=adoption, content=content, sha256=sha256(content).hexdigest()
        )
        generation.touch()
    return made


def context_of(adoption: Adoption) -> dict[str, object]:
    return {
        "adoption": adoption,
        "content": report_page.shown(adoption.data, for_paper=True),
        "address": adoption.report.get_absolute_url(),
    }


def pdf_state(adoption: Adoption) -> PdfState:
    if ReportPdf.objects.filter(adoption=adoption).exists():
        return PdfState.MADE
    if not pdf.is_available():
        return PdfState.UNAVAILABLE
    tasks = DBTaskResult.objects.filter(task_path=make_report_pdf.module_path)
    for each in tasks.order_by("-enqueued_at"):
        if each.args_kwargs["args"] == [adoption.pk]:
            is_over = each.status in {
                TaskResultStatus.FAILED,
                TaskResultStatus.SUCCESSFUL,
            }
            return PdfState.FAILED if is_over else PdfState.WAITING
    return PdfState.FAILED
