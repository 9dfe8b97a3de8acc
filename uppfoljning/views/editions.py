"""The next edition in the document owner's hands."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from programme import lineage
from programme.models import Edition
from programme.views.text import START
from uppfoljning.exceptions.editions import AddressTaken, EditionError
from uppfoljning.forms.editions import DraftForm
from uppfoljning.readiness import ends_of, is_wrongly_unchanged, obstacles
from uppfoljning.views.access import follow_up_only
from uppfoljning.workflow import edition_drafts
from uppfoljning.workflow import editions as workflow

BOTH = ["GET", "HEAD", "POST"]


def trail(*steps):
    itself = {"title": "Utgåvor", "url": reverse("uppfoljning:editions")}
    start = {"title": "Uppföljning", "url": reverse("uppfoljning:start")}
    return [START, start, *([itself, *steps] if steps else [{"title": "Utgåvor"}])]


@follow_up_only
@require_safe
def edition_list(request):
    context = {"breadcrumbs": trail(), "edition_list": Edition.objects.all()}
    return render(request, "uppfoljning/editions/list.html", context)


@follow_up_only
@require_http_methods(BOTH)
def draft(request):
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = edition_drafts.draft_edition(by=request.user, **form.cleaned_data)
        except AddressTaken as error:
            form.add_error("slug", error.user_message)
        except EditionError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, "Utkastet är gjort, med all text som nu.")
            return redirect("uppfoljning:edition", made.slug)
    context = {"breadcrumbs": trail({"title": "Nytt utkast"}), "form": form}
    return render(request, "uppfoljning/editions/draft.html", context)


@follow_up_only
@require_safe
def edition(request, slug):
    """What is left to do, and every line of lineage with a box to confirm it by."""
    found = get_object_or_404(Edition, slug=slug)
    rows = lineage.into(found).rows
    context = {
        "breadcrumbs": trail({"title": str(found)}),
        "edition": found,
        "earlier": Edition.objects.before(found),
        "obstacles": [] if found.is_decided else obstacles(found),
        "unconfirmed": [_told(row) for row in rows if not row.confirmed_on],
        "confirmed": [_told(row) for row in rows if row.confirmed_on],
    }
    return render(request, "uppfoljning/editions/edition.html", context)


def _told(row):
    return {
        "pk": row.pk,
        "name": ends_of(row),
        "text": getattr(row.after or row.before, "text", ""),
        "is_wrong": is_wrongly_unchanged(row),
    }


@follow_up_only
@require_POST
def confirm(request, slug):
    found = get_object_or_404(Edition, slug=slug)
    pks = {int(pk) for pk in request.POST.getlist("rad") if pk.isdecimal()}
    is_reopening = request.POST.get("gor") == "oppna"
    act = workflow.reopen_lineage if is_reopening else workflow.confirm_lineage
    try:
        count = act(found, pks, by=request.user)
    except EditionError as error:
        messages.error(request, error.user_message)
    else:
        done = "öppnad igen" if is_reopening else "bekräftad"
        rows = "rad" if count == 1 else "rader"
        messages.success(request, f"{count} {rows} är {done}.")
    return redirect("uppfoljning:edition", slug)


@follow_up_only
@require_http_methods(BOTH)
def put_in_force(request, slug):
    return _decided(
        request,
        slug,
        workflow.put_in_force,
        template="uppfoljning/editions/put_in_force.html",
        title="Sätt i kraft",
        done="är i kraft.",
    )


@follow_up_only
@require_http_methods(BOTH)
def end(request, slug):
    return _decided(
        request,
        slug,
        workflow.end,
        template="uppfoljning/editions/end.html",
        title="Avsluta",
        done="har upphört att gälla.",
    )


def _decided(request, slug, act, *, template, title, done):
    """Ask first, and then do it."""
    found = get_object_or_404(Edition, slug=slug)
    itself = reverse("uppfoljning:edition", args=[slug])
    if request.method == "POST":
        try:
            act(found, by=request.user)
        except EditionError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(request, f"{found} {done}")
        return redirect(itself)
    context = {
        "breadcrumbs": trail({"title": str(found), "url": itself}, {"title": title}),
        "edition": found,
        "earlier": Edition.objects.current(),
        "obstacles": [] if found.is_decided else obstacles(found),
    }
    return render(request, template, context)
