"""A moderator's pages: what nobody owns and may be old, and what readers answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Entry, FreshnessQuestion, HelpfulAnswer, Version
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only

PAGE_LENGTH = 25
COUNTED = 25  # contributions in the table of counts

# GET, for whoever had to sign in before what they pressed could be done (trust R8).
act = require_http_methods(["GET", "HEAD", "POST"])


@moderators_only
@require_safe
def freshness(request):
    """The contributions that only moderators can be asked about."""
    waiting = FreshnessQuestion.objects.for_moderators()
    shown = _page(request, waiting.select_related("entry"))
    texts = Version.objects.listed().select_related("entry")
    by_entry = texts.filter(entry__in=[each.entry_id for each in shown])
    versions = {version.entry_id: version for version in by_entry}
    context = {
        "breadcrumbs": page.trail({"title": "Aktualitet"}),
        "rows": [(each, versions[each.entry_id]) for each in shown],
        **shown_pages(request, shown),
    }
    return render(request, "kunskapsbank/freshness/review_freshness.html", context)


@moderators_only
@act
def confirm(request, pk):
    """`pk` is the contribution's."""
    entry = get_object_or_404(_open(), pk=pk)
    if request.method == "POST":
        try:
            workflow.confirm(entry, by=request.user)
        except WorkflowError as refusal:
            messages.error(request, refusal.user_message)
        else:
            messages.success(request, f"{entry.number} är bekräftat i dag.")
    return redirect("kunskapsbank:review_freshness")


@moderators_only
@require_safe
def helpful_answers(request):
    """The lines that readers wrote, and how many answered yes and no of what."""
    unseen = HelpfulAnswer.objects.unseen().select_related("entry")
    shown = _page(request, unseen)
    counted = _counted()
    texts = Version.objects.filter(status=Status.PUBLISHED).select_related("entry")
    entries = {each.entry_id for each in shown} | {each.pk for each in counted}
    titles = {text.entry_id: text for text in texts.filter(entry__in=entries)}
    context = {
        "breadcrumbs": page.trail({"title": "Svar från läsare"}),
        "rows": [(each, titles.get(each.entry_id)) for each in shown],
        "counted": [(each, titles.get(each.pk)) for each in counted],
        **shown_pages(request, shown),
    }
    return render(request, "kunskapsbank/freshness/helpful_answers.html", context)


@moderators_only
@act
def see_helpful(request, pk):
    answer = get_object_or_404(HelpfulAnswer, pk=pk)
    if request.method == "POST":
        workflow.see_helpful(answer, by=request.user)
        messages.success(request, "Raden är markerad som sedd.")
    return redirect("kunskapsbank:helpful_answers")


def _open():
    published = Version.objects.listed().values("entry")
    return Entry.objects.filter(state=EntryState.OPEN, pk__in=published)


def _counted():
    """Those with the most who were not helped first."""
    yes = Count("helpful_answers", filter=Q(helpful_answers__is_helpful=True))
    no = Count("helpful_answers", filter=Q(helpful_answers__is_helpful=False))
    entries = Entry.objects.annotate(yes=yes, no=no).filter(Q(yes__gt=0) | Q(no__gt=0))
    return list(entries.order_by("-no", "-yes", "pk")[:COUNTED])


def _page(request, rows):
    return Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("sida"))


def shown_pages(request, shown):
    return {
        "page": shown,
        "page_range": shown.paginator.get_elided_page_range(shown.number, on_ends=1),
        "query": request.GET,
    }
