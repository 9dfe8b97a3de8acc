"""Where a report is made: periods, who writes what, and how far it has come."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from programme.views.text import START
from uppfoljning import report_content
from uppfoljning.exceptions.reports import ReportError
from uppfoljning.forms.reports import AssignForm, StartForm
from uppfoljning.models import Assessment, Report
from uppfoljning.permissions import can_follow_up
from uppfoljning.views.reports.access import owners_only, report_of, writers_only
from uppfoljning.workflow.assessments import assign
from uppfoljning.workflow.report_files import make_report_pdf, pdf_state
from uppfoljning.workflow.reports import start_report


def work_crumbs(*last):
    work = {"title": "Arbete"}
    if last:
        work["url"] = reverse("uppfoljning:work")
    return [
        START,
        {"title": "Uppföljning", "url": reverse("uppfoljning:start")},
        work,
        *last,
    ]


@writers_only
@require_safe
def work(request):
    return _work_page(request, StartForm())


@owners_only
@require_POST
def start_period(request):
    form = StartForm(request.POST)
    if not form.is_valid():
        return _work_page(request, form, status=400)
    try:
        started = start_report(by=request.user, **form.cleaned_data)
    except ReportError as error:
        form.add_error(None, error.user_message)
        return _work_page(request, form, status=409)
    messages.success(request, f"{started.title} är påbörjad. Fördela fokusområdena.")
    return redirect("uppfoljning:work_on", started.year)


@writers_only
@require_safe
def work_on(request, year):
    return _period_page(request, report_of(year))


@owners_only
@require_POST
def assign_areas(request, year):
    found = report_of(year)
    form = AssignForm(request.POST, assessments=_assessments(request, found))
    if not form.is_valid():
        return _period_page(request, found, form, status=400)
    try:
        changed = assign(found, form.chosen, by=request.user)
    except ReportError as error:
        messages.error(request, error.user_message)
        return redirect("uppfoljning:work_on", year)
    messages.success(request, _said(changed))
    return redirect("uppfoljning:work_on", year)


@owners_only
@require_http_methods(["POST"])
def make_pdf_again(request, year):
    """Queue the file once more; a task that finds it made does nothing."""
    found = report_of(year)
    if not found.is_adopted:
        raise Http404
    make_report_pdf.enqueue(found.adoption.pk)
    messages.success(request, "PDF-filen görs. Ladda om sidan om en stund.")
    return redirect("uppfoljning:work_on", year)


def _said(changed):
    if not changed:
        return "Fördelningen är sparad. Ingenting ändrades."
    areas = "Ett fokusområde" if changed == 1 else f"{changed} fokusområden"
    return (
        f"Fördelningen är sparad. {areas} har bytt person. De som har fått något nytt "
        "får ett mejl."
    )


def _work_page(request, form, *, status=200):
    reports = Report.objects.worked_on_by(request.user)
    mine = Assessment.objects.waiting_for(request.user).with_places().in_order()
    context = {
        "section": "uppfoljning",
        "breadcrumbs": work_crumbs(),
        "report_list": list(reports),
        "waiting": list(mine),
        "form": form,
        "may_follow_up": can_follow_up(request.user),
    }
    return render(request, "uppfoljning/reports/work.html", context, status=status)


def _period_page(request, found, form=None, *, status=200):
    assessments = _assessments(request, found)
    if not assessments:
        raise Http404
    may_follow_up = can_follow_up(request.user)
    form = form or AssignForm(assessments=assessments if may_follow_up else [])
    content = report_content.read(found)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": work_crumbs({"title": found.title}),
        "report": found,
        "may_follow_up": may_follow_up,
        "form": form,
        "strands": _strands(assessments, form, may_follow_up),
        "areas": [
            area
            for strand in content["viljeinriktningar"]
            for area in strand["fokusomraden"]
        ],
        "missing_count": len(report_content.missing_parts(content)),
        "pdf_state": pdf_state(found.adoption) if found.is_adopted else "",
    }
    return render(request, "uppfoljning/reports/period.html", context, status=status)


def _assessments(request, found):
    mine = Assessment.objects.visible_to(request.user).filter(report=found)
    return list(mine.with_places().in_order())


def _strands(assessments, form, may_follow_up):
    """Each viljeinriktning with its assessments and, for the owner, who has each."""
    strands = {}
    for each in assessments:
        field = form.field_of(each) if may_follow_up else None
        strand = each.fokusomrade.viljeinriktning
        strands.setdefault(strand, []).append((each, field))
    return list(strands.items())
