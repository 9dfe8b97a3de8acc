"""A document's texts as the tokens that the engine writes, field by field."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from search.analysis.encoding import FILLER, encode
from search.analysis.stems import stem
from search.analysis.words import compared, written

# Words of each field that can stand in a phrase, and of the whole that are indexed.
PHRASE_WORDS = 1000
MOST_WORDS = 20_000
# PostgreSQL keeps so many places of a token at most.
_PLACES = 250

Parts = Callable[[str], Iterable[str]]


class Tokens(NamedTuple):
    """Each list in the order of the text; `rest` and the parts have no order."""

    title: list[str]
    summary: list[str]
    text: list[str]
    rest: list[str]
    title_parts: list[str]
    parts: list[str]
    facets: list[str]


@lru_cache(maxsize=200_000)
def token(word: str) -> str:
    return encode(stem(word))


def all_words(*texts: str) -> set[str]:
    """The words of cleaned texts that go to the vocabulary, each once."""
    found: set[str] = set()
    for word in set().union(*map(written, texts)):
        parts, joined = compared(word)
        found.update(parts)
        found.add(joined)
    return found - {""}


def tokens(
    title: str, summary: str, text: str, parts: Parts, facets: list[str]
) -> Tokens:
    """The tokens of cleaned texts. `parts` tells the stems that a word is made of."""
    rows = [_in_order(each) for each in (title, summary, text)]
    seen: defaultdict[str, int] = defaultdict(int)
    title_parts = _all_parts(parts, title)
    return Tokens(
        title=_not_too_often(rows[0], seen),
        summary=_not_too_often(rows[1], seen),
        text=_not_too_often(rows[2], seen),
        rest=sorted({each for row in rows for each in row[PHRASE_WORDS:]}),
        title_parts=sorted(title_parts),
        parts=sorted(_all_parts(parts, summary, text) - title_parts),
        facets=facets,
    )


@lru_cache(maxsize=200_000)
def _tokens_of(word):
    return [token(part) for part in compared(word)[0]]


def _in_order(text):
    return [own for word in written(text) for own in _tokens_of(word)]


def _not_too_often(row, seen):
    """The tokens that phrases may be of; what has stood too often leaves a gap."""
    thinned = []
    for own in row[:PHRASE_WORDS]:
        seen[own] += 1
        thinned.append(own if seen[own] <= _PLACES else FILLER)
    return thinned


def _all_parts(parts, *texts):
    """The tokens of what the words are made of, and of what hyphens tie together."""
    all_written = set().union(*map(written, texts))
    found = {token(joined) for word in all_written if (joined := compared(word)[1])}
    return found.union(*(map(encode, parts(word)) for word in all_words(*texts)))
