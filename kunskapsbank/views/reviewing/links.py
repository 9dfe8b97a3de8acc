"""Addresses in public contributions that do not answer, and what moderators say of
them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kunskapsbank import workflow
from kunskapsbank.broken_links import doubts
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Link
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only

PAGE_LENGTH = 25


@moderators_only
@require_safe
def broken_links(request):
    found = doubts()
    paginator = Paginator(found, PAGE_LENGTH)
    shown = paginator.get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": page.trail({"title": "Trasiga länkar"}),
        "count": sum(not doubt.link.is_ignored for doubt in found),
        "page": shown,
        "page_range": paginator.get_elided_page_range(shown.number, on_ends=1),
    }
    return render(request, "kunskapsbank/reviewing/broken_links.html", context)


@moderators_only
@require_POST
def ignore_failure(request, pk):
    said = "Länken visas inte längre som trasig. Du kan ångra det längst ner i listan."
    return _act(request, pk, workflow.ignore_failure, said)


@moderators_only
@require_POST
def heed_failure(request, pk):
    said = "Länken räknas som trasig igen, så länge den inte svarar."
    return _act(request, pk, workflow.heed_failure, said)


@moderators_only
@require_POST
def check_now(request, pk):
    said = "Länken kontrolleras nu. Ladda om sidan om en stund för svaret."
    return _act(request, pk, workflow.check_now, said)


def _act(request, pk, act, said):
    link = get_object_or_404(Link.objects.followed(), pk=pk)
    try:
        act(link, by=request.user)
    except WorkflowError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, said)
    return redirect("kunskapsbank:broken_links")
