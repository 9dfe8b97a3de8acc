"""What an address asks of the list of initiatives: fokus, prio, org and lage."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.urls import reverse

from kunskapsbank.models import Organisation
from programme import taxonomy
from programme.models import Fokusomrade, Prioritering
from uppfoljning.enums.initiatives import Progress
from uppfoljning.models import Initiative

PAGE_LENGTH = 20
_LOOKUPS = {
    "fokus": "prioriteringar__fokusomrade__number",
    "prio": "prioriteringar__slug",
    "org": "organisation__slug",
    "lage": "progress",
}
FACETS = tuple(_LOOKUPS)
_PROGRESS = {
    "planerad": Progress.PLANNED,
    "pagar": Progress.ONGOING,
    "avslutad": Progress.FINISHED,
}
_MAX_PAGE_DIGITS = 6


@dataclass(frozen=True)
class Choice:
    """A value of one of the selects, and how many initiatives it stands for."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Removal:
    """A filter that is on, and the list without it."""

    label: str
    url: str


class InitiativeFilter:
    """`chosen` holds a value of each facet that is asked for and means something."""

    def __init__(self, query: QueryDict):
        given = {name: query.get(name, "").replace("\x00", "") for name in _LOOKUPS}
        self.place = _place(given)
        self.organisation = _organisation(given["org"])
        self.progress = _PROGRESS.get(given["lage"])
        known = {
            "fokus": isinstance(self.place, Fokusomrade),
            "prio": isinstance(self.place, Prioritering),
            "org": self.organisation,
            "lage": self.progress,
        }
        self.chosen = {name: given[name] for name in _LOOKUPS if known[name]}
        self.page_number = _page_number(query.get("sida", ""))

    @cached_property
    def count(self) -> int:
        return self.initiatives().count()

    def initiatives(self) -> QuerySet[Initiative]:
        """What is asked for, in the list's order."""
        return self._narrowed(self.chosen).in_order()

    def page(self) -> Page:
        pages = Paginator(self.initiatives().with_ties(), PAGE_LENGTH)
        return pages.get_page(self.page_number)

    @property
    def count_in_words(self) -> str:
        if self.count == 1:
            return "En insats"
        return f"{self.count} insatser" if self.count else "Inga insatser"

    @property
    def filters_in_words(self) -> str:
        return ", ".join(self._label(name) for name in self.chosen)

    def address(self, name: str = "initiatives", **changes: str) -> str:
        """The list, or its CSV, with these choices in place of those made; an empty
        one takes a filter away."""
        chosen = {**self.chosen, **changes}
        query = QueryDict(mutable=True)
        query.update({name: each for name, each in chosen.items() if each})
        path = reverse(f"uppfoljning:{name}")
        return f"{path}?{query.urlencode()}" if query else path

    @property
    def csv_address(self) -> str:
        return self.address("initiatives_csv")

    @property
    def query(self) -> QueryDict:
        query = QueryDict(mutable=True)
        query.update(self.chosen)
        return query

    @property
    def removals(self) -> list[Removal]:
        return [
            Removal(self._label(name), self.address(**{name: ""}))
            for name in self.chosen
        ]

    @property
    def area_choices(self) -> list[tuple[str, list[Choice]]]:
        """Fokusområden under their viljeinriktningar."""
        counts = self._counts("fokus")
        chosen = self.chosen.get("fokus")
        return [
            (
                strand.short_title,
                [
                    Choice(
                        each.number,
                        f"{each.number} {each.short_title}",
                        counts.get(each.number, 0),
                        each.number == chosen,
                    )
                    for each in strand.fokusomraden.all()
                ],
            )
            for strand in taxonomy.current().viljeinriktningar
        ]

    @property
    def organisation_choices(self) -> list[Choice]:
        counts = self._counts("org")
        named = Organisation.objects.filter(slug__in=counts).order_by("sort_key")
        return [
            Choice(each.slug, each.name, counts[each.slug], each == self.organisation)
            for each in named
        ]

    @property
    def progress_choices(self) -> list[Choice]:
        counts = self._counts("lage")
        return [
            Choice(
                value,
                _capital(each.label),
                counts.get(each.value, 0),
                each == self.progress,
            )
            for value, each in _PROGRESS.items()
        ]

    def _narrowed(self, chosen: Iterable[str]) -> QuerySet[Initiative]:
        wanted = {_LOOKUPS[name]: self.chosen[name] for name in chosen}
        if self.progress and "lage" in chosen:
            wanted["progress"] = self.progress
        return Initiative.objects.public().filter(**wanted).distinct()

    def _counts(self, name: str) -> dict[str, int]:
        """By each value, how many there are as if nothing were chosen in the facet.

        A prioritering stands in a fokusområde, so both are left out for either.
        """
        same = {"fokus", "prio"} if name == "fokus" else {name}
        rest = self._narrowed([each for each in self.chosen if each not in same])
        pks = Initiative.objects.filter(pk__in=rest.values("pk")).order_by()
        lookup = _LOOKUPS[name]
        rows = pks.values(lookup).annotate(count=Count("pk", distinct=True))
        return {row[lookup]: row["count"] for row in rows if row[lookup]}

    def _label(self, name: str) -> str:
        labels = {
            "fokus": lambda: f"{self.place.number} {self.place.short_title}",
            "prio": lambda: f"Prioritering {self.place.number}",
            "org": lambda: self.organisation.name,
            "lage": lambda: _capital(self.progress.label),
        }
        return labels[name]()


def _place(given: dict[str, str]) -> Fokusomrade | Prioritering | None:
    """The prioritering, or else the fokusområde of the current edition."""
    if slug := given["prio"]:
        return Prioritering.objects.decided().with_place().filter(slug=slug).first()
    areas = {each.number: each for each in taxonomy.current().fokusomraden}
    return areas.get(given["fokus"])


def _organisation(slug: str) -> Organisation | None:
    """One that a published initiative names; what only a draft names is not told."""
    public = Initiative.objects.public().filter(organisation__slug=slug)
    found = public.select_related("organisation").first() if slug else None
    return found.organisation if found else None


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _MAX_PAGE_DIGITS
    return int(text) if is_number else 1


def _capital(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"
