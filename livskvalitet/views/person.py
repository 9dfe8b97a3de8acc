"""A person's own account: what is known, how they are named, and how it is erased."""

import json
from itertools import groupby

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.exceptions import AccountError
from accounts.permissions import can_invite
from accounts.views.signin import leaving_nothing
from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, PublicName, Status
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Entry, Version
from livskvalitet.forms import NameForm, ShownNameForm
from livskvalitet.own_data import gather, in_parts
from programme.views.text import START
from uppfoljning.models import InitiativeText
from uppfoljning.workflow import people

ACCOUNT = {"title": "Ditt konto", "url": "/konto/"}
OWN_DATA = {"title": "Dina uppgifter", "url": "/konto/uppgifter/"}
# Where a person goes from the overview, by the name of the page.
PAGES = [
    ("kunskapsbank:my_entries", "Mina bidrag"),
    ("accounts:own_data", "Dina uppgifter: se, ladda ner och radera"),
    ("account_email", "Byt e-postadress"),
    ("account_change_password", "Byt eller skapa lösenord"),
    ("mfa_index", "Inloggning och säkerhet"),
    ("usersessions_list", "Var du är inloggad"),
]
FOR_MODERATORS = [
    ("kunskapsbank:review_queue", "Granska"),
    ("accounts:applications", "Ansökningar"),
    ("accounts:invitations", "Inbjudningar"),
    ("kunskapsbank:mail_preferences", "Mejl till granskare"),
]
FOR_STAFF = [("admin:index", "Administrera")]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    """The overview, and the form that corrects the name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        workflow.rename(request.user, form.cleaned_data["name"])
        messages.success(request, "Namnet är sparat.")
        return redirect("accounts:account")
    context = {
        "form": form,
        "facts": _facts(request.user),
        "links": _links(request.user),
        "breadcrumbs": [START, {"title": ACCOUNT["title"]}],
    }
    return render(request, "livskvalitet/person/account.html", context)


@never_cache
@login_required
@require_safe
def own_data(request):
    context = {
        "parts": in_parts(gather(request.user)),
        "contributions": _contributions(request.user),
        "draft_count": _drafts(request.user).count(),
        "breadcrumbs": [START, ACCOUNT, {"title": OWN_DATA["title"]}],
    }
    return render(request, "livskvalitet/person/own_data.html", context)


@never_cache
@login_required
@require_safe
def download(request):
    """The same, for a machine to read; the name of the file names nobody."""
    told = json.dumps(
        gather(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
    )
    name = f"livskvalitet-mina-uppgifter-{localdate():%Y-%m-%d}.json"
    return HttpResponse(
        told,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@login_required
@require_POST
def choose_name(request, pk):
    """How the person is named at one contribution of theirs."""
    theirs = Version.objects.filter(author=request.user).values("entry")
    entry = get_object_or_404(Entry.objects.filter(pk__in=theirs), pk=pk)
    try:
        workflow.choose_name(
            entry, request.POST.get("public_name", ""), by=request.user
        )
    except WorkflowError as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(request, f"Namnet vid {entry.number} är ändrat.")
    return redirect("accounts:own_data")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anonymise(request):
    if request.method == "POST":
        workflow.anonymise(request.user)
        messages.success(request, "Ditt namn är borttaget från dina bidrag.")
        return redirect("accounts:own_data")
    page = "livskvalitet/person/anonymise.html"
    return _confirm(request, page, "Ta bort ditt namn")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_showing(request):
    """Withdraw all that the person alone owns; what is shared is the others' too."""
    theirs = _shown_and_theirs_alone(request.user)
    if request.method == "POST":
        for entry in theirs:
            workflow.withdraw(entry, by=request.user)
        messages.success(request, "Dina bidrag visas inte längre.")
        return redirect("accounts:own_data")
    page = "livskvalitet/person/stop_showing.html"
    return _confirm(request, page, "Sluta visa dina bidrag", entries=theirs)


@never_cache
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request):
    if request.method == "POST":
        try:
            people.erase_person(request.user, by=request.user)
        except AccountError as refusal:
            messages.error(request, refusal.user_message)
            return redirect("accounts:own_data")
        logout(request)
        return leaving_nothing(redirect("accounts:erased"))
    page = "livskvalitet/person/erase.html"
    drafts = _drafts(request.user).count() + _initiative_drafts(request.user).count()
    return _confirm(request, page, "Radera ditt konto", draft_count=drafts)


@never_cache
@require_safe
def erased(request):
    return render(request, "livskvalitet/person/erased.html")


def _confirm(request, page, title, **context):
    context |= {
        "title": title,
        "breadcrumbs": [START, ACCOUNT, OWN_DATA, {"title": title}],
    }
    return render(request, page, context)


def _links(user):
    names = [*PAGES]
    names += FOR_MODERATORS if can_invite(user) else []
    names += FOR_STAFF if user.is_staff else []
    return [{"url": reverse(name), "title": title} for name, title in names]


def _facts(user):
    return [
        {"term": "E-postadress", "text": user.email},
        {"term": "Roll", "text": user.role or "ingen roll"},
    ]


def _drafts(user):
    return Version.objects.never_handed_in().filter(author=user)


def _initiative_drafts(user):
    return InitiativeText.objects.never_handed_in().filter(author=user)


def _contributions(user):
    """The person's contributions, each with its latest text and how they are named."""
    versions = Version.objects.filter(author=user).exclude(status=Status.DRAFT)
    ordered = versions.select_related("entry").order_by("-entry_id", "-number")
    rows = []
    for entry, texts in groupby(ordered, key=lambda version: version.entry):
        shown = [each for each in texts if each.status in _PUBLIC]
        if shown:
            form = ShownNameForm(
                initial={"public_name": shown[0].public_name or PublicName.NONE},
                auto_id=f"bidrag_{entry.pk}_%s",
            )
            rows.append({"entry": entry, "version": shown[0], "form": form})
    return rows


_PUBLIC = {Status.PUBLISHED, Status.REPLACED}


def _shown_and_theirs_alone(user):
    owned = user.entries.filter(
        state=EntryState.OPEN, versions__status=Status.PUBLISHED
    )
    shared = Entry.owners.through.objects.exclude(user=user).values("entry")
    return owned.exclude(pk__in=shared).distinct().order_by("pk")
