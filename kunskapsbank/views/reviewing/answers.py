"""What the acts on one text share: finding it, and saying why nothing was decided."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from kunskapsbank import comparison
from kunskapsbank.enums import Act, Decision, DeclineReason, Status
from kunskapsbank.exceptions import AlreadyDecided, StaleDecision
from kunskapsbank.models import Version
from kunskapsbank.review_queue import QueueFilter
from kunskapsbank.views.reviewing import page
from kunskapsbank.workflow.text import as_data


def readable(request, pk) -> Version:
    """The text, if it is handed in; drafts are their authors' alone, or 404."""
    handed_in = Version.objects.visible_to(request.user).exclude(status=Status.DRAFT)
    related = handed_in.select_related(
        "entry", "author", "decided_by", "based_on", "replaces", "edited_by"
    )
    return get_object_or_404(related, pk=pk)


def with_query(request, url):
    """The address with the queue's filter, so that the next text is of the same."""
    query = QueueFilter(request.user, request.GET).query().urlencode()
    return f"{url}?{query}" if query else url


def refused(request, error, *, version=None, corrected=()) -> HttpResponse:
    """The decision cannot be made any more: why, what was written, and the next.
    `corrected` is what the moderator had changed in the text."""
    url = reverse_review(version) if version else ""
    own = isinstance(error, AlreadyDecided) and _is_own_decision(request, version)
    context = {
        "breadcrumbs": page.trail({"title": "Beslutet är inte sparat"}),
        "reason": (
            "Du har redan beslutat om bidraget, så det är klart. Inget har ändrats nu."
            if own
            else error.user_message
        ),
        "chosen": _choice(request.POST),
        "written": request.POST.get("message", "").strip(),
        "corrected": corrected,
        "url": url if version and _is_still_there(request, version) else "",
        "following": QueueFilter(request.user, request.GET).following(url),
        "query": QueueFilter(request.user, request.GET).query().urlencode(),
    }
    template = "kunskapsbank/reviewing/refused.html"
    return render(request, template, context, status=409)


def _choice(sent) -> str:
    """The decision and its reason in words, as they were sent."""
    made = {each.value: each.label for each in Decision}.get(sent.get("decision"), "")
    reasons = {each.value: each.label for each in DeclineReason}
    reason = reasons.get(sent.get("reason"), "")
    return f"{made}, skäl: {reason}" if made and reason else made


def was_taken_back(pk) -> bool:
    """Whether a draft has been in the queue, so that somebody may have it open."""
    taken_back = Version.objects.filter(
        pk=pk,
        status=Status.DRAFT,
        entry__events__act=Act.TAKEN_BACK,
        entry__events__version_number=F("number"),
    )
    return taken_back.exists()


def compared_with(version, pk) -> Version | None:
    return version.entry.versions.filter(pk=pk).first() if pk else None


def news_since(version, over, stale):
    if isinstance(stale, StaleDecision):
        return comparison.compare(stale.yours, stale.stored)
    before, now = compared_with(version, over), version.entry.published_version
    return comparison.compare(
        as_data(before) if before else {}, as_data(now) if now else {}
    )


def reverse_review(version):
    return reverse("kunskapsbank:review", args=[version.pk])


def _is_own_decision(request, version) -> bool:
    current = Version.objects.filter(pk=version.pk, decided_by=request.user)
    return current.exclude(status=Status.SUBMITTED).exists()


def _is_still_there(request, version) -> bool:
    handed_in = Version.objects.visible_to(request.user).exclude(status=Status.DRAFT)
    return handed_in.filter(pk=version.pk).exists()
