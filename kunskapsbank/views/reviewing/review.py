"""One text under review: reading it, taking it on, and deciding."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kunskapsbank import links, workflow
from kunskapsbank.enums import Decision
from kunskapsbank.exceptions import (
    MessageMissing,
    ReasonMissing,
    StaleBase,
    StaleDecision,
    TakenBack,
    WorkflowError,
)
from kunskapsbank.forms.reviewing import DecisionForm
from kunskapsbank.views.reviewing import edit, page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.views.reviewing.answers import (
    compared_with,
    news_since,
    readable,
    refused,
    reverse_review,
    was_taken_back,
    with_query,
)
from kunskapsbank.views.writing import carrying

_DONE = {
    Decision.PUBLISH: "”{}” är publicerat. Den som har skrivit får ett mejl.",
    Decision.RETURN: (
        "”{}” är skickat tillbaka för komplettering. Den som har skrivit får ett mejl."
    ),
    Decision.DECLINE: "Du har sagt nej till ”{}”. Den som har skrivit får ett mejl.",
    Decision.EDIT: (
        "”{}” är publicerat med dina rättelser. Den som har skrivit får ett mejl."
    ),
}


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    if request.method != "POST":
        return opened(request, readable(request, pk))
    carrying.let_go(request)
    if was_taken_back(pk):
        return refused(request, TakenBack())
    version = readable(request, pk)
    try:
        workflow.check_waiting(version, by=request.user)
    except WorkflowError as error:
        return refused(request, error, version=version)
    is_change = page.base_of(version) is not None
    form = DecisionForm(request.POST, is_change=is_change)
    if "insert" in request.POST:
        started = DecisionForm(initial=_plain(form.inserted()), is_change=is_change)
        return show(request, version, form=started)
    if not form.is_valid():
        return show(request, version, form=form)
    if form.cleaned_data["decision"] == Decision.EDIT:
        return edit.started(request, version, message=form.cleaned_data["message"])
    return decide(request, version, form)


def opened(request, version):
    """The page, with what the moderator had written when their session ended."""
    if (data := carrying.given_back(request)) is None:
        return show(request, version)
    is_change = page.base_of(version) is not None
    form = DecisionForm(initial=_plain(data), is_change=is_change)
    return show(request, version, form=form, is_given_back=True)


def show(request, version, *, form=None, status=200, **extra):
    context = page.context(request, version, form=form, **extra)
    template = "kunskapsbank/reviewing/review.html"
    return render(request, template, context, status=status)


def decide(request, version, form) -> HttpResponse:
    decision = Decision(form.cleaned_data["decision"])
    try:
        make(decision, version, request.user, form)
    except (StaleDecision, StaleBase) as stale:
        return shown_anew(request, version.pk, form, stale)
    except (MessageMissing, ReasonMissing) as missing:
        name = "message" if isinstance(missing, MessageMissing) else "reason"
        form.add_error(name, missing.user_message)
        return show(request, readable(request, version.pk), form=form)
    except WorkflowError as error:
        return refused(request, error, version=version)
    messages.success(request, _DONE[decision].format(version.title))
    return redirect(with_query(request, reverse_review(version)))


def make(decision, version, by, form):
    """Call the act; `over` matters only to what becomes public."""
    clean = form.cleaned_data
    about = {"by": by, "lock": clean["lock"], "message": clean["message"]}
    if decision == Decision.PUBLISH:
        workflow.publish(version, over=compared_with(version, clean["over"]), **about)
    elif decision == Decision.RETURN:
        workflow.return_to_author(version, **about)
    else:
        workflow.decline(version, reason=clean["reason"], **about)


def shown_anew(request, pk, form, stale) -> HttpResponse:
    """Nothing was decided: what is new since, and the form once more with the text
    that is there now. What the moderator wrote stays in it."""
    version = readable(request, pk)
    base = page.base_of(version)
    data = form.data.copy()
    data["lock"], data["over"] = str(version.lock), str(base.pk) if base else ""
    again = DecisionForm(initial=_plain(data), is_change=base is not None)
    news = news_since(version, form.cleaned_data["over"], stale)
    about = {"stale": stale, "news": news}
    return show(request, version, form=again, status=409, **about)


def _plain(data):
    """Sent data as the values a form begins with."""
    values = data.dict()
    return values | {"checked": data.getlist("checked")}


# -- Acts of one button


@moderators_only
@require_POST
def claim(request, pk):
    return _act(request, pk, workflow.claim, "Du har tagit bidraget i en halvtimme.")


@moderators_only
@require_POST
def release(request, pk):
    return _act(request, pk, workflow.release, "Bidraget är fritt att ta för andra.")


def _act(request, pk, act, said):
    if was_taken_back(pk):
        return refused(request, TakenBack())
    version = readable(request, pk)
    try:
        act(version, by=request.user)
    except WorkflowError as error:
        return refused(request, error, version=version)
    messages.success(request, said)
    return redirect(with_query(request, reverse_review(version)))


@moderators_only
@require_POST
def check_links(request, pk):
    """Ask the text's addresses anew; a task does it, so the answers come later."""
    version = readable(request, pk)
    links.check_links.enqueue(version.pk)
    messages.success(
        request, "Länkarna kontrolleras nu. Ladda om sidan om en stund för svaren."
    )
    return redirect(with_query(request, reverse_review(version)))
