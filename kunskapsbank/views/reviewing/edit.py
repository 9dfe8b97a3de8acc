"""A moderator's own correction: written, shown as a comparison, and then published."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank import comparison, workflow
from kunskapsbank.enums import Status
from kunskapsbank.exceptions import (
    InvalidText,
    StaleBase,
    StaleDecision,
    TakenBack,
    WorkflowError,
)
from kunskapsbank.forms.reviewing import EditForm
from kunskapsbank.models import Snapshot
from kunskapsbank.permissions import can_review
from kunskapsbank.review_queue import QueueFilter
from kunskapsbank.views.reviewing import page
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
from kunskapsbank.workflow.text import as_data
from programme import taxonomy

_DONE = "”{}” är publicerat med dina rättelser. Den som har skrivit får ett mejl."


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, pk):
    form = EditForm(request.POST)
    if request.method == "POST" and was_taken_back(pk):
        return refused(request, TakenBack(), corrected=corrected(pk, form))
    version = readable(request, pk)
    if request.method != "POST":
        waits = version.status == Status.SUBMITTED
        if not (waits and can_review(request.user, version)):
            return redirect(with_query(request, reverse_review(version)))
        return given_back(request, version) or started(request, version)
    carrying.let_go(request)
    try:
        workflow.check_waiting(version, by=request.user)
    except WorkflowError as error:
        mine = corrected(pk, form)
        return refused(request, error, version=version, corrected=mine)
    if not form.is_valid():
        return show(request, version, form)
    return seen_or_published(request, version, form)


def seen_or_published(request, version, form) -> HttpResponse:
    if form.cleaned_data["lock"] != version.lock:
        text = shown_text(version.pk, form)
        stale = StaleDecision(yours=text, stored=as_data(version))
        return shown_anew(request, version, form, stale)
    is_seen = form.cleaned_data["seen"] == form.checksum()
    if "publish" in request.POST and is_seen:
        return publish(request, version, form)
    return preview(request, version, form)


def shown_text(pk, form):
    """The text that the moderator had before them, whatever has become of it since."""
    shown = Snapshot.objects.filter(version=pk, lock=form.cleaned_data["lock"]).first()
    return shown.text if shown else {}


def corrected(pk, form):
    """What the moderator had changed in it, in their own words."""
    if not form.is_valid():
        return []
    before = shown_text(pk, form)
    return comparison.compare(before, before | form.as_data())


def started(request, version, *, message="") -> HttpResponse:
    """The form as the text is, with a message that may be written already."""
    base = page.base_of(version)
    about = {"lock": version.lock, "over": base.pk if base else None}
    initial = EditForm.initial_of(version) | about | {"message": message}
    return show(request, version, EditForm(initial=initial))


def given_back(request, version) -> HttpResponse | None:
    """The form as it was sent when the moderator's session had ended."""
    if (data := carrying.given_back(request)) is None:
        return None
    lists = {"prioriteringar": data.getlist("prioriteringar")}
    form = EditForm(initial=data.dict() | lists)
    return show(request, version, form, is_given_back=True)


def preview(request, version, form, *, status=200, **extra) -> HttpResponse:
    """What the correction changes; only what has been seen so is published."""
    now = as_data(version)
    changes = comparison.compare(now, now | form.as_data())
    data = form.data.copy()
    data["seen"] = form.checksum()
    again = EditForm(data)
    again.is_valid()
    about = {"changes": changes, "is_preview": True}
    return show(request, version, again, status=status, **about, **extra)


def publish(request, version, form) -> HttpResponse:
    clean = form.cleaned_data
    over = compared_with(version, clean["over"])
    about = {"by": request.user, "lock": clean["lock"], "message": clean["message"]}
    try:
        workflow.edit_and_publish(version, over=over, **about, **form.values())
    except (StaleDecision, StaleBase) as stale:
        return shown_anew(request, readable(request, version.pk), form, stale)
    except InvalidText as invalid:
        for name, fault in invalid.faults.items():
            form.add_error(name if name in form.fields else None, fault)
        return show(request, readable(request, version.pk), form)
    except WorkflowError as error:
        mine = corrected(version.pk, form)
        return refused(request, error, version=version, corrected=mine)
    messages.success(request, _DONE.format(clean["title"]))
    return redirect(with_query(request, reverse_review(version)))


def shown_anew(request, version, form, stale) -> HttpResponse:
    """Nothing is published: what is new, and the correction as it was written."""
    base = page.base_of(version)
    again = form.rebased(shown_text(version.pk, form), version)
    again.data["over"] = str(base.pk) if base else ""
    again.is_valid()
    news = news_since(version, form.cleaned_data["over"], stale)
    about = {"stale": stale, "news": news}
    return preview(request, version, again, status=409, **about)


def show(request, version, form, *, status=200, **extra) -> HttpResponse:
    url = reverse_review(version)
    asked = QueueFilter(request.user, request.GET)
    context = {
        "breadcrumbs": page.trail(
            {"title": version.title, "url": with_query(request, url)},
            {"title": "Rätta och publicera"},
        ),
        "version": version,
        "form": form,
        "groups": groups(form),
        "who": carrying.owner_token(request.user),
        "url": with_query(request, url),
        "query": asked.query().urlencode(),
        **extra,
    }
    template = "kunskapsbank/reviewing/edit.html"
    return render(request, template, context, status=status)


# What a text was tagged with before today's programme stands under this name.
EARLIER = {"short_title": "Tidigare program"}


def groups(form):
    """The prioriteringar by viljeinriktning, each with whether it is chosen."""
    chosen = set(form["prioriteringar"].value() or [])
    found = []
    for strand in taxonomy.current().viljeinriktningar:
        ties = [
            (each, each.slug in chosen)
            for fokusomrade in strand.fokusomraden.all()
            for each in fokusomrade.prioriteringar.all()
        ]
        count = sum(is_chosen for _, is_chosen in ties)
        found.append((strand, ties, count))
    kept = [(each, True) for each in taxonomy.earlier() if each.slug in chosen]
    return [*found, (EARLIER, kept, len(kept))] if kept else found
