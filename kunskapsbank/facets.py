"""How the listed contributions spread over each facet, kept in process.

Every listed version has a place in one long row, newest first. A facet value is the set
of places it holds: the bits of one integer, so that combining and counting cost little
however many contributions there are, and no queries at all. What few hold is kept as
their places, which takes less room: 2 MB for the subjects, organisations, places and
years of a hundred thousand made-up contributions, two thousand values in all.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kunskapsbank import ties
from kunskapsbank.models import Version
from kunskapsbank.options import LONG, Options, options_of
from kunskapsbank.ties import Key
from programme import taxonomy
from programme.models import Fokusomrade, Prioritering, Viljeinriktning
from programme.taxonomy import Taxonomy
from search import generation

_FACET_OF = {Viljeinriktning: "vilja", Fokusomrade: "fokus", Prioritering: "prio"}
# A value that fewer than one in so many have is kept as places.
_FEW = 256

_kept: list["Facets"] = []


@dataclass(frozen=True)
class Facets:
    """`held` is keyed on facet and primary key, or what stands for it:
    ("vilja", 3), ("amne", 7), ("typ", "link"), ("plats", "rydeback"), ("period", 2016).

    `prioriteringar` is keyed on the primary keys of versions, `place_of` on those of
    entries. A version that is tagged with a prioritering of an earlier edition has it
    in `tagged`, and in `prioriteringar` what it is today, as `heirs` tells.
    """

    tree: Taxonomy
    versions: list[int]
    held: dict[Key, int | array]
    prioriteringar: dict[int, list[Prioritering]]
    place_of: dict[int, int] = field(default_factory=dict)
    options: Options = field(default_factory=dict)
    tagged: dict[int, list[Prioritering]] = field(default_factory=dict)
    heirs: dict[int, list[int]] = field(default_factory=dict)

    @cached_property
    def everything(self):
        return (1 << len(self.versions)) - 1

    @cached_property
    def by_number(self):
        """Of each facet that may have many values: pairs of number and option, those
        that most contributions have first."""
        return {
            facet: sorted(
                ((self.number(each.key), each) for each in some.values()),
                key=lambda pair: -pair[0],
            )
            for facet, some in self.options.items()
            if facet in LONG
        }

    def any_of(self, keys):
        """The places that hold at least one of the facet values."""
        places = 0
        for key in keys:
            places |= self._bits(key)
        return places

    def number(self, key):
        """How many contributions have the facet value."""
        held = self.held.get(key, 0)
        return held.bit_count() if isinstance(held, int) else len(held)

    def numbers(self, keys: Iterable[Key], within):
        """For each of the facet values, how many of the places `within` hold it."""
        if within == self.everything:
            yield from map(self.number, keys)
            return
        marks = within.to_bytes(len(self.versions) // 8 + 1, "little")
        for key in keys:
            held = self.held.get(key, 0)
            if isinstance(held, int):
                yield (held & within).bit_count()
            else:
                yield sum(marks[place >> 3] >> (place & 7) & 1 for place in held)

    def count(self, place):
        """How many contributions hang on a viljeinriktning, fokusområde or
        prioritering."""
        return self.number(key_of(place))

    def newest(self, place, count):
        """The `count` newest versions that hang on a place."""
        return self._first(self.any_of([key_of(place)]), count, [])

    def viljeinriktningar(self, version_pk):
        """The viljeinriktningar of a version, the one it leans on most first."""
        return viljeinriktningar_of(self.prioriteringar.get(version_pk, ()))

    def related(self, version_pk, tag_pks, count):
        """The versions that share most prioriteringar and tags, newest first among
        equals. A shared prioritering says twice as much as a shared tag."""
        hung = self.prioriteringar.get(version_pk, ())
        shared = [self._bits(key_of(prioritering)) for prioritering in hung] * 2
        shared += [self._bits(("amne", pk)) for pk in tag_pks]
        at_least = [self.everything] + [0] * len(shared)
        for places in shared:
            for times in range(len(shared), 0, -1):
                at_least[times] |= at_least[times - 1] & places
        found = [version_pk]
        for places in reversed(at_least[1:]):
            found += self._first(places, count + 1, found)
        return found[1 : count + 1]

    def versions_at(self, places):
        """The versions at these places, newest first."""
        return [self.versions[place] for place in range_of(places)]

    def _bits(self, key):
        held = self.held.get(key, 0)
        return held if isinstance(held, int) else bits(held)

    def _first(self, places, count, found):
        first = []
        while places and len(first) + len(found) < count:
            lowest = places & -places
            places ^= lowest
            pk = self.versions[lowest.bit_length() - 1]
            if pk not in found:
                first.append(pk)
        return first


def viljeinriktningar_of(prioriteringar):
    """Those that the prioriteringar belong to, the one with most of them first."""
    times = defaultdict(int)
    for prioritering in prioriteringar:
        times[prioritering.fokusomrade.viljeinriktning] += 1
    return sorted(times, key=lambda strand: (-times[strand], strand.position))


def place_in_programme(prioritering):
    """What puts prioriteringar of any editions in order, the latest edition first."""
    strand = prioritering.fokusomrade.viljeinriktning
    return (
        -strand.edition.period_start,
        strand.position,
        prioritering.fokusomrade.position,
        prioritering.position,
    )


def key_of(place):
    return _FACET_OF[type(place)], place.pk


def current(content_generation: int | None = None) -> Facets:
    """The facets of what is listed now; they live as long as the taxonomy does."""
    tree = taxonomy.current(content_generation)
    if not _kept or _kept[0].tree is not tree:
        _kept[:] = [_read(tree, content_generation)]
    return _kept[0]


def for_request(request) -> Facets:
    """The facets of the content generation that the request reads."""
    if not hasattr(request, "content_generation"):
        request.content_generation = generation.current()
    return current(request.content_generation)


def bits(places: Iterable[int]) -> int:
    """An integer with one bit for each of `places`."""
    some = places if isinstance(places, (list, array)) else list(places)
    if not some:
        return 0
    marks = bytearray(max(some) // 8 + 1)
    for place in some:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def range_of(places: int) -> list[int]:
    """The places that an integer has bits for, lowest first."""
    marks = places.to_bytes((places.bit_length() + 7) // 8, "little")
    return [
        8 * at + bit
        for at, mark in enumerate(marks)
        if mark
        for bit in range(8)
        if mark >> bit & 1
    ]


def _read(tree, content_generation):
    listed = Version.objects.listed()
    rows = ties.rows(listed)
    place_of = {row.pk: place for place, row in enumerate(rows)}
    held = defaultdict(list)
    for place, row in enumerate(rows):
        for key in ties.keys_of(row):
            held[key].append(place)
    hung, heirs = _hung(listed, place_of), taxonomy.heirs(content_generation)
    earlier = _earlier(tree, hung)
    tagged = _tagged(earlier, hung, place_of, held)
    prioriteringar = _spread(tree, _today(hung, heirs), place_of, held)
    for key, version in ties.others(listed):
        if version in place_of:
            held[key].append(place_of[version])
    return Facets(
        tree=tree,
        versions=[row.pk for row in rows],
        held={key: _packed(some, len(rows)) for key, some in held.items()},
        prioriteringar=prioriteringar,
        place_of={row.entry_id: place for place, row in enumerate(rows)},
        options=options_of(tree, ties.names(held, rows), held, earlier),
        tagged=tagged,
        heirs=heirs,
    )


def _hung(listed, place_of):
    """By the key of each prioritering, the versions that are tagged with it."""
    hung = defaultdict(list)
    for version, prioritering in ties.prioriteringar(listed):
        if version in place_of:
            hung[prioritering].append(version)
    return hung


def _earlier(tree, hung):
    """The prioriteringar of other editions that something hangs on, in their order."""
    others = hung.keys() - {each.pk for each in tree.prioriteringar}
    if not others:
        return []
    found = Prioritering.objects.with_place().filter(pk__in=others)
    return sorted(found, key=place_in_programme)


def _tagged(earlier, hung, place_of, held):
    """Note in `held` what hangs on each of them; return those of each version."""
    tagged = defaultdict(list)
    for each in earlier:
        held[key_of(each)] += [place_of[version] for version in hung[each.pk]]
        for version in hung[each.pk]:
            tagged[version].append(each)
    return dict(tagged)


def _today(hung, heirs):
    """As `hung`, and on each prioritering of today also what hangs on what it was."""
    if not heirs:
        return hung
    today = {pk: dict.fromkeys(versions) for pk, versions in hung.items()}
    for earlier, those_of_today in heirs.items():
        for pk in those_of_today:
            today.setdefault(pk, {}).update(dict.fromkeys(hung.get(earlier, ())))
    return today


def _spread(tree, versions_of, place_of, held):
    """Note in `held` where each version hangs; return its prioriteringar in order."""
    prioriteringar = defaultdict(list)
    for prioritering in tree.prioriteringar:
        fokusomrade = prioritering.fokusomrade
        keys = map(key_of, (prioritering, fokusomrade, fokusomrade.viljeinriktning))
        versions = versions_of.get(prioritering.pk, ())
        own = [place_of[version] for version in versions]
        for key in keys:
            held[key] += own
        for version in versions:
            prioriteringar[version].append(prioritering)
    return dict(prioriteringar)


def _packed(places, length):
    few = len(places) * _FEW < length
    return array("I", sorted(set(places))) if few else bits(places)
