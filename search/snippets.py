"""Shows in a text which words answer a query."""

import re
from collections.abc import Callable, Container, Set
from typing import NamedTuple

from search.analysis.compounds import parts
from search.analysis.stems import stem
from search.analysis.words import compared, fold, standing

_LENGTH = 220
_LEAD = 60
_SHORTEST_COMPOUND = 6


class Piece(NamedTuple):
    """A part of a text; what is `marked` is why the text was found."""

    text: str
    marked: bool


class _Kept(dict[str, bool]):
    """What a function says of a word, asked once for each."""

    def __init__(self, ask: Callable[[str], bool]) -> None:
        self._ask = ask

    def __missing__(self, word: str) -> bool:
        self[word] = answer = self._ask(word)
        return answer


class Marker:
    """Marks the words that have any of some stems, also as a part of a compound."""

    def __init__(self, stems: Set[str], known: Container[str]):
        self.stems = stems
        self.known = known
        self._rough = {fold(each)[:3] for each in stems}
        self._answers = _Kept(self._does_answer)

    def marked(self, text: str) -> list[Piece]:
        """The whole text."""
        return _pieces(text, self._places(text))

    def snippet(self, texts: list[str]) -> list[Piece]:
        """Where marked words stand closest in the first text that has any.

        The beginning of the first text that says anything, when none has.
        """
        for text in texts:
            places = self._places(text)
            if places:
                return _cut(text, _window(text, places), places)
        text = next((text for text in texts if text), "")
        return _cut(text, _window(text, [(0, 0)]), [])

    def _places(self, text):
        # A page of hits has some two thousand words, so this is as short as can be.
        answers = self._answers
        return [found.span() for found in standing(text) if answers[found[1]]]

    def _does_answer(self, written):
        spelt, joined = compared(written)
        return any(map(self._is_wanted, [*spelt, joined] if joined else spelt))

    def _is_wanted(self, word):
        return stem(word) in self.stems or self._has_part(word)

    def _has_part(self, word):
        if len(word) < _SHORTEST_COMPOUND:
            return False
        plain = fold(word)
        if not any(each in plain for each in self._rough):
            return False
        return not self.stems.isdisjoint(parts(word, self.known))


def _window(text, places):
    """The stretch with most marked words, with a little before the first of them."""
    if len(text) <= _LENGTH:
        return 0, len(text)

    def held(at):
        return sum(at <= start < at + _LENGTH - _LEAD for start, _ in places)

    best = max((start for start, _ in places), key=held)
    start = max(0, min(best - _LEAD, len(text) - _LENGTH))
    return _at_word(text, start), _at_word(text, start + _LENGTH)


def _at_word(text, at):
    """`at`, moved on to where a word begins or ends."""
    if at <= 0 or at >= len(text):
        return max(0, min(at, len(text)))
    found = re.compile(r"\s|$").search(text, at)
    return found.start() if found else len(text)


def _cut(text, window, places):
    start, end = window
    inside = [(a - start, b - start) for a, b in places if start <= a and b <= end]
    pieces = _pieces(text[start:end], inside)
    before = [Piece("… ", False)] if start else []
    after = [Piece(" …", False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _pieces(text, places):
    pieces, at = [], 0
    for start, end in places:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]
