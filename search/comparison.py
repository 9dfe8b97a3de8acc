"""What differs between two texts, word by word.

Every app that shows two wordings beside each other does it with these.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

SAME = "same"
REMOVED = "removed"
ADDED = "added"

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCES = re.compile(r"[^\n.!?]+[\n.!?]*|[\n.!?]+")
# How many pairs of like tokens may be weighed; beyond it whole sentences are, and
# beyond that the whole text, so that no text is too long to be compared.
_ROOM = 60_000


@dataclass(frozen=True)
class Part:
    """A stretch of text, or one item of a list, and what became of it."""

    text: str
    kind: str = SAME
    strand: int = 0


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; `inline` holds both, in reading order.

    In a list each part is an item of its own; else they join to the whole text.
    """

    name: str
    label: str
    before: list[Part] = field(default_factory=list)
    after: list[Part] = field(default_factory=list)
    inline: list[Part] = field(default_factory=list)
    is_list: bool = False

    @property
    def is_changed(self) -> bool:
        return any(part.kind != SAME for part in self.inline)


def between(before: str, after: str, *, name: str = "", label: str = "") -> FieldChange:
    """One text before and after, weighed word by word."""
    return of_parts(words(before, after), name=name, label=label)


def of_parts(
    inline: list[Part], *, name: str = "", label: str = "", is_list: bool = False
) -> FieldChange:
    """What the parts, in reading order, say of each side."""
    return FieldChange(
        name,
        label,
        [part for part in inline if part.kind != ADDED],
        [part for part in inline if part.kind != REMOVED],
        inline,
        is_list,
    )


def words(before: str, after: str) -> list[Part]:
    """Both texts in reading order, what was removed before what was added."""
    for tokens in (_WORDS, _SENTENCES):
        old, new = tokens.findall(before), tokens.findall(after)
        if _work(old, new) <= _ROOM:
            return list(_merged(_steps(old, new)))
    return list(_merged([(REMOVED, before), (ADDED, after)]))


def swapped(before: str, after: str) -> list[Part]:
    """Both texts whole, as one that was put in the place of the other."""
    if before == after:
        return list(_merged([(SAME, before)]))
    return list(_merged([(REMOVED, before), (ADDED, after)]))


def _work(old: list[str], new: list[str]) -> int:
    """How many pairs of like tokens there are, but for the commonest, which are not
    weighed either."""
    times, others = Counter(old), Counter(new)
    too_common = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    return sum(
        count * others[token]
        for token, count in times.items()
        if others[token] <= too_common
    )


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            yield SAME, "".join(old[start:end])
        else:
            yield REMOVED, "".join(old[start:end])
            yield ADDED, "".join(new[from_:to])


def _merged(steps: Iterable[tuple[str, str]]) -> Iterator[Part]:
    """The steps with nothing empty, and a space between two changes drawn into them:
    three words replaced is one change, not three."""
    removed = added = waiting = ""
    for kind, text in steps:
        if kind == REMOVED:
            removed += waiting + text
            added += waiting
            waiting = ""
        elif kind == ADDED:
            added += text
        elif (removed or added) and text.isspace() and not waiting:
            waiting = text
        else:
            yield from _two(removed, added)
            yield Part(waiting + text)
            removed = added = waiting = ""
    yield from _two(removed, added)
    if waiting:
        yield Part(waiting)


def _two(removed: str, added: str) -> Iterator[Part]:
    if removed:
        yield Part(removed, REMOVED)
    if added:
        yield Part(added, ADDED)
