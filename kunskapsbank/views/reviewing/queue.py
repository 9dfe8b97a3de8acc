"""The one queue of all that waits, and decisions on several texts at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kunskapsbank import broken_links, comparison, workflow
from kunskapsbank.enums import Decision, QueueKind, Status
from kunskapsbank.forms.reviewing import SeveralForm
from kunskapsbank.models import Version
from kunskapsbank.permissions import can_review
from kunskapsbank.review_queue import QueueFilter
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.workflow.text import as_data

PAGE_LENGTH = 25
MOST = 25  # texts that may be decided on at once
RESULTS = "review_outcomes"  # in the session, until the next time
_ACTS = {
    Decision.PUBLISH: workflow.publish,
    Decision.RETURN: workflow.return_to_author,
    Decision.DECLINE: workflow.decline,
}
_DONE = {
    Decision.PUBLISH: "Publicerat.",
    Decision.RETURN: "Skickat tillbaka för komplettering.",
    Decision.DECLINE: "Avböjt.",
}


@moderators_only
@require_safe
def queue(request):
    asked = QueueFilter(request.user, request.GET)
    items = asked.chosen
    paginator = Paginator(items, PAGE_LENGTH)
    shown = paginator.get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": [{"title": "Granska"}],
        "asked": asked,
        "count": len(items),
        "total": len(asked.items),
        "late_count": sum(item.is_late for item in items),
        "broken_count": broken_links.how_many(),
        "connection_count": sum(i.kind == QueueKind.CONNECTION for i in asked.items),
        "following": asked.following(),
        "page": shown,
        "page_range": paginator.get_elided_page_range(shown.number, on_ends=1),
        "query": asked.query(),
        "can_choose": sum(bool(i.version and i.is_free) for i in shown) > 1,
    }
    return render(request, "kunskapsbank/reviewing/queue.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def several(request):
    """Several texts, each shown whole, and one decision on them all."""
    is_sent = request.method == "POST"
    values = (request.POST if is_sent else request.GET).getlist("text")
    chosen = chosen_texts(request.user, values, is_shown=is_sent)
    if not is_sent:
        if not chosen:
            messages.warning(request, "Kryssa i minst ett bidrag i listan först.")
            return redirect("kunskapsbank:review_queue")
        return show(request, chosen, SeveralForm())
    form = SeveralForm(request.POST)
    if "insert" in request.POST:
        return show(request, chosen, SeveralForm(initial=form.inserted().dict()))
    if not chosen or not form.is_valid():
        return show(request, chosen, form)
    request.session[RESULTS] = {
        "rows": decided(request.user, chosen, form.cleaned_data),
        "written": form.cleaned_data["message"],
    }
    return redirect("kunskapsbank:review_results")


def chosen_texts(user, values, *, is_shown):
    """Pairs of a text and the lock it was shown with: "12.3" from the form, and "12"
    from the queue, where nothing of it has been shown yet and all of it will be."""
    locks = {}
    for value in values[:MOST]:
        pk, _, lock = value.partition(".")
        if _is_number(pk) and (_is_number(lock) or not is_shown):
            locks[int(pk)] = int(lock) if is_shown else None
    handed_in = Version.objects.visible_to(user).exclude(status=Status.DRAFT)
    found = handed_in.select_related("entry", "author").in_bulk(locks)
    return [
        (found[pk], found[pk].lock if lock is None else lock)
        for pk, lock in locks.items()
        if pk in found
    ]


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 10


def decided(user, chosen, clean):
    """What became of each: its title, address, and what happened in words."""
    decision = Decision(clean["decision"])
    how = {"by": user, "message": clean["message"]}
    if decision == Decision.DECLINE:
        how["reason"] = clean["reason"]
    outcomes = workflow.decide_each(chosen, _ACTS[decision], **how)
    return [
        {
            "title": outcome.version.title,
            "number": outcome.version.entry.number,
            "url": reverse("kunskapsbank:review", args=[outcome.version.pk]),
            "is_made": outcome.error is None,
            "said": outcome.error.user_message if outcome.error else _DONE[decision],
        }
        for outcome in outcomes
    ]


def show(request, chosen, form):
    context = {
        "breadcrumbs": page.trail({"title": "Flera på en gång"}),
        "chosen": [row(request.user, version, lock) for version, lock in chosen],
        "form": form,
    }
    return render(request, "kunskapsbank/reviewing/several.html", context)


def row(user, version, lock):
    base = page.base_of(version)
    now = as_data(version)
    return {
        "version": version,
        "value": f"{version.pk}.{lock}",
        "url": reverse("kunskapsbank:review", args=[version.pk]),
        "is_own": not can_review(user, version),
        "base": base,
        "changes": comparison.compare(as_data(base), now) if base else [],
        **page.text_of(version),
    }


@moderators_only
@require_safe
def results(request):
    last = request.session.get(RESULTS, {"rows": [], "written": ""})
    rows = last["rows"]
    made = sum(row["is_made"] for row in rows)
    context = {
        "breadcrumbs": page.trail({"title": "Så gick det"}),
        "rows": rows,
        "made": made,
        "refused": len(rows) - made,
        "written": last["written"],
        "following": QueueFilter(request.user, request.GET).following(),
    }
    return render(request, "kunskapsbank/reviewing/results.html", context)
