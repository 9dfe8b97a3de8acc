"""Inviting people, and what whoever is invited meets."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts import workflow
from accounts.enums import InvitationState
from accounts.exceptions import AccountError, InvitationNotOpen, UnknownLink
from accounts.forms.joining import AcceptForm, InviteForm
from accounts.models import Invitation, User
from accounts.permissions import can_grant
from accounts.views.access import for_those_who_invite
from programme.views.text import START

PAGE_SIZE = 30
DEAD = {
    InvitationState.USED: (
        "Inbjudan är redan använd",
        "Länken fungerar bara en gång. Har du redan tackat ja kan du logga in.",
    ),
    InvitationState.EXPIRED: (
        "Inbjudan har gått ut",
        "Länken gällde i sju dagar. Be om en ny, så får den som bjöd in dig veta det.",
    ),
    InvitationState.REVOKED: (
        "Inbjudan gäller inte längre",
        "Den är återkallad, eller så har du fått en nyare länk i ett senare mejl.",
    ),
}


@for_those_who_invite
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request):
    """The invitations there are, and the form that makes another."""
    asked_for = {"prioritering": request.GET.get("prio")}
    form = InviteForm(request.POST or None, by=request.user, initial=asked_for)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.invite(by=request.user, **form.cleaned_data)
        except AccountError as refusal:
            form.add_error("email", refusal.user_message)
        else:
            messages.success(request, "Inbjudan är på väg med mejl.")
            return redirect("accounts:invitations")
    made = Invitation.objects.latest_first().select_related("invited_by")
    page = Paginator(made, PAGE_SIZE).get_page(request.GET.get("sida"))
    rows = [
        {"invitation": each, "may_change": can_grant(request.user, each.role)}
        for each in page
    ]
    context = {
        "form": form,
        "rows": rows,
        "page": page,
        "breadcrumbs": [START, {"title": "Inbjudningar"}],
    }
    return render(request, "accounts/invitations.html", context)


@for_those_who_invite
@require_POST
def revoke(request, pk):
    return _done(request, pk, workflow.revoke, "Inbjudan är återkallad.")


@for_those_who_invite
@require_POST
def send_anew(request, pk):
    return _done(request, pk, workflow.send_anew, "En ny länk är på väg med mejl.")


def _done(request, pk, act, told):
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        act(invitation, by=request.user)
    except AccountError as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, told)
    return redirect("accounts:invitations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """What the link is for; only a POST uses it, since mail scanners follow links."""
    try:
        found = workflow.find(token)
    except UnknownLink:
        return render(request, "accounts/unknown_link.html", status=404)
    if found.state != InvitationState.WAITING:
        return _dead(request, token, found)
    known = User.objects.filter(email=found.email).first()
    form = AcceptForm(request.POST or None, initial={"name": known and known.name})
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, token, found, form.cleaned_data["name"])
        except InvitationNotOpen:
            return _dead(request, token, workflow.find(token))
        except AccountError as refusal:
            form.add_error(None, refusal.user_message)
    context = {"form": form, "invitation": found, "known": known, "token": token}
    return render(request, "accounts/invitation.html", context)


@never_cache
@require_POST
def ask_for_new_link(request, token):
    """The answer is the same whatever the link was, so that it tells nothing."""
    try:
        found = workflow.find(token)
        if found.state != InvitationState.WAITING:
            workflow.ask_for_new(found)
    except UnknownLink:
        pass
    return redirect("accounts:link_asked")


@never_cache
@require_safe
def link_asked(request):
    return render(request, "accounts/link_asked.html")


def _accepted(request, token, found, name):
    """Signed in as by a code in a mail: a second factor is still asked for."""
    user = workflow.accept(token, name=name)
    messages.success(request, "Välkommen. Nu kan du skriva ditt första bidrag.")
    record_authentication(request, user, method="invitation")
    return perform_login(request, user, redirect_url=_onward(found))


def _onward(found):
    path = _write_address()
    if found.prioritering:
        return f"{path}?{urlencode({'prio': found.prioritering.slug})}"
    return path


def _write_address():
    return "/bidra/"


def _dead(request, token, found):
    title, text = DEAD[found.state]
    context = {
        "title": title,
        "text": text,
        "token": token,
        "is_used": found.state == InvitationState.USED,
    }
    return render(request, "accounts/dead_link.html", context, status=410)
