"""Subjects in moderators' hands: all of them, one, and what can be done with it."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.generic import FormView

from kunskapsbank import workflow
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms.reviewing import MergeTagForm, RenameTagForm, SplitTagForm
from kunskapsbank.models import Tag, TagEvent, Version, tag_key
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.workflow.tags import Part
from search.sorting import sort_key

EVENTS_LENGTH = 20


def found_or_moved(request, slug) -> tuple[Tag | None, object]:
    """The subject and no answer, or else the way to what it is now called."""
    tag = Tag.objects.filter(slug=slug).first()
    if tag:
        return tag, None
    now = Tag.objects.filter(aliases__slug=slug).first()
    if now is None:
        raise Http404
    said = f"Ämnet heter ”{now.name}” nu. Ingenting har ändrats."
    messages.info(request, said)
    return None, redirect("kunskapsbank:review_tag", now.slug)


def trail(*steps):
    url = reverse("kunskapsbank:review_tags")
    return page.trail({"title": "Ämnen", "url": url}, *steps)


@moderators_only
@require_safe
def tags(request):
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())
    found = Tag.objects.with_times()
    if asked:
        found = found.filter(key__contains=tag_key(asked))
    in_order = sorted(found, key=lambda tag: sort_key(tag.name))
    context = {
        "breadcrumbs": page.trail({"title": "Ämnen"}),
        "asked": asked,
        "tag_list": in_order,
        "event_list": TagEvent.objects.select_related("actor")[:EVENTS_LENGTH],
    }
    return render(request, "kunskapsbank/ordering/tags.html", context)


@moderators_only
@require_safe
def tag(request, slug):
    found, moved = found_or_moved(request, slug)
    if found is None:
        return moved
    names = [found.name, *found.aliases.values_list("key", flat=True)]
    events = TagEvent.objects.filter(name__in=names).select_related("actor")
    context = {
        "breadcrumbs": trail({"title": found.name}),
        "tag": found,
        "alias_list": found.aliases.order_by("key"),
        "version_list": listed_with(found),
        "event_list": events,
    }
    return render(request, "kunskapsbank/ordering/tag.html", context)


def listed_with(tag):
    listed = Version.objects.listed().filter(tagged_versions__tag=tag)
    return listed.select_related("entry").newest_first()


@moderators_only
@require_POST
def forbid(request, slug):
    said = "Ämnet ”{}” visas ingenstans nu och går inte att skriva."
    return _set(request, slug, workflow.forbid_tag, said)


@moderators_only
@require_POST
def allow(request, slug):
    said = "Ämnet ”{}” visas igen och går att skriva."
    return _set(request, slug, workflow.allow_tag, said)


def _set(request, slug, act, said):
    found, moved = found_or_moved(request, slug)
    if found is None:
        return moved
    try:
        act(found, by=request.user)
    except WorkflowError as error:
        messages.error(request, error.user_message)
        return redirect("kunskapsbank:review_tags")
    messages.success(request, said.format(found.name))
    return redirect("kunskapsbank:review_tag", found.slug)


@method_decorator(
    [moderators_only, require_http_methods(["GET", "HEAD", "POST"])], name="dispatch"
)
class TagChange(ABC, FormView):
    """One change of a subject, with a form of its own and a way back."""

    template_name = "kunskapsbank/ordering/tag_change.html"
    heading = ""
    lead = ""
    button = ""

    def dispatch(self, request, *args, **kwargs):
        self.tag, moved = found_or_moved(request, kwargs["slug"])
        return super().dispatch(request, *args, **kwargs) if self.tag else moved

    @abstractmethod
    def change(self, clean) -> Tag:
        """Make the change; raises WorkflowError."""

    @abstractmethod
    def done(self, tag) -> str:
        """What is said when it is made."""

    def form_valid(self, form):
        try:
            tag = self.change(form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
            return self.form_invalid(form)
        messages.success(self.request, self.done(tag))
        return redirect("kunskapsbank:review_tag", tag.slug)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            breadcrumbs=trail(self.step(), {"title": self.heading}),
            tag=self.tag,
            heading=self.heading,
            lead=self.lead,
            button=self.button,
            **kwargs,
        )

    def step(self):
        url = reverse("kunskapsbank:review_tag", args=[self.tag.slug])
        return {"title": self.tag.name, "url": url}


class RenameTag(TagChange):
    heading = "Byt namn"
    lead = (
        "Bidragen får det nya namnet direkt. Den gamla adressen leder vidare till den "
        "nya."
    )
    button = "Byt namn"
    form_class = RenameTagForm

    def get_initial(self):
        return {"name": self.tag.name, "shown": self.tag.name}

    def change(self, clean):
        return workflow.rename_tag(self.tag, by=self.request.user, **clean)

    def done(self, tag):
        return f"Ämnet heter ”{tag.name}” nu."


class MergeTag(TagChange):
    heading = "Slå ihop med ett annat ämne"
    lead = (
        "Alla bidrag får ämnet som du väljer, och det här ämnet försvinner. Den som "
        "skriver det gamla namnet, eller följer dess adress, kommer till det andra. "
        "Det går inte att ångra, men det går att dela ämnet igen."
    )
    button = "Slå ihop ämnena"
    form_class = MergeTagForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"tag": self.tag}

    def change(self, clean):
        return workflow.merge_tags(self.tag, by=self.request.user, **clean)

    def done(self, tag):
        return f"”{self.tag.name}” är en del av ”{tag.name}” nu."


class SplitTag(TagChange):
    heading = "Dela ämnet"
    lead = (
        "Skriv vad det andra ämnet heter, och kryssa i vilka bidrag som ska ha vilket "
        "ämne. Ett bidrag kan ha båda."
    )
    button = "Dela ämnet"
    form_class = SplitTagForm

    def rows(self):
        """Each contribution, with whether it is to have the old and the new."""
        sent = self.request.POST
        old, new = set(sent.getlist("gamla")), set(sent.getlist("nya"))
        for version in listed_with(self.tag):
            entry = str(version.entry_id)
            yield version, (entry in old if sent else True), entry in new

    def change(self, clean):
        parts = {
            version.entry_id: Part(keeps_old, gets_new)
            for version, keeps_old, gets_new in self.rows()
        }
        return workflow.split_tag(self.tag, by=self.request.user, parts=parts, **clean)

    def done(self, tag):
        return f"Ämnet är delat. Det andra heter ”{tag.name}”."

    def get_context_data(self, **kwargs):
        return super().get_context_data(rows=list(self.rows()), **kwargs)
