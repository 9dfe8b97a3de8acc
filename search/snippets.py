"""Shows in a text which words answer a query."""

import re
from collections.abc import Set
from typing import NamedTuple

from search import vocabulary
from search.analysis.compounds import parts
from search.analysis.stems import stem
from search.analysis.words import fold, words

_LENGTH = 220
_LEAD = 60
_SHORTEST_COMPOUND = 6


class Piece(NamedTuple):
    """A part of a text; what is `marked` is why the text was found."""

    text: str
    marked: bool


def marked(text: str, stems: Set[str]) -> list[Piece]:
    """The whole text, with words marked that have these stems, also as a part."""
    return _pieces(text, _places(text, stems))


def snippet(texts: list[str], stems: Set[str]) -> list[Piece]:
    """Where the words stand closest in the first text that has any of them.

    The beginning of the first text that says anything, when none has.
    """
    for text in texts:
        places = _places(text, stems)
        if places:
            start, end = _window(text, places)
            return _cut(text, start, end, places)
    text = next((text for text in texts if text), "")
    start, end = _window(text, [(0, 0)])
    return _cut(text, start, end, [])


def _places(text, stems):
    rough = {fold(each)[:3] for each in stems}
    return [
        (word.start, word.end)
        for word in words(text)
        if stem(word.text) in stems or _has_part(word.text, stems, rough)
    ]


def _has_part(word, stems, rough):
    if len(word) < _SHORTEST_COMPOUND or not any(each in fold(word) for each in rough):
        return False
    return not stems.isdisjoint(parts(word, vocabulary.stems_now()))


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


def _cut(text, start, end, places):
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
