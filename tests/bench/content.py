"""What search is measured with: the real content, and more made of its words."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

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


def real_documents() -> Iterator[Document]:
    """Launch contributions, prioriteringar and fokusområden, by what they are called
    in the judged set."""
    names = {
        fields["slug"]: fields["name"]
        for model, fields in _rows("kunskapsbank")
        if model == "kunskapsbank.organisation"
    }
    for model, fields in _rows("kunskapsbank"):
        if model == "kunskapsbank.version":
            yield _contribution(fields, names)
    for model, fields in _rows("programme"):
        if model == "programme.prioritering":
            key = fields["slug"].removeprefix("2016-")
            yield _decided(key, "prioritering", fields["text"], "")
        if model == "programme.fokusomrade":
            yield _decided(
                fields["number"], "fokusomrade", fields["title"], fields["body"]
            )


def _contribution(fields, names):
    (key,) = fields["entry"]
    tags = [name for (name,) in fields.get("tags", [])]
    makers = [names[slug] for (slug,) in fields.get("organisations", [])]
    return Document(
        key=key,
        kind=fields["kind"],
        address=f"/kunskapsbank/{key}/",
        title=fields["title"],
        summary=fields["summary"],
        text=". ".join([*tags, *makers]),
        facets={"tag": [tag.replace(" ", "-") for tag in tags]},
        date=date(fields.get("period_start") or 2015, 1, 1),
    )


def _decided(key, kind, title, summary):
    return Document(
        key=key,
        kind=kind,
        address=f"/{kind}/{key}/",
        title=title,
        summary=summary,
        date=date(2016, 1, 26),
    )


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


def made_up_documents(first: int, last: int) -> Iterator[Document]:
    """Documents number `first` to `last`, of the real words as often as they stand."""
    counts = frequencies()
    vocabulary = list(counts)
    weights = list(accumulate(counts.values()))
    for number in range(first, last):
        chance = random.Random(_SEED + number)
        some = chance.choices(vocabulary, cum_weights=weights, k=LENGTH)
        yield Document(
            key=f"made:{number}",
            kind=chance.choice(["good_example", "research", "experience", "link"]),
            address=f"/kunskapsbank/{number}/",
            title=" ".join(some[:_TITLE]),
            summary=" ".join(some[_TITLE : _TITLE + _SUMMARY]),
            text=" ".join(some[_TITLE + _SUMMARY :]),
            facets={
                "prioritering": chance.sample(range(58), 2),
                "vilja": [chance.randrange(5)],
                "tag": chance.sample(range(110), 3),
                "year": [2010 + chance.randrange(15)],
            },
            date=date(2026, 1, 1) - timedelta(days=chance.randrange(_DAYS)),
        )
