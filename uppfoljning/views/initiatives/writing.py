"""Telling of an initiative: one page with one form, saved as a draft or handed in."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kunskapsbank.views.writing import carrying
from programme.models import Prioritering
from uppfoljning import comparison
from uppfoljning.exceptions.initiatives import (
    Incomplete,
    InitiativeError,
    NotEditable,
    StaleInitiative,
)
from uppfoljning.forms.initiative import InitiativeForm
from uppfoljning.permissions import can_contribute
from uppfoljning.views.initiatives.access import REFUSAL, contributors_only, own_text
from uppfoljning.views.initiatives.reading import trail
from uppfoljning.workflow import initiative_texts, initiatives

SUBMIT = "submit"
SAVED = "Utkastet är sparat. Bara du ser det tills du skickar in det."
SENT = "Insatsen är inskickad. Du får ett mejl när en dokumentansvarig har läst den."


@require_http_methods(["GET", "HEAD", "POST"])
def new_initiative(request):
    """How one tells of an initiative; for those who may, the form."""
    if request.method == "POST" or can_contribute(request.user):
        return _new(request)
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail({"title": "Berätta om en insats"}),
        "sign_in_url": carrying.sign_in_url(request),
    }
    return render(request, "uppfoljning/initiatives/how.html", context)


@contributors_only
def _new(request):
    if request.method != "POST":
        return _form_page(request, None, _given_back(request))
    form = InitiativeForm(request.POST)
    if not form.is_valid():
        return _form_page(request, None, form, status=400)
    try:
        text = initiative_texts.start_initiative(
            by=request.user, key=_key(request.POST), **form.cleaned_data
        )
    except InitiativeError as error:
        form.add_error(None, error.user_message)
        return _form_page(request, None, form, status=409)
    carrying.let_go(request)
    return _after(request, text, form)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit_initiative(request, pk):
    text = own_text(request, pk)
    if why := initiative_texts.why_not_editable(text):
        return _not_editable(request, text, why)
    if request.method != "POST":
        return _form_page(request, text, _given_back(request, text))
    form = InitiativeForm(request.POST, text=text)
    if not form.is_valid():
        return _form_page(request, text, form, status=400)
    try:
        text = initiative_texts.save_initiative(
            text, by=request.user, lock=_lock(request.POST), **form.cleaned_data
        )
    except StaleInitiative as stale:
        return _conflict(request, text, form, stale)
    except NotEditable as error:
        return _not_editable(request, text, error.user_message)
    carrying.let_go(request)
    return _after(request, text, form)


@contributors_only
@require_POST
def take_back_initiative(request, pk):
    text = own_text(request, pk)
    try:
        initiatives.take_back_initiative(text, by=request.user)
    except InitiativeError as error:
        messages.error(request, error.user_message)
        return redirect(text)
    messages.success(request, "Texten är ett utkast igen, och bara du ser det.")
    return redirect("uppfoljning:edit_initiative", text.pk)


@contributors_only
@require_POST
def copy_initiative(request, pk):
    """Write on what was declined, in a draft of its own."""
    text = own_text(request, pk)
    try:
        copy = initiative_texts.copy_declined_initiative(text, by=request.user)
    except InitiativeError as error:
        messages.error(request, error.user_message)
        return redirect(text)
    messages.success(request, "Texten står i ett eget utkast. Bara du ser det.")
    return redirect("uppfoljning:edit_initiative", copy.pk)


@contributors_only
@require_http_methods(["GET", "HEAD", "POST"])
def erase_initiative(request, pk):
    """Asked about once more, since it cannot be undone."""
    text = own_text(request, pk)
    if request.method == "POST":
        try:
            initiative_texts.erase_initiative_draft(text, by=request.user)
        except InitiativeError as error:
            messages.error(request, error.user_message)
            return redirect(text)
        messages.success(request, "Utkastet är raderat.")
        return redirect("uppfoljning:my_initiatives")
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail(_mine(), {"title": "Radera utkastet"}),
        "text": text,
    }
    return render(request, "uppfoljning/initiatives/erase.html", context)


def _after(request, text, form):
    """What is saved is handed in, when that was asked for and it is ready."""
    if request.POST.get("then") != SUBMIT:
        messages.success(request, SAVED)
        return redirect("uppfoljning:edit_initiative", text.pk)
    try:
        initiatives.submit_initiative(text, by=request.user, lock=text.lock)
    except Incomplete as error:
        for name, fault in error.faults.items():
            form.add_error(name, fault)
        return _form_page(request, text, form, status=400, is_saved=True)
    except InitiativeError as error:
        form.add_error(None, error.user_message)
        return _form_page(request, text, form, status=409, is_saved=True)
    messages.success(request, SENT)
    return redirect(text)


def _form_page(request, text, form, *, status=200, **extra):
    url = reverse("uppfoljning:new_initiative")
    if text:
        url = reverse("uppfoljning:edit_initiative", args=[text.pk])
    title = "Skriv om insatsen" if text else "Berätta om en insats"
    returned = text.events.last() if text and text.status == "returned" else None
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail(_mine(), {"title": title}),
        "title": title,
        "text": text,
        "form": form,
        "action": url,
        "lock": text.lock if text else 0,
        "key": _key(request.POST) or uuid4(),
        "who": carrying.owner_token(request.user),
        "returned": returned,
        **extra,
    }
    page = "uppfoljning/initiatives/write.html"
    return render(request, page, context, status=status)


def _conflict(request, text, form, stale):
    """409: both texts; nothing of either is lost, and the one that is sent next is on
    what is stored now."""
    text.refresh_from_db()
    yours = initiative_texts.data_of(form.cleaned_data)
    return _form_page(
        request,
        text,
        form,
        status=409,
        conflict=stale.user_message,
        changes=comparison.compare(stale.stored, yours),
    )


def _not_editable(request, text, why):
    context = {
        "section": "uppfoljning",
        "breadcrumbs": trail(_mine(), {"title": "Texten kan inte ändras nu"}),
        "text": text,
        "why": why,
        "written": REFUSAL.written(request) if request.method == "POST" else [],
    }
    page = "uppfoljning/initiatives/not_editable.html"
    return render(request, page, context, status=409)


def _given_back(request, text=None):
    """The form, with what was written when the session ended."""
    if (data := carrying.given_back(request)) is not None:
        return InitiativeForm(data, text=text)
    slug = request.GET.get("prio", "").replace("\x00", "")
    asked = Prioritering.objects.decided().filter(slug=slug).first() if slug else None
    initial = {"prioriteringar": [str(asked.pk)]} if asked and not text else {}
    return InitiativeForm(text=text, initial=initial)


def _mine():
    return {"title": "Mina insatser", "url": reverse("uppfoljning:my_initiatives")}


def _lock(data):
    sent = data.get("lock", "")
    return int(sent[:15]) if sent.isascii() and sent.isdigit() else -1


def _key(data):
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return None
