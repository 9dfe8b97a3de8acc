"""What differs between two texts about an initiative, as `as_data` gives them."""

from collections.abc import Iterator
from typing import Any

from programme.models import Prioritering
from search import comparison
from search.comparison import FieldChange, Part

LABELS = {
    "title": "Rubrik",
    "summary": "Det här gör vi, kort",
    "organisation": "Ansvarig",
    "prioriteringar": "Prioriteringar",
    "progress": "Läge",
    "period": "År",
    "description": "Så går det till",
    "effect": "Effekt",
    "evidence": "Hur vi vet det",
    "entries": "Bidrag",
    "indicators": "Nyckeltal",
}


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    """The fields that differ, in the order of the form."""
    return list(_changes(before, after))


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[FieldChange]:
    for name, label in LABELS.items():
        old, new = before[name], after[name]
        if old == new:
            continue
        if isinstance(old, list):
            parts = _items(name, old, new)
            yield comparison.of_parts(parts, name=name, label=label, is_list=True)
        else:
            yield comparison.between(old, new, name=name, label=label)


def _items(name: str, old: list[str], new: list[str]) -> list[Part]:
    """What stays, then what is removed and what is added."""
    describe = _prioriteringar({*old, *new}) if name == "prioriteringar" else {}
    kinds = [
        (comparison.SAME, [each for each in new if each in old]),
        (comparison.REMOVED, [each for each in old if each not in new]),
        (comparison.ADDED, [each for each in new if each not in old]),
    ]
    return [
        Part(*describe.get(each, (each, 0))[:1], kind, describe.get(each, ("", 0))[1])
        for kind, some in kinds
        for each in some
    ]


def _prioriteringar(slugs: set[str]) -> dict[str, tuple[str, int]]:
    """By slug, what a prioritering is called and its strand."""
    chosen = Prioritering.objects.with_place().filter(slug__in=slugs)
    return {
        each.slug: (str(each), each.fokusomrade.viljeinriktning.key) for each in chosen
    }
