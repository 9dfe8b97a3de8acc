"""Proposing a connection, and the proposer's own list and pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kunskapsbank import workflow
from kunskapsbank.exceptions import ConnectionRefused, WorkflowError
from kunskapsbank.forms.connections import ConnectionForm, ConnectionWithdrawalForm
from kunskapsbank.models import Connection
from kunskapsbank.permissions import can_moderate, can_withdraw_connection
from kunskapsbank.views.writing import carrying
from programme import taxonomy
from programme.views.text import START

RECEIVED = (
    "Tack. Granskarna läser förslaget. Du får ett mejl när de har bestämt sig, och du "
    "kan följa det här."
)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_connection(request):
    """Anyone signed in, and others are told how; what was written before signing in
    is given back."""
    is_sent = request.method == "POST"
    if not request.user.is_authenticated:
        return carrying.sign_in_first(request) if is_sent else _told_how(request)
    data = request.POST if is_sent else carrying.given_back(request)
    form = ConnectionForm(data, tree=taxonomy.current(), initial=_initial(request))
    if is_sent and form.is_valid():
        connection = _proposed(request, form)
        if connection:
            carrying.let_go(request)
            messages.success(request, RECEIVED)
            return redirect(connection)
    context = {
        "breadcrumbs": trail({"title": "Föreslå"}),
        "section": "kunskapsbank",
        "form": form,
        "who": carrying.owner_token(request.user),
    }
    return render(request, "kunskapsbank/connections/propose.html", context)


@login_required
@require_safe
def my_connections(request):
    mine = Connection.objects.proposed_by(request.user)
    context = {
        "breadcrumbs": trail({"title": "Mina förslag"}),
        "section": "kunskapsbank",
        "connection_list": mine.select_related(
            "from_prioritering__fokusomrade", "to_prioritering__fokusomrade"
        ),
    }
    return render(request, "kunskapsbank/connections/my_connections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def connection(request, pk):
    """One connection: to readers when it is approved, always to whoever proposed it;
    who may take it back does so here."""
    visible = Connection.objects.visible_to(request.user).with_ends().with_evidence()
    found = get_object_or_404(visible, pk=pk)
    may_withdraw = can_withdraw_connection(request.user, found) and (
        found.is_proposed or found.is_approved
    )
    is_own = found.proposer_id is not None and found.proposer_id == request.user.pk
    form = ConnectionWithdrawalForm(request.POST or None, is_own=is_own)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.withdraw_connection(found, by=request.user, **form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, "Sambandet är återtaget.")
            return redirect(_after(found, request.user))
    context = {
        "breadcrumbs": trail({"title": found.number}),
        "section": "kunskapsbank",
        "connection": found,
        "is_own": is_own,
        "events": _events(found, request.user, is_own=is_own),
        "form": form if may_withdraw else None,
    }
    return render(request, "kunskapsbank/connections/connection.html", context)


def trail(*steps):
    place = {"title": "Samband", "url": reverse("kunskapsbank:connections")}
    return [START, place, *steps]


def _told_how(request):
    context = {
        "breadcrumbs": trail({"title": "Föreslå"}),
        "section": "kunskapsbank",
        "sign_in_url": carrying.sign_in_url(request),
    }
    return render(request, "kunskapsbank/connections/how.html", context)


def _initial(request):
    return {"start": request.GET.get("fran", "")}


def _proposed(request, form):
    """The connection; None when it was refused, and then the form says why."""
    values = dict(form.cleaned_data)
    try:
        return workflow.propose_connection(by=request.user, **values)
    except ConnectionRefused as error:
        form.add_error("end", error.user_message)
    except WorkflowError as error:
        form.add_error(None, error.user_message)
    return None


def _after(connection, user):
    """Whoever may still see it stays on its page."""
    if Connection.objects.visible_to(user).filter(pk=connection.pk).exists():
        return connection
    return reverse("kunskapsbank:connections")


def _events(connection, user, *, is_own):
    """What was said is between the proposer and the moderators."""
    if is_own or can_moderate(user):
        return connection.events.select_related("actor")
    return []
