"""Adopted reports, for everybody; and a draft as it will read, for its owner."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from programme.views.text import START
from uppfoljning import report_content, report_page
from uppfoljning.models import Report
from uppfoljning.permissions import can_follow_up
from uppfoljning.workflow.report_files import PdfState, pdf_state

REPORTS = {"title": "Rapporter"}


def crumbs(*last):
    """From the start page by way of the reports to `last`."""
    follow_up = {"title": "Uppföljning", "url": reverse("uppfoljning:start")}
    every = REPORTS | ({"url": reverse("uppfoljning:reports")} if last else {})
    return [START, follow_up, every, *last]


@require_safe
def reports(request):
    context = {
        "section": "uppfoljning",
        "breadcrumbs": crumbs(),
        "report_list": [(each, each.adoption) for each in Report.objects.public()],
    }
    return render(request, "uppfoljning/reports/list.html", context)


@require_safe
def report(request, year):
    found = get_object_or_404(Report.objects.visible_to(request.user), year=year)
    content = report_content.read(found)
    title = {"title": content["title"]}
    context = {
        "section": "uppfoljning",
        "breadcrumbs": crumbs(title),
        "report": found,
        "content": report_page.shown(content),
        "may_follow_up": can_follow_up(request.user),
        **_adopted(found),
    }
    return render(request, "uppfoljning/reports/report.html", context)


@require_safe
def extract(request, year, of_year):
    found, content = _extract(year, of_year)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": crumbs(
            {"title": content["title"], "url": found.get_absolute_url()},
            {"title": f"Utdrag för {of_year}"},
        ),
        "report": found,
        "of_year": of_year,
        "content": report_page.shown(content),
        **_adopted(found),
    }
    return render(request, "uppfoljning/reports/extract.html", context)


@require_safe
def report_csv(request, year):
    return _csv(_public(year).adoption.data, f"uppfoljning-{year}")


@require_safe
def extract_csv(request, year, of_year):
    _, content = _extract(year, of_year)
    return _csv(content, f"uppfoljning-{year}-utdrag-{of_year}")


@require_safe
def report_json(request, year):
    """What was adopted, to the byte, so that its checksum can be counted."""
    content = _public(year).adoption.content
    return _file(content.encode(), "application/json", f"uppfoljning-{year}.json")


@require_safe
def report_pdf(request, year):
    adoption = _public(year).adoption
    if not hasattr(adoption, "pdf"):
        raise Http404
    content = bytes(adoption.pdf.content)
    return _file(content, "application/pdf", f"uppfoljning-{year}.pdf")


def _public(year):
    return get_object_or_404(Report.objects.public(), year=year)


def _adopted(found):
    """What stands beside the content of a report that is adopted."""
    if not found.is_adopted:
        return {"adoption": None}
    state = pdf_state(found.adoption)
    return {
        "adoption": found.adoption,
        "corrections": list(found.adoption.corrections.all()),
        "pdf": found.adoption.pdf if state == PdfState.MADE else None,
        "pdf_state": state,
    }


def _extract(year, of_year):
    found = _public(year)
    if of_year not in found.years:
        raise Http404
    return found, report_page.extract(found.adoption.data, of_year)


def _csv(content, name):
    return StreamingHttpResponse(
        report_page.as_csv(content),
        content_type="text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _file(content, content_type, name):
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
