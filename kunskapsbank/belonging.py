"""Where in the programme a version belongs.

It keeps the prioriteringar that its writer tagged it with. Those of an earlier edition
are shown as what they are today, by confirmed lineage, and as what they were.
"""

from dataclasses import dataclass, field

from kunskapsbank.facets import Facets, place_in_programme
from programme import taxonomy
from programme.models import Prioritering


@dataclass(frozen=True)
class Belonging:
    """`prioriteringar` are those of today; `earlier` pairs each that the version is
    tagged with, of another edition, and what it is today, if anything."""

    prioriteringar: list[Prioritering]
    earlier: list[tuple[Prioritering, list[Prioritering]]] = field(default_factory=list)


def listed(version_pk: int, spread: Facets) -> Belonging:
    """Of a listed version; asks the database nothing."""
    return Belonging(
        spread.prioriteringar.get(version_pk, []),
        _paired(spread.tagged.get(version_pk, []), spread.tree, spread.heirs),
    )


def of(version) -> Belonging:
    """Of a version that no list holds, in the programme's order."""
    tree = taxonomy.current()
    chosen = set(version.prioriteringar.values_list("pk", flat=True))
    others = chosen - {each.pk for each in tree.prioriteringar}
    heirs = taxonomy.heirs() if others else {}
    today = chosen.union(*(heirs.get(pk, ()) for pk in others))
    tagged = Prioritering.objects.with_place().filter(pk__in=others) if others else []
    return Belonging(
        [each for each in tree.prioriteringar if each.pk in today],
        _paired(sorted(tagged, key=place_in_programme), tree, heirs),
    )


def _paired(tagged, tree, heirs):
    if not tagged:
        return []
    known = {each.pk: each for each in tree.prioriteringar}
    return [
        (each, [known[pk] for pk in heirs.get(each.pk, ()) if pk in known])
        for each in tagged
    ]
