"""The public history of a contribution: every text that was published, what changed and
what was done. It tells acts and days, never messages, and names nobody but those who
chose to be named."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.views.generic import TemplateView

from kunskapsbank import belonging
from kunskapsbank.comparison import FieldChange, compare
from kunskapsbank.enums import Act, Status
from kunskapsbank.models import ReviewEvent, Version
from kunskapsbank.views.entry import (
    breadcrumbs,
    elsewhere,
    gone,
    in_order,
    text_context,
)
from kunskapsbank.workflow.text import TIES, as_data

# Who owns a contribution is between them and the moderators.
PRIVATE_ACTS = {Act.HANDED_OVER, Act.OWNER_ADDED}
# So many texts are compared on the page; older ones each have their own page for it.
COMPARED = 10
WITHHELD = "Versionen är undantagen ur den öppna historiken."


@dataclass
class Step:
    """One published text in the order of publication; `version` is None when readers
    may no longer read it."""

    ordinal: int
    pk: int
    number: int
    published_at: datetime
    replaces: int | None
    version: Version | None
    acts: list[ReviewEvent] = field(default_factory=list)
    changes: list[FieldChange] | None = None

    @property
    def name(self) -> str:
        return in_order(self.ordinal)

    @property
    def title(self) -> str:
        return f"{self.name[0].upper()}{self.name[1:]}"

    @property
    def is_current(self) -> bool:
        return self.version is not None and self.version.status == Status.PUBLISHED

    @property
    def url(self) -> str:
        assert self.version is not None
        arguments = [self.version.entry.slug, self.ordinal]
        return reverse("kunskapsbank:entry_version", args=arguments)


class EntryHistory(TemplateView):
    template_name = "kunskapsbank/entry_history.html"

    def get(self, request, slug):
        steps = steps_of(slug)
        current = current_of(steps)
        if current is None:
            return elsewhere(request, slug)
        told(steps, current.entry)
        compared(steps, COMPARED)
        context = {
            "section": "kunskapsbank",
            "breadcrumbs": trail(current, "Historik"),
            "version": current,
            "steps": steps[::-1],
        }
        return self.render_to_response(context)


class EntryVersion(TemplateView):
    """A published text at the address it has for good (trust A14)."""

    template_name = "kunskapsbank/entry_version.html"

    def get(self, request, slug, number):
        steps = steps_of(slug)
        current = current_of(steps)
        step = next((each for each in steps if each.ordinal == number), None)
        if current is None or step is None:
            return elsewhere(request, slug)
        if step.version is None:
            return gone(request, WITHHELD)
        compared([each for each in steps if each.ordinal <= number], 1)
        context = {
            **text_context(step.version, belonging.of(step.version)),
            "breadcrumbs": trail(current, step.title),
            "step": step,
            "current": current,
            "is_undone": any(each.is_current for each in steps[: number - 1]),
        }
        return self.render_to_response(context)


def steps_of(slug) -> list[Step]:
    """Every text that the entry has published, the first one first."""
    public = Version.objects.public().select_related("entry").filter(entry__slug=slug)
    readable = {version.pk: version for version in public}
    withheld = Version.objects.withheld().filter(entry__slug=slug)
    rows = [
        (each.published_at, each.number, each.pk, each.replaces_id)
        for each in readable.values()
    ]
    rows += withheld.values_list("published_at", "number", "pk", "replaces_id")
    return [
        Step(ordinal, pk, number, moment, replaces, readable.get(pk))
        for ordinal, (moment, number, pk, replaces) in enumerate(sorted(rows), start=1)
    ]


def current_of(steps) -> Version | None:
    return next((step.version for step in steps if step.is_current), None)


def told(steps, entry) -> None:
    """Give each step what was done, the first act first."""
    done = defaultdict(list)
    events = ReviewEvent.objects.filter(entry=entry).exclude(act__in=PRIVATE_ACTS)
    for event in events.order_by("position"):
        done[event.version_number].append(event)
    for step in steps:
        step.acts = done[step.number]


def compared(steps, count) -> None:
    """Give the `count` last steps what differs from the text that each replaced."""
    known = {step.pk: step for step in steps}
    readable = [step.version for step in steps if step.version]
    if len(readable) > 1:
        prefetch_related_objects(readable, *TIES, "attachments__file")
    for step in steps[-count:]:
        before = _before(step, known)
        if before and step.version:
            step.changes = compare(public_data(before), public_data(step.version))


def public_data(version) -> dict[str, Any]:
    """The text without how the writer chose to be named, which the byline shows."""
    return {
        name: value for name, value in as_data(version).items() if name != "public_name"
    }


def _before(step, known) -> Version | None:
    """The nearest earlier text that readers may read: what is taken out of history
    must not show as what was removed."""
    earlier = known.get(step.replaces)
    while earlier and earlier.version is None:
        earlier = known.get(earlier.replaces)
    return earlier.version if earlier else None


def trail(version, title):
    *way, _ = breadcrumbs(version)
    itself = {"title": version.title, "url": version.get_absolute_url()}
    return [*way, itself, {"title": title}]
