"""Suggests words and pages while a person types."""

from dataclasses import dataclass, field

from search import vocabulary
from search.analysis.encoding import encode
from search.concepts import concepts
from search.engine import engine
from search.matching import Field, Match, Term, all_of, any_of
from search.models import IndexedDocument
from search.parsing import cleaned, parse

_SHORTEST = 2
_MOST_WORDS = 5
_MOST_PAGES = 5
_LOOKED_AT = 40


@dataclass(frozen=True)
class Page:
    title: str
    address: str
    kind: str


@dataclass(frozen=True)
class Suggestions:
    """Whole queries to go on with, and pages whose titles have what was typed."""

    queries: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


def suggest(text: str) -> Suggestions:
    """What `text`, whose last word may be half typed, can go on as."""
    query = cleaned(text)
    clauses = [clause for clause in parse(query) if not clause.unwanted]
    last = clauses[-1] if clauses else None
    if last is None or last.quoted or last.end != len(query) or text[-1].isspace():
        return Suggestions()
    typed = last.words[-1]
    if len(typed) < _SHORTEST:
        return Suggestions()
    rows = vocabulary.beginning_with(typed, _LOOKED_AT)
    before = query[: last.end - len(typed)]
    return Suggestions(
        queries=[f"{before}{word}" for word in _one_of_each(rows)],
        pages=_pages(clauses, rows),
    )


def _one_of_each(rows):
    """The commonest form of each word."""
    seen: dict[str, str] = {}
    for row in rows:
        seen.setdefault(row.stem, row.word)
    return list(seen.values())[:_MOST_WORDS]


def _pages(clauses, rows):
    if not rows:
        return []
    titles: list[Match] = [Term(encode(row.stem), Field.TITLE) for row in rows]
    wanted = [each.within(Field.TITLE) for each in concepts(clauses[:-1])]
    wanted.append(any_of(titles))
    found = engine().newest(all_of(wanted), _MOST_PAGES)
    documents = IndexedDocument.objects.filter(place__in=found)
    return [
        Page(each.title, each.address, each.kind)
        for each in documents.order_by("-place")
    ]
