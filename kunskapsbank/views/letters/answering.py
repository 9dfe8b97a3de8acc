"""A moderator's pages: the letters that wait, one letter, and the acts on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, LetterKind
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms.letters import (
    AnswerForm,
    CloseForm,
    HideForm,
    MailChoiceForm,
    QuestionForm,
)
from kunskapsbank.models import Letter, MailPreference, Version
from kunskapsbank.permissions import can_answer
from kunskapsbank.views.letters.sending import published_draft
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.views.writing import carrying

# GET, for whoever had to sign in before what they wrote could be sent (trust R8).
act = require_http_methods(["GET", "HEAD", "POST"])

TEMPLATE = "kunskapsbank/letters/letter.html"
WEB = ("https://", "http://")
SENT = "Svaret är sparat. Det skickas som mejl, om avsändaren har lämnat en adress."


@require_safe
@moderators_only
def letters(request, kinds, title):
    waiting = Letter.objects.visible_to(request.user).waiting()
    context = {
        "title": title,
        "letter_list": waiting.filter(kind__in=kinds).select_related("entry"),
        "breadcrumbs": [_queue(), {"title": title}],
    }
    return render(request, "kunskapsbank/letters/letters.html", context)


@require_safe
@moderators_only
def letter(request, pk, kinds):
    visible = Letter.objects.visible_to(request.user).filter(kind__in=kinds)
    return _page(request, get_object_or_404(visible, pk=pk))


@act
@moderators_only
def answer(request, pk):
    return _act(request, pk, AnswerForm, workflow.answer_letter, SENT)


@act
@moderators_only
def ask(request, pk):
    said = "Frågan är skickad till den som äger bidraget."
    return _act(request, pk, QuestionForm, workflow.ask_owners, said)


@act
@moderators_only
def close(request, pk):
    return _act(request, pk, CloseForm, workflow.close_letter, "Ärendet är avslutat.")


@act
@moderators_only
def hide(request, pk):
    said = "Bidraget är dolt. De som äger det får ett mejl med skälet."
    return _act(request, pk, HideForm, workflow.hide_reported, said)


@act
@moderators_only
def make_draft(request, pk):
    found = _found(request, pk)
    if request.method != "POST":
        return redirect(found)
    try:
        workflow.make_draft(found, by=request.user)
    except WorkflowError as refusal:
        messages.error(request, refusal.user_message)
    else:
        messages.success(
            request, "Tipset är nu ett utkast hos dig. En annan granskare prövar det."
        )
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
@moderators_only
def mail_preferences(request):
    """How often a moderator wants to be told what waits."""
    saved = MailPreference.objects.filter(user=request.user).first()
    now = (saved or MailPreference()).choice
    form = MailChoiceForm(request.POST or None, initial={"choice": now})
    if form.is_valid():
        workflow.save_mail_choice(request.user, **form.cleaned_data)
        messages.success(request, "Ditt val är sparat.")
        return redirect("kunskapsbank:mail_preferences")
    crumbs = [_queue(), {"title": "Mejl till dig som granskar"}]
    context = {"form": form, "breadcrumbs": crumbs}
    return render(request, "kunskapsbank/letters/mail_preferences.html", context)


def _found(request, pk):
    visible = Letter.objects.visible_to(request.user).select_related("entry")
    return get_object_or_404(visible, pk=pk)


def _act(request, pk, form_class, do, said):
    """Do it; a refusal shows the page again, with what was written in its form."""
    found = _found(request, pk)
    is_sent = request.method == "POST"
    data = request.POST if is_sent else carrying.given_back(request)
    if data is None:
        return redirect(found)
    form = form_class(data, letter=found)
    if is_sent and form.is_valid():
        try:
            do(found, by=request.user, **form.cleaned_data)
        except WorkflowError as refusal:
            found.refresh_from_db()
            form.add_error(None, refusal.user_message)
        else:
            carrying.let_go(request)
            messages.success(request, said)
            return redirect(found)
    return _page(request, found, form)


def _page(request, found, sent=None):
    may = can_answer(request.user, found) and not found.closed_at
    forms = {
        form_class.prefix: sent
        if type(sent) is form_class
        else form_class(letter=found)
        for form_class in _forms_for(found)
    }
    title = f"{LetterKind(found.kind).label.capitalize()} {found.number}"
    is_tip = found.kind == LetterKind.TIP
    listed = (
        {"title": "Tips", "url": reverse("kunskapsbank:letters")}
        if is_tip
        else {"title": "Anmälningar", "url": reverse("kunskapsbank:reports")}
    )
    context = {
        "letter": found,
        "title": title,
        "form": sent,
        "who": carrying.owner_token(request.user),
        "forms": forms,
        "may_act": may or (sent is not None and not found.closed_at),
        "is_tip": is_tip,
        "reply_list": found.replies.select_related("author"),
        "facts": _facts(found, request.user),
        "breadcrumbs": [_queue(), listed, {"title": title}],
    }
    return render(request, TEMPLATE, context)


def _forms_for(found):
    forms = [AnswerForm]
    if found.entry and found.entry.state == EntryState.OPEN:
        if found.entry.owners.exists():
            forms.append(QuestionForm)
        forms.append(HideForm)
    return [*forms, CloseForm]


def _queue():
    return {"title": "Granska", "url": reverse("kunskapsbank:review_queue")}


def _draft(found, user):
    """What a tip became, and where it is, if the moderator may see it."""
    draft = found.draft
    if draft is None:
        return {"term": "Blev", "text": ""}
    fact = {
        "term": "Blev",
        "text": f"{draft.entry.number}, {draft.get_status_display()}",
    }
    if public := published_draft(found):
        return fact | {"url": public.get_absolute_url()}
    if Version.objects.owned_by(user).filter(pk=draft.pk).exists():
        return fact | {"url": reverse("kunskapsbank:my_entry", args=[draft.pk])}
    return fact


def _facts(found, user):
    entry = found.entry
    shows = entry and entry.slug and entry.state == EntryState.OPEN
    return [
        {"term": "Bidrag", "text": str(entry.published_version or entry)}
        | ({"url": entry.get_absolute_url()} if shows else {})
        if entry
        else {"term": "Bidrag", "text": ""},
        {"term": "Skäl", "text": found.get_reason_display()},
        {"term": "Var i bidraget", "text": found.place},
        {"term": "Länk eller sida", "text": found.link}
        | ({"url": found.link} if found.link.startswith(WEB) else {}),
        {"term": "Namn", "text": found.name},
        {"term": "E-post", "text": found.email or "Ingen adress lämnad"},
        _draft(found, user),
    ]
