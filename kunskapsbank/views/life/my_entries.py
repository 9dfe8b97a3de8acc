"""The list of a person's own contributions, and the page of each."""

from dataclasses import dataclass

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.views.generic import TemplateView

from kunskapsbank import permissions
from kunskapsbank.enums import Act, Status
from kunskapsbank.models import Actor, Connection, OwnerOffer, ReviewEvent
from kunskapsbank.views.life import acts
from kunskapsbank.views.life.rows import (
    ANSWERS,
    DONE,
    ON_ME,
    ON_REVIEWERS,
    Row,
    in_force,
    mine,
    rows_of,
)
from programme.views.text import START

GROUPS = [
    (ON_ME, "Väntar på dig"),
    (ON_REVIEWERS, "Väntar på granskarna"),
    (DONE, "Klart"),
]
# Asked first: a question from a person before a draft of one's own.
_FIRST = [Status.RETURNED, Status.DRAFT]
MODERATORS_ACTS = {*ANSWERS, Act.EDITED_BY_MODERATOR, Act.RESTORED, Act.REPLACED}


@dataclass
class Told:
    """An event in the words of the person who reads it."""

    event: ReviewEvent
    who: str

    @property
    def said(self) -> str:
        detail = getattr(self.event, "detail", None)
        return detail.message if detail else ""


class MyEntries(LoginRequiredMixin, TemplateView):
    template_name = "kunskapsbank/life/my_entries.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        rows = rows_of(user, in_force(mine(user)))
        groups = [
            (name, title, in_order([row for row in rows if row.group == name]))
            for name, title in GROUPS
        ]
        offers = OwnerOffer.objects.waiting_for(user)
        return super().get_context_data(
            breadcrumbs=[START, {"title": "Mina bidrag"}],
            groups=[group for group in groups if group[2]],
            offers=offers.select_related("entry", "offered_by"),
            connection_count=Connection.objects.proposed_by(user).count(),
            may_write=permissions.can_contribute(user),
            **kwargs,
        )


class MyEntry(LoginRequiredMixin, TemplateView):
    template_name = "kunskapsbank/life/my_entry.html"

    def get_context_data(self, pk, **kwargs):
        user = self.request.user
        rows = rows_of(user, mine(user).filter(pk=pk))
        if not rows:
            raise Http404
        row = rows[0]
        return super().get_context_data(
            breadcrumbs=[START, *trail(row.title)],
            row=row,
            version=row.version,
            facts=facts(row),
            acts=acts.possible(row.version, user),
            preview_url=address("write_preview", pk),
            told=told(row.version, user),
            **kwargs,
        )


def in_order(rows: list[Row]) -> list[Row]:
    """What has a question before drafts, and the queue in its order; else as given."""
    rank = {status: place for place, status in enumerate(_FIRST)}
    last = len(_FIRST)
    return sorted(
        rows, key=lambda row: (rank.get(row.version.status, last), row.queue_place or 0)
    )


def trail(title):
    return [
        {"title": "Mina bidrag", "url": reverse("kunskapsbank:my_entries")},
        {"title": title},
    ]


def facts(row):
    version = row.version
    place = f"Nummer {row.queue_place}" if row.queue_place else ""
    pairs = [
        ("Nummer", version.entry.number),
        ("Typ", version.get_kind_display()),
        ("Plats i kön", place),
        ("Ägare", owners(version.entry)),
        ("Hjälpte någon", helped(row)),
        ("Skäl", row.answer.get_reason_display() if row.answer else ""),
    ]
    return [{"term": term, "text": text} for term, text in pairs]


def helped(row):
    """What readers have answered, in numbers."""
    yes, no = row.helped or (0, 0)
    return f"{yes} har svarat ja, {no} nej" if yes or no else ""


def owners(entry):
    count = entry.owners.count()
    return f"{count} personer" if count > 1 else ""


def told(version, user) -> list[Told]:
    """All that happened to the text, with the private messages, the first act first.

    Moderators are not named, and neither are other owners.
    """
    events = ReviewEvent.objects.filter(
        entry=version.entry, version_number=version.number
    )
    refs = set(Actor.objects.filter(user=user).values_list("ref", flat=True))
    in_time = events.select_related("detail").order_by("position")
    return [Told(event, who(event, refs)) for event in in_time]


def who(event, refs) -> str:
    if not event.actor_ref:
        return ""
    if event.actor_ref in refs:
        return "Du"
    return "En granskare" if event.act in MODERATORS_ACTS else "En annan person"


def address(name, *args):
    """None until the page is there."""
    try:
        return reverse(f"kunskapsbank:{name}", args=args)
    except NoReverseMatch:
        return None
