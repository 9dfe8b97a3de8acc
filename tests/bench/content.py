"""What the speed of search is measured with: contributions made of the real words."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from search.analysis.compounds import parts
from search.analysis.stems import stem
from search.analysis.words import clean, words
from search.documents import Document
from tests.source import ROOT

_TITLE, _SUMMARY, _TEXT = 6, 25, 150
LENGTH = _TITLE + _SUMMARY + _TEXT
_DAYS = 3650
_PROSE = {"title", "summary", "text", "body", "description", "challenges", "definition"}
_SEED = 20161


def _rows(name):
    rows = json.loads((ROOT / "fixtures" / f"{name}.json").read_text())
    return [(row["model"], row["fields"]) for row in rows]


def frequencies() -> Counter[str]:
    """How often each word stands in all that the site begins with."""
    texts = [
        value
        for name in ("kunskapsbank", "programme", "omvarld", "ordlista")
        for _, fields in _rows(name)
        for field, value in fields.items()
        if isinstance(value, str) and field in _PROSE
    ]
    counts: Counter[str] = Counter()
    for text in [*texts, (ROOT / "fixtures" / "programtext.txt").read_text()]:
        counts.update(word.text for word in words(clean(text)))
    return counts


def rarest(counts: Counter[str]) -> str:
    """A word that stands once in the real texts, and no other form of it."""
    forms = Counter(map(stem, counts))
    once = (word for word in counts if counts[word] == 1 and forms[stem(word)] == 1)
    known = frozenset(forms)
    return min(word for word in once if len(word) > 6 and not parts(word, known))


def made_up_documents(first: int, last: int) -> Iterator[Document]:
    """Documents number `first` to `last`, of the real words as often as they stand.

    But the rarest is in ten of the first thousand, and in no more however many there
    are: by chance it would soon be in hundreds.
    """
    counts = frequencies()
    rare = rarest(counts)
    del counts[rare]
    vocabulary = list(counts)
    weights = list(accumulate(counts.values()))
    for number in range(first, last):
        chance = random.Random(_SEED + number)
        some = chance.choices(vocabulary, cum_weights=weights, k=LENGTH)
        if number < 1000 and number % 100 == 0:
            some[-1] = rare
        yield Document(
            key=f"made:{number}",
            kind=chance.choice(["good_example", "research", "experience", "link"]),
            address=f"/kunskapsbank/{number}/",
            title=" ".join(some[:_TITLE]),
            summary=" ".join(some[_TITLE : _TITLE + _SUMMARY]),
            text=" ".join(some[_TITLE + _SUMMARY :]),
            facets={
                "prio": chance.sample(range(58), 2),
                "vilja": [chance.randrange(5)],
                "amne": chance.sample(range(110), 3),
                "period": [2010 + chance.randrange(15)],
            },
            date=date(2026, 1, 1) - timedelta(days=chance.randrange(_DAYS)),
        )
