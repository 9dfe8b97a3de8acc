"""The map of what ties the fokusområden, and the page of each pair."""

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import TemplateView

from kunskapsbank import crossings, facets
from kunskapsbank.crossings import Crossing, Tie, slug_of
from kunskapsbank.models import Connection
from kunskapsbank.views.connections.picture import picture_of
from programme import taxonomy
from programme.models import Edition
from programme.views.text import START, found

MOST_ENTRIES = 30
_PARTS = 3  # of the number of a fokusområde


@dataclass(frozen=True)
class Choice:
    """A sort of tie to look at, and how many pairs have it."""

    tie: Tie
    count: int
    is_chosen: bool

    @property
    def url(self):
        address = reverse("kunskapsbank:connections")
        first = self.tie == Tie.ENTRIES
        return address if first else f"{address}?visa={self.tie}"


@dataclass(frozen=True)
class Cell:
    """Where a row and a column of the table meet. A pair stands twice, and is a link
    once."""

    number: int
    crossing: Crossing | None
    is_link: bool


class ConnectionMap(TemplateView):
    """What the contributions show comes first; the rest is chosen."""

    template_name = "kunskapsbank/connections/map.html"

    def get_context_data(self, **kwargs):
        areas = facets.for_request(self.request).tree.fokusomraden
        every = crossings.for_request(self.request)
        asked = self.request.GET.get("visa")
        tie = Tie(asked) if asked in Tie.values else Tie.ENTRIES
        shown = [each for each in every if each.number(tie)]
        return super().get_context_data(
            breadcrumbs=[START, {"title": "Samband"}],
            section="kunskapsbank",
            tie=tie,
            choices=[
                Choice(each, sum(1 for c in every if c.number(each)), each == tie)
                for each in Tie
            ],
            shows_goals=tie in {Tie.GOALS, Tie.ALL},
            picture=picture_of(areas, shown, tie),
            areas=areas,
            rows=list(_rows(areas, shown, tie)),
            groups=[
                (area, [(each, each.in_words(tie)) for each in tied])
                for area, tied in groupby(shown, key=lambda each: each.first)
            ],
            pair_count=len(shown),
            **kwargs,
        )


def _rows(areas, shown, tie):
    known = {(each.first.pk, each.second.pk): each for each in shown}
    for place, area in enumerate(areas):
        cells = []
        for column, other in enumerate(areas):
            pair = (other.pk, area.pk) if column <= place else (area.pk, other.pk)
            crossing = known.get(pair)
            number = crossing.number(tie) if crossing else 0
            cells.append(Cell(number, crossing, bool(number) and column <= place))
        yield area, cells


class Pair(TemplateView):
    """All that ties two fokusområden, or prioriteringar within one."""

    template_name = "kunskapsbank/connections/pair.html"

    def get(self, request, first, second):
        tree, one = _area(first)
        _, other = _area(second)
        if one.viljeinriktning.edition_id != other.viljeinriktning.edition_id:
            raise Http404
        order = [area.pk for area in tree.fokusomraden]
        if order.index(one.pk) > order.index(other.pk):
            turned = [slug_of(other), slug_of(one)]
            return redirect("kunskapsbank:connection_pair", *turned, permanent=True)
        return self.render_to_response(self.get_context_data(one=one, other=other))

    def get_context_data(self, one, other, **kwargs):
        is_within = one == other
        both = f"{one.number} och {other.number}"
        title = f"Inom {one.number}" if is_within else both
        address = reverse("kunskapsbank:connections")
        entries = crossings.shared_entries(one, other)
        return super().get_context_data(
            breadcrumbs=[
                START,
                {"title": "Samband", "url": address},
                {"title": title},
            ],
            section="kunskapsbank",
            one=one,
            other=other,
            is_within=is_within,
            title=title,
            version_list=entries.newest_first().for_list()[:MOST_ENTRIES],
            entry_count=entries.count(),
            connection_list=Connection.objects.public()
            .between(one, other)
            .with_ends()
            .with_evidence(),
            goal_pairs=crossings.shared_goals(one, other),
            propose_url=_propose_url(one),
            **kwargs,
        )


def _propose_url(area):
    first = area.prioriteringar.all()[0]
    return f"{reverse('kunskapsbank:propose_connection')}?fran={first.slug}"


def _area(slug):
    """The tree of the edition that the address names, and the fokusområde in it."""
    edition_slug, *parts = slug.rsplit("-", _PARTS)
    get_object_or_404(Edition.objects.decided(), slug=edition_slug)
    tree = taxonomy.of(edition_slug)
    return tree, found(tree.fokusomraden, number=".".join(parts))
