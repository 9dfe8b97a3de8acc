"""How the listed contributions spread over the programme, kept in process.

Every listed version has a place in one long row, newest first. A facet value is the set
of places it holds, as the bits of one integer, so that combining and counting cost
little however many contributions there are, and no queries at all.
"""

from collections import defaultdict
from dataclasses import dataclass

from kunskapsbank.models import TaggedVersion, Version
from programme import taxonomy
from programme.models import Fokusomrade, Prioritering, Viljeinriktning
from programme.taxonomy import Taxonomy
from search import generation

_FACET_OF = {Viljeinriktning: "vilja", Fokusomrade: "fokus", Prioritering: "prio"}

_kept: list["Facets"] = []


@dataclass(frozen=True)
class Facets:
    """`bits` is keyed on facet and primary key, or kind: ("vilja", 3), ("typ", "link").

    `prioriteringar` and `tagged` are keyed on the primary keys of versions and tags.
    """

    tree: Taxonomy
    versions: list[int]
    bits: dict[tuple[str, int | str], int]
    prioriteringar: dict[int, list[Prioritering]]
    tagged: dict[int, list[int]]

    @property
    def everything(self):
        return (1 << len(self.versions)) - 1

    def any_of(self, keys):
        """The places that hold at least one of the facet values."""
        places = 0
        for key in keys:
            places |= self.bits.get(key, 0)
        return places

    def count(self, place):
        """How many contributions hang on a viljeinriktning, fokusområde or
        prioritering."""
        return self.any_of([key_of(place)]).bit_count()

    def newest(self, place, count):
        """The `count` newest versions that hang on a place."""
        return self._first(self.any_of([key_of(place)]), count, [])

    def viljeinriktningar(self, version_pk):
        """The viljeinriktningar of a version, the one it leans on most first."""
        return viljeinriktningar_of(self.prioriteringar.get(version_pk, ()))

    def related(self, version_pk, tag_pks, count):
        """The versions that share most prioriteringar and tags, newest first among
        equals. A shared prioritering says twice as much as a shared tag."""
        ties = self.prioriteringar.get(version_pk, ())
        shared = [self.bits[key_of(prioritering)] for prioritering in ties] * 2
        shared += [_bits(self.tagged.get(pk, ()), len(self.versions)) for pk in tag_pks]
        at_least = [self.everything] + [0] * len(shared)
        for places in shared:
            for times in range(len(shared), 0, -1):
                at_least[times] |= at_least[times - 1] & places
        found = [version_pk]
        for places in reversed(at_least[1:]):
            found += self._first(places, count + 1, found)
        return found[1 : count + 1]

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


def key_of(place):
    return _FACET_OF[type(place)], place.pk


def current(content_generation: int | None = None) -> Facets:
    """The facets of what is listed now; they live as long as the taxonomy does."""
    tree = taxonomy.current(content_generation)
    if not _kept or _kept[0].tree is not tree:
        _kept[:] = [_read(tree)]
    return _kept[0]


def for_request(request) -> Facets:
    """The facets of the content generation that the request reads."""
    if not hasattr(request, "content_generation"):
        request.content_generation = generation.current()
    return current(request.content_generation)


def _read(tree):
    listed = Version.objects.listed()
    rows = list(listed.newest_first().values_list("pk", "kind"))
    place_of = {pk: place for place, (pk, _) in enumerate(rows)}
    places = defaultdict(list)
    for place, (_, kind) in enumerate(rows):
        places["typ", kind].append(place)
    prioriteringar = _spread(tree, listed, place_of, places)
    return Facets(
        tree=tree,
        versions=[pk for pk, _ in rows],
        bits={key: _bits(held, len(rows)) for key, held in places.items()},
        prioriteringar=prioriteringar,
        tagged=_tagged(listed, place_of),
    )


def _spread(tree, listed, place_of, places):
    """Note in `places` where each version hangs; return its prioriteringar in order."""
    ties = Version.prioriteringar.through.objects.filter(
        version__in=listed.values("pk")
    )
    versions_of = defaultdict(list)
    for version, prioritering in ties.values_list("version_id", "prioritering_id"):
        if version in place_of:
            versions_of[prioritering].append(version)
    prioriteringar = defaultdict(list)
    for prioritering in tree.prioriteringar:
        fokusomrade = prioritering.fokusomrade
        keys = map(key_of, (prioritering, fokusomrade, fokusomrade.viljeinriktning))
        held = [place_of[version] for version in versions_of[prioritering.pk]]
        for key in keys:
            places[key] += held
        for version in versions_of[prioritering.pk]:
            prioriteringar[version].append(prioritering)
    return dict(prioriteringar)


def _tagged(listed, place_of):
    rows = TaggedVersion.objects.filter(content_object__in=listed.values("pk"))
    tagged = defaultdict(list)
    for tag, version in rows.values_list("tag_id", "content_object_id"):
        if version in place_of:
            tagged[tag].append(place_of[version])
    return dict(tagged)


def _bits(places, length):
    """An integer with one bit for each of `places` in a row of `length`."""
    marks = bytearray(length // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")
