"""I verksamhetsplanen: choose prioriteringar, and take them along on a sheet."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from kunskapsbank import facets
from kunskapsbank.forms import tree
from programme.views.text import START
from uppfoljning import plan
from uppfoljning.sheets import plan as sheets

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING_CHOSEN = "Kryssa i minst en prioritering"


def trail(*steps):
    start = {"title": "Uppföljning", "url": reverse("uppfoljning:start")}
    return [START, start, *steps]


@require_safe
def choose(request):
    """The programme's tree to tick in; those of the address are ticked already."""
    return _form_page(request, _asked(request))


@require_safe
def sheet(request):
    chosen = _asked(request)
    if not chosen:
        return _form_page(request, [], fault=NOTHING_CHOSEN)
    query = urlencode([("prio", each.slug) for each in chosen])
    form_url = reverse("uppfoljning:plan")
    spread = facets.for_request(request)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail(
            {"title": "I verksamhetsplanen", "url": form_url}, {"title": "Blad"}
        ),
        "edition": spread.tree.edition,
        "count": len(chosen),
        "strands": list(plan.by_place(plan.chosen_of(chosen, spread))),
        "change_url": f"{form_url}?{query}",
        "xlsx_url": f"{reverse('uppfoljning:plan_xlsx')}?{query}",
        "csv_url": f"{reverse('uppfoljning:plan_csv')}?{query}",
    }
    return render(request, "uppfoljning/plan/sheet.html", context)


@require_safe
def sheet_xlsx(request):
    """The chosen ones, or the whole programme when none is."""
    return _file(request, sheets.as_xlsx, "verksamhetsplan.xlsx", XLSX)


@require_safe
def sheet_csv(request):
    content_type = "text/csv; charset=utf-8"
    return _file(request, sheets.as_csv, "verksamhetsplan.csv", content_type)


def _file(request, make, name, content_type):
    spread = facets.for_request(request)
    if spread.tree.edition is None:
        raise Http404
    chosen = _asked(request) or spread.tree.prioriteringar
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = make(plan.chosen_of(chosen, spread), spread.tree.edition)
    return HttpResponse(body, content_type=content_type, headers=headers)


def _asked(request):
    """What is ticked, in the programme's order; a fokusområde in the address stands
    for all in it."""
    slugs, numbers = request.GET.getlist("prio"), request.GET.getlist("fokus")
    return [
        each
        for each in facets.for_request(request).tree.prioriteringar
        if each.slug in slugs or each.fokusomrade.number in numbers
    ]


def _form_page(request, chosen, *, fault=""):
    programme = facets.for_request(request).tree
    slugs = {each.slug for each in chosen}
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail({"title": "I verksamhetsplanen"}),
        "branches": list(tree.branches(slugs, by="slug", programme=programme)),
        "count": len(programme.prioriteringar),
        "edition": programme.edition,
        "fault": fault,
    }
    return render(request, "uppfoljning/plan/choose.html", context)
