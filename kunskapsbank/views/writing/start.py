"""/bidra/: what one can share and how it goes; for contributors, the first step."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank import workflow
from kunskapsbank.exceptions import KeyUsed, TooManyDrafts
from kunskapsbank.forms.questions import KINDS
from kunskapsbank.forms.writing import KindForm
from kunskapsbank.models import Version
from kunskapsbank.permissions import can_contribute
from kunskapsbank.views.writing import carrying
from kunskapsbank.views.writing.access import closed, refused
from kunskapsbank.views.writing.addresses import address_of, after_leaving
from programme.models import Prioritering

MOST_DRAFTS = 3


@require_http_methods(["GET", "HEAD", "POST"])
def write_start(request):
    user = request.user
    if request.method == "POST" and not user.is_authenticated:
        return closed(request) or carrying.sign_in_first(request)
    if not (user.is_authenticated and can_contribute(user)):
        if request.method == "POST":
            return refused(request)
        return render(request, "kunskapsbank/writing/start.html", _context(request))
    return _chooser(request)


def _chooser(request):
    posted = request.method == "POST"
    data = request.POST if posted else carrying.given_back(request)
    form = KindForm(data, version=None, user=request.user)
    if posted and form.is_valid():
        return _begin(request, form.cleaned_data["kind"])
    context = _context(request) | {
        "form": form,
        "drafts": _drafts(request.user)[:MOST_DRAFTS],
        "drafts_url": after_leaving(),
        "key": _key(data) or uuid4(),
        "who": carrying.owner_token(request.user),
    }
    status = 400 if posted else 200
    return render(request, "kunskapsbank/writing/start.html", context, status=status)


def _drafts(user):
    """What the person has begun and never handed in, the newest first."""
    mine = Version.objects.visible_to(user).never_handed_in().filter(author=user)
    return mine.order_by("-saved_at", "-pk")


def _begin(request, kind):
    chosen = _asked_for(request)
    ties = {"prioriteringar": [chosen]} if chosen else {}
    try:
        version = workflow.start_draft(
            kind=kind, by=request.user, key=_key(request.POST), **ties
        )
    except KeyUsed:
        return refused(request)
    except TooManyDrafts as refusal:
        messages.error(request, refusal.user_message)
        return redirect("kunskapsbank:write_start")
    carrying.let_go(request)
    if workflow.why_not_editable(version):
        return redirect("kunskapsbank:receipt", version.pk)
    return redirect("kunskapsbank:write_step", version.pk, "beratta")


def _context(request):
    return {
        "kinds": [(kind.value, kind.label, KINDS[kind]) for kind in KINDS],
        "prioritering": _asked_for(request),
        "apply_url": address_of("accounts:apply"),
        "tip_url": address_of("kunskapsbank:tip"),
        "review_url": address_of("kunskapsbank:how_we_review"),
        "sign_in_url": carrying.sign_in_url(request),
        "section": "kunskapsbank",
    }


def _asked_for(request):
    slug = request.GET.get("prio", "").replace("\x00", "")
    return Prioritering.objects.filter(slug=slug).first() if slug else None


def _key(data):
    try:
        return UUID(data.get("key", "")) if data else None
    except ValueError:
        return None
