"""Making a report final, and noting what was wrong in one that is."""

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods

from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Connection
from uppfoljning import report_content
from uppfoljning.exceptions.reports import AlreadyAdopted
from uppfoljning.forms.reports import AdoptForm, CorrectionForm
from uppfoljning.models import InitiativeText
from uppfoljning.views.reports.access import owners_only, report_of
from uppfoljning.views.reports.work import work_crumbs
from uppfoljning.workflow.reports import adopt_report, correct_report

ADOPTED = (
    "Rapporten är fastställd och kan läsas av alla. PDF-filen görs nu, det kan ta en "
    "stund."
)


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request, year):
    report = report_of(year)
    if report.is_adopted:
        return _already(request, report)
    if request.method != "POST":
        return _adopt_page(request, report)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return _adopt_page(request, report, form, status=400)
    try:
        adopt_report(report, by=request.user, **form.cleaned_data)
    except AlreadyAdopted:
        return _already(request, report)
    except WorkflowError as error:
        form.add_error(None, error.user_message)
        return _adopt_page(request, report, form, status=409)
    messages.success(request, ADOPTED)
    return redirect("uppfoljning:work_on", year)


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, year):
    report = report_of(year)
    if not report.is_adopted:
        messages.error(request, "Rapporten är inte fastställd än. Ändra den i stället.")
        return redirect("uppfoljning:work_on", year)
    form = CorrectionForm(request.POST) if request.POST else CorrectionForm.new()
    if request.method == "POST" and form.is_valid():
        try:
            correct_report(report, by=request.user, **form.parts)
        except WorkflowError as error:
            form.add_error("text", error.user_message)
        else:
            messages.success(request, "Rättelsen står nu med i rapporten.")
            return redirect(report)
    context = _context(report, "Skriv en rättelse") | {"form": form}
    page = "uppfoljning/reports/correct.html"
    return render(request, page, context, status=400 if form.is_bound else 200)


def _already(request, report):
    """Sent twice, or by two: what was adopted stands, and is shown."""
    messages.info(request, AlreadyAdopted.user_message)
    return redirect("uppfoljning:work_on", report.year)


def _adopt_page(request, report, form=None, *, status=200):
    """The form is for the content as it is now, also when it is shown again: whoever
    sends it has been told that it changed."""
    content = report_content.gather(report)
    sha256 = report_content.digest(report_content.written(content))
    if form:
        form.data = form.data.copy()
        form.data["sha256"] = sha256
    context = _context(report, "Fastställ rapporten") | {
        "form": form or AdoptForm(initial={"sha256": sha256}),
        "missing": report_content.missing_parts(content),
        "thin": report_content.thin_parts(content),
        "waiting_initiatives": InitiativeText.objects.queue().count(),
        "waiting_connections": Connection.objects.waiting().count(),
    }
    return render(request, "uppfoljning/reports/adopt.html", context, status=status)


def _context(report, title):
    url = resolve_url("uppfoljning:work_on", report.year)
    return {
        "section": "uppfoljning",
        "breadcrumbs": work_crumbs(
            {"title": report.title, "url": url}, {"title": title}
        ),
        "report": report,
        "title": title,
    }
