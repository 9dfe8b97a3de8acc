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
    return _lines(Lineage.objects.filter(edition=edition).with_ends().order_by("pk"))


def without_lineage(lines: Lines, before: Taxonomy, after: Taxonomy) -> list[Part]:
    """The parts of two editions that nobody has said the lineage of: of the earlier
    one what became of them, of the later one where they came from."""
    return [part for part in _parts(before) if not lines.became(part)] + [
        part for part in _parts(after) if not lines.came_from(part)
    ]


def _parts(tree: Taxonomy) -> list[Part]:
    return [*tree.fokusomraden, *tree.prioriteringar]


def _read_confirmed() -> Lines:
    return _lines(Lineage.objects.confirmed().with_ends().order_by("pk"))


def _lines(rows: Iterable[Lineage]) -> Lines:
    lines = Lines()
    for row in rows:
        if row.before:
            lines.of_before[_key(row.before)].append(row)
        if row.after:
            lines.of_after[_key(row.after)].append(row)
    return lines


def _key(part: Part) -> _Key:
    return type(part), part.pk
