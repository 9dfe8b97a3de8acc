"""A document's texts as the tokens that the engine writes, field by field."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from search.analysis.encoding import FILLER, encode
from search.analysis.stems import stem
from search.analysis.words import words

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
    found = set()
    for each in texts:
        for word in _first_words(each):
            found.add(word.text)
            found.add(word.joined)
    return found - {""}


def tokens(
    title: str, summary: str, text: str, parts: Parts, facets: list[str]
) -> Tokens:
    """The tokens of cleaned texts. `parts` tells the stems that a word is made of."""
    found = [list(_first_words(each)) for each in (title, summary, text)]
    seen: Counter[str] = Counter()
    title_parts = _all_parts(found[0], parts)
    return Tokens(
        title=_in_order(found[0], seen),
        summary=_in_order(found[1], seen),
        text=_in_order(found[2], seen),
        rest=sorted(
            {token(word.text) for some in found for word in some[PHRASE_WORDS:]}
        ),
        title_parts=sorted(title_parts),
        parts=sorted(_all_parts(found[1] + found[2], parts) - title_parts),
        facets=facets,
    )


def _first_words(text):
    return islice(words(text), MOST_WORDS)


def _in_order(some, seen):
    """The tokens that phrases may be of."""
    row = []
    for word in some[:PHRASE_WORDS]:
        own = token(word.text)
        seen[own] += 1
        row.append(own if seen[own] <= _PLACES else FILLER)
    return row


def _all_parts(some, parts):
    """The tokens of what the words are made of, and of what hyphens tie together."""
    joined = {word.joined for word in some} - {""}
    made_of = {word.text for word in some} | joined
    found = {token(word) for word in joined}
    return found.union(*({encode(part) for part in parts(word)} for word in made_of))
