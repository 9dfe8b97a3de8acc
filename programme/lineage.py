"""What became of a part of the programme, and where it came from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from programme import taxonomy
from programme.models import Edition, Fokusomrade, Lineage, Prioritering
from programme.taxonomy import Taxonomy

Part = Fokusomrade | Prioritering
_Key = tuple[type, int]


@dataclass
class Lines:
    """Lineage by the part that it leads from and the part that it leads to."""

    of_before: dict[_Key, list[Lineage]] = field(
        default_factory=lambda: defaultdict(list)
    )
    of_after: dict[_Key, list[Lineage]] = field(
        default_factory=lambda: defaultdict(list)
    )
    rows: list[Lineage] = field(default_factory=list)

    def became(self, part: Part) -> list[Lineage]:
        return self.of_before.get(_key(part), [])

    def came_from(self, part: Part) -> list[Lineage]:
        return self.of_after.get(_key(part), [])


def confirmed(content_generation: int | None = None) -> Lines:
    """What readers are told, kept until content changes."""
    if len(taxonomy.decided(content_generation)) < 2:
        return Lines()
    return taxonomy.keep("lineage", _read_confirmed, content_generation)


def into(edition: Edition) -> Lines:
    """All that leads into the edition, confirmed or not."""
    return among(Lineage.objects.filter(edition=edition).with_ends().order_by("pk"))


def without_lineage(lines: Lines, before: Taxonomy, after: Taxonomy) -> list[Part]:
    """The parts of two editions that nobody has said the lineage of: of the earlier
    one what became of them, of the later one where they came from."""
    return [part for part in _parts(before) if not lines.became(part)] + [
        part for part in _parts(after) if not lines.came_from(part)
    ]


def _parts(tree: Taxonomy) -> list[Part]:
    return [*tree.fokusomraden, *tree.prioriteringar]


def _read_confirmed() -> Lines:
    return among(Lineage.objects.confirmed().with_ends().order_by("pk"))


def among(rows: Iterable[Lineage]) -> Lines:
    """These rows, by both their ends."""
    lines = Lines()
    for row in rows:
        lines.rows.append(row)
        if row.before:
            lines.of_before[_key(row.before)].append(row)
        if row.after:
            lines.of_after[_key(row.after)].append(row)
    return lines


def _key(part: Part) -> _Key:
    return type(part), part.pk


def heirs_by_lineage() -> set[tuple[int, int]]:
    """Pairs of an earlier prioritering and what it is in the current edition, followed
    through every edition between them."""
    steps = defaultdict(set)
    told = Lineage.objects.confirmed().exclude(from_prioritering=None)
    pairs = told.exclude(to_prioritering=None).values_list(
        "from_prioritering", "to_prioritering"
    )
    for before, after in pairs:
        steps[before].add(after)
    today = _of_today()
    return {
        (earlier, pk)
        for earlier in steps.keys() - today
        for pk in _reached(earlier, steps) & today
    }


def _of_today() -> set[int]:
    current = Edition.objects.current()
    rows = Prioritering.objects.filter(fokusomrade__viljeinriktning__edition=current)
    return set(rows.values_list("pk", flat=True))


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    reached, ahead = set(), [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached
