"""What an address asks of the list of initiatives: fokus, prio, org and lage."""

from collections import defaultdict
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
FACETS = ("fokus", "prio", "org", "lage")
_LOOKUPS = {"org": "organisation__slug", "lage": "progress"}
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
        given = {name: query.get(name, "").replace("\x00", "") for name in FACETS}
        self.place = _place(given)
        self.organisation = _organisation(given["org"])
        self.progress = _PROGRESS.get(given["lage"])
        known = {
            "fokus": isinstance(self.place, Fokusomrade),
            "prio": isinstance(self.place, Prioritering),
            "org": self.organisation,
            "lage": self.progress,
        }
        self.chosen = {name: given[name] for name in FACETS if known[name]}
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
        counts = self._area_counts()
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
        rows = Initiative.objects.public()
        if "fokus" in chosen:
            rows = rows.of_fokusomrade(self.place)
        if "prio" in chosen:
            rows = rows.of_prioritering(self.place)
        if "org" in chosen:
            rows = rows.filter(organisation=self.organisation)
        return rows.filter(progress=self.progress) if "lage" in chosen else rows

    def _counts(self, name: str) -> dict[str, int]:
        """By each value, how many there are as if nothing were chosen in the facet."""
        rest = self._narrowed([each for each in self.chosen if each != name])
        lookup = _LOOKUPS[name]
        rows = rest.order_by().values(lookup).annotate(count=Count("pk"))
        return {row[lookup]: row["count"] for row in rows if row[lookup]}

    def _area_counts(self) -> dict[str, int]:
        """As `_counts`, by the number of each fokusområde of today's programme.

        A prioritering stands in a fokusområde, so neither is chosen.
        """
        rest = self._narrowed([each for each in self.chosen if each in _LOOKUPS])
        numbers = {
            each.pk: each.fokusomrade.number
            for each in taxonomy.current().prioriteringar
        }
        held = defaultdict(set)
        heirs = taxonomy.heirs()
        ties = rest.order_by().values_list("pk", "prioriteringar")
        for initiative, prioritering in ties:
            for pk in (prioritering, *heirs.get(prioritering, ())):
                if pk in numbers:
                    held[numbers[pk]].add(initiative)
        return {number: len(initiatives) for number, initiatives in held.items()}

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
