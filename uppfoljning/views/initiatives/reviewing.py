"""Initiatives in the document owner's hands."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.views.writing import carrying
from uppfoljning import comparison
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus
from uppfoljning.exceptions.initiatives import StaleDecision
from uppfoljning.forms.deciding import DECLINE, PUBLISH, InitiativeDecisionForm
from uppfoljning.models import Initiative, InitiativeText
from uppfoljning.permissions import can_decide_initiative
from uppfoljning.views.access import follow_up_only
from uppfoljning.views.initiatives.reading import content_of, trail
from uppfoljning.workflow import initiatives
from uppfoljning.workflow.initiative_texts import as_data

_DONE = {
    InitiativeStatus.PUBLISHED: "”{}” är publicerad.",
    InitiativeStatus.RETURNED: "”{}” är skickad tillbaka för komplettering.",
    InitiativeStatus.DECLINED: "Du har sagt nej till ”{}”.",
}
_TOLD = " Den som har skrivit får ett mejl."


@follow_up_only
@require_safe
def review_initiatives(request):
    waiting = InitiativeText.objects.visible_to(request.user).queue()
    withdrawn = Initiative.objects.filter(state=InitiativeState.WITHDRAWN)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail({"title": "Insatser att besluta om"}),
        "text_list": waiting.select_related("author", "organisation", "initiative"),
        "withdrawn_list": withdrawn.order_by("-state_at"),
    }
    return render(request, "uppfoljning/initiatives/queue.html", context)


@follow_up_only
@require_http_methods(["GET", "HEAD", "POST"])
def review_initiative(request, pk):
    text = _text(request, pk)
    if request.method != "POST":
        return _page(request, text)
    carrying.let_go(request)
    form = InitiativeDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, text, form=form, status=400)
    try:
        decided = _decide(text, form.cleaned_data, by=request.user)
    except StaleDecision as stale:
        return _anew(request, text, form, stale)
    except WorkflowError as error:
        return _page(request, _text(request, pk), error=error, form=form, status=409)
    said = _DONE[InitiativeStatus(decided.status)].format(decided.title)
    messages.success(request, said + _TOLD)
    return redirect("uppfoljning:review_initiatives")


@follow_up_only
@require_POST
def reopen_initiative(request, slug):
    found = get_object_or_404(Initiative, slug=slug)
    try:
        initiatives.reopen_initiative(found, by=request.user)
    except WorkflowError as error:
        messages.error(request, error.user_message)
        return redirect("uppfoljning:review_initiatives")
    messages.success(request, f"”{found.title}” visas igen.")
    return redirect(found)


def _decide(text, clean, *, by):
    about = {"by": by, "lock": clean["lock"], "message": clean["message"]}
    if clean["decision"] == PUBLISH:
        return initiatives.publish_initiative(text, over=clean["over"], **about)
    if clean["decision"] == DECLINE:
        return initiatives.decline_initiative(text, **about)
    return initiatives.return_initiative(text, **about)


def _anew(request, text, form, stale):
    """Nothing was decided: the form once more, on the text that is there now. What was
    written in it stays."""
    text = _text(request, text.pk)
    again = InitiativeDecisionForm(initial=_plain(form) | _shown(text))
    return _page(request, text, form=again, error=stale, status=409)


def _page(request, text, *, form=None, error=None, status=200):
    may_decide = can_decide_initiative(request.user, text)
    waits = text.status == InitiativeStatus.SUBMITTED
    if form is None:
        given_back = carrying.given_back(request) or {}
        kept = {name: given_back.get(name, "") for name in ("decision", "message")}
        form = InitiativeDecisionForm(initial=_shown(text) | kept)
    base = _base(text)
    context = content_of(text) | {
        "section": "uppfoljning",
        "breadcrumbs": trail(
            {
                "title": "Insatser att besluta om",
                "url": reverse("uppfoljning:review_initiatives"),
            },
            {"title": text.title},
        ),
        "text": text,
        "base": base,
        "changes": comparison.compare(as_data(base), as_data(text)) if base else [],
        "form": form if may_decide and waits else None,
        "is_own": not may_decide,
        "waits": waits,
        "error": error,
        "events": text.events.select_related("actor").order_by("-happened_at", "-pk"),
        "who": carrying.owner_token(request.user),
    }
    page = "uppfoljning/initiatives/review.html"
    return render(request, page, context, status=status)


def _text(request, pk):
    texts = InitiativeText.objects.visible_to(request.user)
    handed_in = texts.exclude(status=InitiativeStatus.DRAFT)
    related = handed_in.select_related("initiative", "author", "organisation")
    return get_object_or_404(related.select_related("decided_by"), pk=pk)


def _base(text):
    """The published text that it would replace; None for a new initiative, and for
    what is decided."""
    if text.initiative is None or text.status != InitiativeStatus.SUBMITTED:
        return None
    return text.initiative.published_text


def _shown(text):
    base = _base(text)
    return {"lock": text.lock, "over": base.pk if base else None}


def _plain(form):
    return {name: form.cleaned_data[name] for name in ("decision", "message")}
