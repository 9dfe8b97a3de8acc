"""What ties the fokusområden of the current edition: contributions that hang on both,
approved connections between their prioriteringar, and goals that both are linked to.

A contribution ties two fokusområden when it hangs on a prioritering of each, and it
ties one to itself when it hangs on two of its prioriteringar. Nothing is guessed. All
is counted once per content generation and kept with the facets.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

from django.db.models import Count, TextChoices
from django.urls import reverse

from kunskapsbank import facets
from kunskapsbank.facets import Facets, key_of
from kunskapsbank.models import Connection, Version
from kunskapsbank.querysets import VersionQuerySet
from programme import taxonomy
from programme.models import Fokusomrade, GoalLink

Pair = tuple[int, int]


class Tie(TextChoices):
    """What may tie two fokusområden, as addresses have it and in words."""

    ENTRIES = "bidrag", "Bidrag"
    CONNECTIONS = "samband", "Samband"
    GOALS = "mal", "Mål"
    ALL = "alla", "Allt"

    @property
    def is_interpretation(self):
        return self == Tie.GOALS


@dataclass(frozen=True)
class Crossing:
    """Two fokusområden, in the edition's order, and how much ties them. They are the
    same one where prioriteringar within it are tied."""

    first: Fokusomrade
    second: Fokusomrade
    entries: int = 0
    connections: int = 0
    goals: int = 0

    def number(self, tie: Tie) -> int:
        return {
            Tie.ENTRIES: self.entries,
            Tie.CONNECTIONS: self.connections,
            Tie.GOALS: self.goals,
            Tie.ALL: self.entries + self.connections + self.goals,
        }[tie]

    @property
    def url(self) -> str:
        ends = [slug_of(self.first), slug_of(self.second)]
        return reverse("kunskapsbank:connection_pair", args=ends)

    @property
    def is_within(self) -> bool:
        return self.first == self.second

    @property
    def names(self) -> str:
        first, second = (
            f"{area.number} {area.short_title}" for area in (self.first, self.second)
        )
        return f"Inom {first}" if self.is_within else f"{first} och {second}"

    @property
    def is_only_interpretation(self) -> bool:
        """Whether the editors alone say so."""
        return not (self.entries or self.connections)

    def in_words(self, tie: Tie = Tie.ALL) -> str:
        """Such as "3 bidrag, 1 samband och 2 mål"."""
        wanted = [each for each in Tie if each != Tie.ALL and tie in {each, Tie.ALL}]
        said = [
            f"{self.number(each)} {each.label.lower()}"
            for each in wanted
            if self.number(each)
        ]
        return " och ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def current(content_generation: int | None = None) -> list[Crossing]:
    """Every pair that something ties, in the edition's order."""
    spread = facets.current(content_generation)
    return taxonomy.keep("crossings", lambda: _read(spread), content_generation)


def for_request(request) -> list[Crossing]:
    """Those of the content generation that the request reads."""
    facets.for_request(request)
    return current(request.content_generation)


def slug_of(fokusomrade: Fokusomrade) -> str:
    """How addresses of this part name a fokusområde: 2016-4-1-1."""
    edition = fokusomrade.viljeinriktning.edition.slug
    return f"{edition}-{fokusomrade.number.replace('.', '-')}"


def shared_entries(one: Fokusomrade, other: Fokusomrade) -> VersionQuerySet:
    """The listed texts that hang on both; on two prioriteringar of it, for one."""
    listed = Version.objects.listed()
    if one == other:
        times = _hung(one).values("version").annotate(times=Count("pk"))
        return listed.filter(pk__in=times.filter(times__gt=1).values("version"))
    for area in (one, other):
        listed = listed.filter(pk__in=_hung(area).values("version"))
    return listed


def shared_goals(
    one: Fokusomrade, other: Fokusomrade
) -> list[tuple[GoalLink, GoalLink]]:
    """For each goal that both are linked to, the two links to it."""
    if one == other:
        return []
    first = GoalLink.objects.filter(fokusomrade=one).with_goal()
    second = {each.goal_id: each for each in GoalLink.objects.filter(fokusomrade=other)}
    return [(each, second[each.goal_id]) for each in first if each.goal_id in second]


def _hung(area: Fokusomrade):
    ties = Version.prioriteringar.through.objects
    return ties.filter(prioritering__fokusomrade=area)


def _read(spread: Facets) -> list[Crossing]:
    areas = spread.tree.fokusomraden
    counts = [_entries(spread), _connections(spread), _goals(areas)]
    pairs = [
        (first, second) for place, first in enumerate(areas) for second in areas[place:]
    ]
    found = (
        Crossing(first, second, *(count[first.pk, second.pk] for count in counts))
        for first, second in pairs
    )
    return [each for each in found if each.number(Tie.ALL)]


def _entries(spread: Facets) -> Counter[Pair]:
    areas = spread.tree.fokusomraden
    held = {area.pk: spread.any_of([key_of(area)]) for area in areas}
    counts = Counter(
        {
            (first.pk, second.pk): (held[first.pk] & held[second.pk]).bit_count()
            for first, second in combinations(areas, 2)
        }
    )
    for area in areas:
        counts[area.pk, area.pk] = _twice(spread, area).bit_count()
    return counts


def _twice(spread: Facets, area: Fokusomrade) -> int:
    """The places that hold at least two of its prioriteringar."""
    once = twice = 0
    for prioritering in area.prioriteringar.all():
        here = spread.any_of([key_of(prioritering)])
        twice |= once & here
        once |= here
    return twice


def _connections(spread: Facets) -> Counter[Pair]:
    tree, heirs = spread.tree, spread.heirs
    area_of = {each.pk: each.fokusomrade_id for each in tree.prioriteringar}
    ends = Connection.objects.public().values_list(
        "from_prioritering", "to_prioritering"
    )
    places = _places(tree.fokusomraden)

    def areas(pk: int) -> set[int]:
        """Where it stands today."""
        return {area_of[each] for each in (pk, *heirs.get(pk, ())) if each in area_of}

    return Counter(
        pair
        for start, end in ends
        for pair in {
            _in_order(one, other, places)
            for one, other in product(areas(start), areas(end))
        }
    )


def _goals(areas: list[Fokusomrade]) -> Counter[Pair]:
    places = _places(areas)
    linked: dict[int, list[int]] = defaultdict(list)
    links = GoalLink.objects.filter(fokusomrade__in=list(places))
    for goal, area in links.values_list("goal", "fokusomrade"):
        linked[goal].append(area)
    return Counter(
        _in_order(first, second, places)
        for tied in linked.values()
        for first, second in combinations(tied, 2)
    )


def _places(areas: Iterable[Fokusomrade]) -> dict[int, int]:
    return {area.pk: place for place, area in enumerate(areas)}


def _in_order(first: int, second: int, places: dict[int, int]) -> Pair:
    return (first, second) if places[first] <= places[second] else (second, first)
