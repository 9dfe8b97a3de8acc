"""Collections in moderators' hands."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kunskapsbank import workflow
from kunskapsbank.exceptions import CollectionStale, CollectionTaken, WorkflowError
from kunskapsbank.forms.reviewing import CollectionForm, GatherForm
from kunskapsbank.models import Collection, Version
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.views.writing import carrying

EVENTS_LENGTH = 20


def trail(*steps):
    url = reverse("kunskapsbank:review_collections")
    return page.trail({"title": "Samlingar", "url": url}, *steps)


@moderators_only
@require_safe
def collections(request):
    context = {
        "breadcrumbs": page.trail({"title": "Samlingar"}),
        "collection_list": Collection.objects.with_size(),
    }
    return render(request, "kunskapsbank/collections/review_list.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """A new collection: first what it is about, then what it holds."""
    form = CollectionForm(request.POST or carrying.given_back(request))
    if request.method == "POST" and form.is_valid():
        carrying.let_go(request)
        try:
            made = workflow.start_collection(by=request.user, **form.cleaned_data)
        except CollectionTaken as error:
            form.add_error("title", error.user_message)
        else:
            messages.success(request, "Samlingen är sparad. Lägg till bidrag i den.")
            return redirect("kunskapsbank:review_collection", made.pk)
    context = {
        "breadcrumbs": trail({"title": "Ny samling"}),
        "form": form,
        "who": carrying.owner_token(request.user),
    }
    return render(request, "kunskapsbank/collections/start.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def collection(request, pk):
    """Everything of one collection, saved with one button."""
    found = get_object_or_404(Collection, pk=pk)
    if request.method != "POST":
        data = carrying.given_back(request)
        return _page(request, found, _form(found, data))
    form = _form(found, request.POST)
    carrying.let_go(request)
    if not form.is_valid() or form.asks_which:
        return _page(request, found, form, status=400 if form.errors else 200)
    return _saved(request, found, form)


def _form(collection, data=None):
    initial = {name: getattr(collection, name) for name in ("title", "text", "lock")}
    return GatherForm(data, collection=collection, initial=initial)


def _saved(request, found, form):
    about = {name: form.cleaned_data[name] for name in ("title", "text", "lock")}
    try:
        workflow.save_collection(found, by=request.user, places=form.places, **about)
    except CollectionStale as error:
        return _stale(request, found, error)
    except CollectionTaken as error:
        form.add_error("title", error.user_message)
        return _page(request, found, form, status=400)
    except WorkflowError as error:
        form.add_error(None, error.user_message)
        return _page(request, found, form, status=409)
    messages.success(request, "Samlingen är sparad.")
    return redirect("kunskapsbank:review_collection", found.pk)


def _stale(request, found, error):
    """What was written, and beside it how the collection is stored now."""
    found.refresh_from_db()
    data = request.POST.copy()
    data["lock"] = str(found.lock)
    form = _form(found, data)
    form.is_valid()
    form.add_error(None, error.user_message)
    held = Version.objects.listed().gathered_in(found).select_related("entry")
    return _page(request, found, form, status=409, stored=found, stored_list=held)


def _page(request, found, form, *, status=200, **extra):
    history = found.history.select_related("history_user")
    context = {
        "breadcrumbs": trail({"title": found.title}),
        "collection": found,
        "form": form,
        "event_list": history[:EVENTS_LENGTH],
        "who": carrying.owner_token(request.user),
        **extra,
    }
    template = "kunskapsbank/collections/edit.html"
    return render(request, template, context, status=status)


@moderators_only
@require_POST
def publish(request, pk):
    said = "Samlingen är publicerad."
    return _set(request, pk, workflow.publish_collection, said)


@moderators_only
@require_POST
def unpublish(request, pk):
    said = "Samlingen visas bara för moderatorer nu."
    return _set(request, pk, workflow.unpublish_collection, said)


def _set(request, pk, act, said):
    found = get_object_or_404(Collection, pk=pk)
    try:
        act(found, by=request.user)
    except WorkflowError as error:
        messages.error(request, error.user_message)
        return redirect("kunskapsbank:review_collections")
    messages.success(request, said)
    return redirect("kunskapsbank:review_collection", found.pk)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Asked about once more, since it cannot be undone."""
    found = get_object_or_404(Collection, pk=pk)
    if request.method == "POST":
        try:
            workflow.delete_collection(found, by=request.user)
        except WorkflowError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(request, f"Samlingen ”{found.title}” är borttagen.")
        return redirect("kunskapsbank:review_collections")
    url = reverse("kunskapsbank:review_collection", args=[found.pk])
    steps = [{"title": found.title, "url": url}, {"title": "Ta bort"}]
    context = {"breadcrumbs": trail(*steps), "collection": found}
    return render(request, "kunskapsbank/collections/delete.html", context)
