"""Applying to contribute, and answering those who do."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core import signing
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_safe,
)

from accounts import workflow
from accounts.exceptions import AccountError
from accounts.forms.joining import AnswerForm, ApplyForm
from accounts.models import Application
from accounts.views.access import for_those_who_invite
from programme.views.text import START

LIST = {"title": "Ansökningar", "url": "/granska/ansokningar/"}
ANSWERED_SHOWN = 20
TOO_MANY = (
    "Det har kommit många ansökningar från ditt nätverk. Vänta en timme och skicka "
    "igen. Det du har skrivit står kvar."
)
_SALT = "accounts.receipt"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request):
    form = ApplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="application"):
            form.add_error(None, TOO_MANY)
            return render(request, "accounts/apply.html", _page(form), status=429)
        names = ["name", "email", "organisation", "reason"]
        application = workflow.apply(
            **{each: form.cleaned_data[each] for each in names}
        )
        receipt = signing.dumps(application.number, salt=_SALT)
        return redirect("accounts:applied", receipt=receipt)
    return render(request, "accounts/apply.html", _page(form))


def _page(form):
    return {"form": form, "breadcrumbs": [START, {"title": "Ansök om att bidra"}]}


@never_cache
@require_safe
def applied(request, receipt):
    """The number stands in the address, signed: nobody is asked of by guessing."""
    try:
        number = signing.loads(receipt, salt=_SALT)
    except signing.BadSignature:
        return redirect("accounts:apply")
    return render(request, "accounts/applied.html", {"number": number})


@for_those_who_invite
@require_safe
def applications(request):
    context = {
        "waiting": Application.objects.waiting(),
        "answered": Application.objects.answered()[:ANSWERED_SHOWN],
        "breadcrumbs": [START, {"title": "Ansökningar"}],
    }
    return render(request, "accounts/applications.html", context)


@for_those_who_invite
@require_http_methods(["GET", "HEAD", "POST"])
def application(request, pk):
    found = get_object_or_404(Application.objects.select_related("answered_by"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = _answer(found, form.cleaned_data, by=request.user)
        except AccountError as refusal:
            form.add_error(None, refusal.user_message)
        else:
            messages.success(request, told)
            return redirect("accounts:applications")
    context = {
        "application": found,
        "form": form,
        "facts": _facts(found),
        "breadcrumbs": [START, LIST, {"title": found.number}],
    }
    return render(request, "accounts/application.html", context)


def _answer(found, written, *, by):
    """Gives what the moderator is told."""
    message = written["message"]
    if written["answer"] == AnswerForm.DECLINE:
        workflow.decline_applicant(found, by=by, message=message)
        return f"Svaret på {found.number} är på väg med mejl."
    invitation = workflow.invite_applicant(found, by=by, message=message)
    if invitation is None:
        return "Personen har redan ett konto, och får veta det med mejl."
    return "Inbjudan är på väg med mejl."


def _facts(found):
    return [
        {"term": "Namn", "text": found.name},
        {"term": "E-postadress", "text": found.email},
        {"term": "Organisation", "text": found.organisation},
    ]
