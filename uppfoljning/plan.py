"""What somebody who plans operations takes along of the programme: prioriteringar that
they choose, word for word, with what is known of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.conf import settings
from django.db.models import Q

from kunskapsbank.facets import Facets
from kunskapsbank.models import Version
from programme.models import Fokusomrade, Prioritering, Viljeinriktning
from uppfoljning.models import Indicator


@dataclass(frozen=True)
class Reference:
    """Something to read more in, by its name and full address."""

    title: str
    url: str


@dataclass(frozen=True)
class Chosen:
    """A prioritering and what belongs to it."""

    prioritering: Prioritering
    entries: list[Reference] = field(default_factory=list)
    indicators: list[Reference] = field(default_factory=list)

    @property
    def url(self) -> str:
        return full(self.prioritering.get_absolute_url())


def chosen_of(prioriteringar: list[Prioritering], spread: Facets) -> list[Chosen]:
    """Each with its listed contributions, the newest first, and its indicators."""
    newest = {
        each.pk: spread.newest(each, spread.count(each)) for each in prioriteringar
    }
    entries = _entries({pk for pks in newest.values() for pk in pks})
    indicators = _indicators(prioriteringar)
    return [
        Chosen(
            each,
            [entries[pk] for pk in newest[each.pk] if pk in entries],
            [
                Reference(indicator.title, full(indicator.get_absolute_url()))
                for indicator in indicators
                if _belongs(indicator, each)
            ],
        )
        for each in prioriteringar
    ]


def by_place(
    chosen: list[Chosen],
) -> Iterator[tuple[Viljeinriktning, list[tuple[Fokusomrade, list[Chosen]]]]]:
    """The same under their viljeinriktningar and fokusområden."""
    for strand, rows in groupby(chosen, key=lambda row: _area(row).viljeinriktning):
        areas = groupby(rows, key=_area)
        yield strand, [(area, list(some)) for area, some in areas]


def full(path: str) -> str:
    return settings.SITE_ADDRESS + path


def _area(row: Chosen) -> Fokusomrade:
    return row.prioritering.fokusomrade


def _entries(pks: set[int]) -> dict[int, Reference]:
    """By the key of each version, what it is called and where it is."""
    listed = Version.objects.listed().filter(pk__in=pks).select_related("entry")
    return {
        each.pk: Reference(each.title, full(each.get_absolute_url())) for each in listed
    }


def _indicators(prioriteringar: list[Prioritering]) -> list[Indicator]:
    """Those of the prioriteringar, or of the fokusområden where they stand."""
    areas = {each.fokusomrade_id for each in prioriteringar}
    belongs = Q(prioriteringar__in=prioriteringar) | Q(fokusomraden__in=areas)
    found = Indicator.objects.public().filter(belongs).distinct()
    return list(found.prefetch_related("prioriteringar", "fokusomraden"))


def _belongs(indicator: Indicator, prioritering: Prioritering) -> bool:
    if prioritering in indicator.prioriteringar.all():
        return True
    return prioritering.fokusomrade_id in {
        area.pk for area in indicator.fokusomraden.all()
    }
