"""The page that the link in the yearly mail leads to.

To open it writes nothing, since mail scanners open links; a button answers.
"""

from django.core import signing
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank import permissions, workflow
from kunskapsbank.enums import Act, FreshnessAnswer
from kunskapsbank.exceptions import (
    QuestionAnswered,
    QuestionClosed,
    QuestionExpired,
    QuestionForOther,
)
from kunskapsbank.freshness_mail import read_token
from kunskapsbank.models import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request, token):
    answer = _answered(request, token)
    answer.headers["Cache-Control"] = "private, no-store"
    # The address is a secret; our own form has to say where it is sent from.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _answered(request, token):
    try:
        question, user = read_token(token)
    except signing.SignatureExpired:
        return _closed(request, QuestionExpired())
    except signing.BadSignature:
        return render(request, "kunskapsbank/freshness/unknown_link.html", status=404)
    if question is None or user is None:
        return _closed(request, QuestionForOther())
    try:
        workflow.check_open(question, user)
        if request.POST.get("answer") in FreshnessAnswer.values:
            return _kept(request, token, question, user)
    except QuestionAnswered as refusal:
        if _is_own_answer(question, user):
            version = question.entry.published_version
            context = {"version": version}
            return render(request, "kunskapsbank/freshness/confirmed.html", context)
        return _closed(request, refusal, question)
    except QuestionClosed as refusal:
        return _closed(request, refusal, question)
    return _asked(request, question, user)


def _asked(request, question, user):
    context = {
        "question": question,
        "version": question.entry.published_version,
        "may_withdraw": permissions.can_withdraw(user, question.entry),
    }
    return render(request, "kunskapsbank/freshness/still_true.html", context)


def _kept(request, token, question, user):
    """Keep the answer and lead on to where it is carried out."""
    answer = FreshnessAnswer(request.POST["answer"])
    if answer == FreshnessAnswer.WITHDRAW and not permissions.can_withdraw(
        user, question.entry
    ):
        return _asked(request, question, user)
    workflow.answer_question(question, by=user, answer=answer)
    entry = question.entry
    if answer == FreshnessAnswer.CHANGE:
        return redirect("kunskapsbank:propose_change", entry.slug)
    if answer == FreshnessAnswer.WITHDRAW:
        return redirect("kunskapsbank:withdraw", entry.published_version.pk)
    return redirect("kunskapsbank:still_true", token)


def _closed(request, refusal, question=None):
    version = question.entry.published_version if question else None
    is_open = version is not None and version.entry.state == "open"
    context = {"refusal": refusal, "version": version if is_open else None}
    return render(request, "kunskapsbank/freshness/closed.html", context, status=410)


def _is_own_answer(question, user):
    """Whether the last to confirm it is the person that the link is for."""
    confirmed = question.entry.events.filter(act=Act.CONFIRMED)
    last = confirmed.order_by("position").last()
    refs = Actor.objects.filter(user=user).values_list("ref", flat=True)
    return last is not None and last.actor_ref in set(refs)
