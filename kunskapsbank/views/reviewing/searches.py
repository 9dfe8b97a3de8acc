"""What moderators see of people's searches: those that found nothing, and the words
that find the same."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kunskapsbank import workflow
from kunskapsbank.exceptions import SynonymTaken
from kunskapsbank.forms.reviewing import SynonymForm
from kunskapsbank.forms.reviewing.synonyms import LONGEST
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from search.models import MissedSearch, SynonymGroup
from search.sorting import sort_key

PAGE_LENGTH = 50
HISTORY_LENGTH = 20


@moderators_only
@require_safe
def missed_searches(request):
    paginator = Paginator(MissedSearch.objects.by_query(), PAGE_LENGTH)
    shown = paginator.get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": page.trail({"title": "Sökningar utan träff"}),
        "page": shown,
        "page_range": paginator.get_elided_page_range(shown.number, on_ends=1),
    }
    return render(request, "kunskapsbank/reviewing/missed_searches.html", context)


@moderators_only
@require_safe
def synonyms(request):
    groups = sorted(SynonymGroup.objects.all(), key=lambda each: sort_key(each.words))
    context = {
        "breadcrumbs": page.trail({"title": "Synonymer"}),
        "group_list": groups,
    }
    return render(request, "kunskapsbank/reviewing/synonyms.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def synonym_group(request, pk=None):
    """One group: a new one, that may begin with a word of `?ord=`, or one to change."""
    group = get_object_or_404(SynonymGroup, pk=pk) if pk else None
    form = SynonymForm(request.POST or None, initial={"words": _first(request, group)})
    if request.method == "POST" and form.is_valid():
        try:
            workflow.save_synonyms(group, by=request.user, **form.cleaned_data)
        except SynonymTaken as error:
            form.add_error("words", error.user_message)
        else:
            messages.success(request, "Synonymerna är sparade och gäller nu.")
            return redirect("kunskapsbank:synonyms")
    name = str(group) if group else "Nya synonymer"
    up = {"title": "Synonymer", "url": reverse("kunskapsbank:synonyms")}
    context = {
        "breadcrumbs": page.trail(up, {"title": name}),
        "form": form,
        "group": group,
        "name": name,
        "history": _history(group),
    }
    return render(request, "kunskapsbank/reviewing/synonym_group.html", context)


@moderators_only
@require_POST
def remove_synonyms(request, pk):
    group = get_object_or_404(SynonymGroup, pk=pk)
    workflow.remove_synonyms(group, by=request.user)
    messages.success(request, f"Synonymerna ”{group}” är borttagna.")
    return redirect("kunskapsbank:synonyms")


def _first(request, group):
    if group:
        return group.words
    word = " ".join(request.GET.get("ord", "").replace("\x00", "").split())[:LONGEST]
    return f"{word}\n" if word else ""


def _history(group):
    """What it has been, the latest first, and who wrote that."""
    if group is None:
        return []
    rows = group.history.select_related("history_user")[:HISTORY_LENGTH]
    return [
        {
            "words": ", ".join(each.words.split("\n")),
            "when": each.history_date,
            "who": each.history_user,
        }
        for each in rows
    ]
