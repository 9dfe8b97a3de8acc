"""Two editions beside each other, word by word, with what became of each part."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from programme import lineage, taxonomy
from programme.enums import LineageKind
from programme.lineage import Lines, Part
from programme.models import Edition, Fokusomrade, Lineage, Prioritering
from programme.taxonomy import Taxonomy
from search.comparison import FieldChange, between


@dataclass(frozen=True)
class Section:
    """A part of the document: what differs in it, and the numbers of what does not."""

    title: str
    strand: int = 0
    changes: list[FieldChange] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """`kinds` pairs what happened to prioriteringar with how many it happened to."""

    before: Edition
    after: Edition
    kinds: list[tuple[str, int]]
    sections: list[Section]
    missing: list[Part]


def compared(before: Edition, after: Edition, *, only_confirmed: bool) -> Comparison:
    """The texts of both as they are now."""
    old, new = taxonomy.read(before), taxonomy.read(after)
    lines = lineage.into(after)
    if only_confirmed:
        lines = lineage.among(row for row in lines.rows if row.confirmed_on)
    return Comparison(
        before,
        after,
        _kinds(lines),
        [each for each in _sections(old, new, lines) if each.changes or each.unchanged],
        lineage.without_lineage(lines, old, new),
    )


def _kinds(lines: Lines) -> list[tuple[str, int]]:
    rows = [
        row for row in lines.rows if isinstance(row.after or row.before, Prioritering)
    ]
    times = Counter(row.kind for row in rows)
    return [(str(kind.label), times[kind]) for kind in LineageKind if times[kind]]


def _sections(old: Taxonomy, new: Taxonomy, lines: Lines) -> Iterable[Section]:
    yield Section(
        "Kapitel", 0, *_by_number(old.chapters, new.chapters, ["title", "body"])
    )
    texts = ["title", "description", "challenges"]
    both = _by_number(old.viljeinriktningar, new.viljeinriktningar, texts)
    yield Section("Viljeinriktningar", 0, *both)
    for area in new.fokusomraden:
        rows = list(lines.came_from(area))
        for each in area.prioriteringar.all():
            rows += lines.came_from(each)
        title = f"{area.number} {area.title}"
        yield _of_rows(title, area.viljeinriktning.key, rows)
    dropped = [row for row in lines.rows if row.kind == LineageKind.DROPPED]
    yield _of_rows("Struket", 0, dropped)


def _by_number(old, new, names) -> tuple[list[FieldChange], list[str]]:
    """Of parts that have no lineage, those of one number beside each other."""
    before = {each.number: each for each in old}
    after = {each.number: each for each in new}
    changes, unchanged = [], []
    for number in [*after, *(each for each in before if each not in after)]:
        found = _differences(before.get(number), after.get(number), names, number)
        changes += found
        unchanged += [] if found else [number]
    return changes, unchanged


def _of_rows(title: str, strand: int, rows: list[Lineage]) -> Section:
    changes, unchanged = [], []
    for row in rows:
        part = row.after or row.before
        names = ["text"] if isinstance(part, Prioritering) else ["title", "body"]
        found = _differences(row.before, row.after, names, ends_of(row))
        if not found and row.kind != LineageKind.UNCHANGED:
            found = [_same(part, names[0], ends_of(row))]
        changes += found
        unchanged += [] if found else [part.number]
    return Section(title, strand, changes, unchanged)


def _same(part, name, label) -> FieldChange:
    """What has every word left, though something else became of it."""
    text = getattr(part, name)
    return between(text, text, name=name, label=label)


def _differences(before, after, names, label) -> list[FieldChange]:
    found = []
    for name in names:
        old = getattr(before, name) if before else ""
        new = getattr(after, name) if after else ""
        if old != new:
            what = f", {_word_of(before or after, name)}" if len(names) > 1 else ""
            found.append(between(old, new, name=name, label=f"{label}{what}"))
    return found


def _word_of(row, name) -> str:
    return str(row._meta.get_field(name).verbose_name)


def ends_of(row: Lineage) -> str:
    """Such as "4.2.1 b (2016) till 4.2.1 a (2027): sammanslagen"."""
    ends = [_with_year(part) for part in (row.before, row.after) if part]
    unsure = "" if row.confirmed_on else ", inte bekräftad"
    return f"{' till '.join(ends)}: {row.get_kind_display()}{unsure}"


def _with_year(part: Fokusomrade | Prioritering) -> str:
    area = part.fokusomrade if isinstance(part, Prioritering) else part
    return f"{part.number} ({area.viljeinriktning.edition.period_start})"
