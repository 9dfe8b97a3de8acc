"""Finds what was handed to `search.index`, for pages that show hits.

    from search.finding import find

    found = find("cykel -bil", {"kind": ["good_example"]}, page=2)

Every part of the answer comes from the index; the caller has the labels of kinds and
facets, and its own rules of what an address may hold.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from itertools import chain

from search import misspelling, narrow, vocabulary
from search.analysis.encoding import facet_token
from search.concepts import Concept, concepts
from search.documents import LONGEST_VALUE
from search.engine import engine
from search.engine.base import Row
from search.matching import Field, Match, Term, Without, all_of, any_of
from search.models import IndexedDocument
from search.parsing import cleaned, parse
from search.snippets import Marker, Piece

MOST = 2000
PAGE_SIZE = 20
_NO_FACETS: Mapping[str, Sequence[str]] = {}
# With fewer hits than this that have all words, those that have most of them are added.
FEW = 5
# What a word is worth where it stands. A word in the text alone is worth 1.
_WEIGHTS = [
    (Field.TITLE, 12),
    (Field.TITLE_PARTS, 5),
    (Field.SUMMARY, 4),
    (Field.WORDS, 1),
]
_FINENESS = 1000
# That a document has a word at all, and has all of them, when some need not be there.
_ANYWHERE = 6
_ALL_WORDS = 10**6


@dataclass(frozen=True)
class Hit:
    """A document that was found. `title` and `snippet` are in pieces, some marked."""

    key: str
    kind: str
    address: str
    title: list[Piece]
    snippet: list[Piece]
    date: Date | None
    confirmed: bool
    facets: dict[str, list[str]]


@dataclass(frozen=True)
class Found:
    """One page of hits, and the counts of all of them.

    `total` is exact unless there are `more than 2000` ("fler än 2 000"): then hits and
    counts are of the 2 000 that have all words in the title, or are newest. `facets`
    has for each group how many of the hits have each value, as if nothing were chosen
    in that group; a value that would find nothing is not there, unless it is chosen.
    When fewer than five documents have all the words, those that have some of them (or
    parts of the only one) come after, and `loosened` is true. `instead` is a query to
    suggest ("Menade du …"), or empty.
    """

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    more: bool = False
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    loosened: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Matches:
    """The keys of what was found, best first; the rest is as in `Found`."""

    keys: list[str] = field(default_factory=list)
    more: bool = False
    loosened: bool = False
    instead: str = ""


def find(
    text: str,
    facets: Mapping[str, Sequence[str]] = _NO_FACETS,
    page: int = 1,
    *,
    page_size: int = PAGE_SIZE,
    newest_first: bool = False,
) -> Found:
    """The documents that answer `text` and have the facets, best first.

    Of several values in one group a document has at least one, and it has something
    of every group. Any text is taken: what cannot be read is passed over. An empty
    one finds everything, and one with nothing but unwanted words finds nothing. A page
    beyond the last gives the last.
    """
    query = cleaned(text)
    asked = _Question.of(query)
    if asked is None:
        return Found()
    chosen = _chosen(facets)
    found, more, loosened = asked.in_order(chosen, newest_first=newest_first)
    pages = max(1, math.ceil(len(found) / page_size))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * page_size : page * page_size]
    return Found(
        hits=_hits(shown, asked.marked()),
        total=len(found),
        more=more,
        facets=_facet_counts(asked, chosen, found),
        page=page,
        pages=pages,
        loosened=loosened,
        instead=misspelling.instead(query, asked.wanted, _finds),
    )


def matching(text: str, facets: Mapping[str, Sequence[str]] = _NO_FACETS) -> Matches:
    """The keys of all that `find` would give, for lists that have rows of their own."""
    query = cleaned(text)
    asked = _Question.of(query)
    if asked is None:
        return Matches()
    found, more, loosened = asked.in_order(_chosen(facets))
    documents = IndexedDocument.objects.filter(place__in=[row.place for row in found])
    key_of = dict(documents.values_list("place", "key"))
    return Matches(
        keys=[key_of[row.place] for row in found if row.place in key_of],
        more=more,
        loosened=loosened,
        instead=misspelling.instead(query, asked.wanted, _finds),
    )


def _chosen(facets):
    """Groups with values; one that is too long is cut, and is that of no document."""
    return {
        group: [value[: LONGEST_VALUE + 1] for value in values]
        for group, values in facets.items()
        if values
    }


class _Question:
    """A query as the engine is asked it."""

    def __init__(self, wanted: list[Concept], unwanted: list[Concept]):
        self.wanted = wanted
        self.unwanted = [concept.unwanted() for concept in unwanted]
        self.match = all_of([each.match() for each in wanted]) if wanted else None
        self.all_match: Match | None = None  # when `match` asks for less

    @classmethod
    def of(cls, query):
        """None when there is nothing to find but something to leave out."""
        clauses = parse(query)
        found = concepts(clauses)
        wanted = [each for each in found if not each.clause.unwanted]
        unwanted = [each for each in found if each.clause.unwanted]
        if (unwanted or query) and not wanted:
            return None
        return cls(wanted, unwanted)

    def in_order(self, chosen, *, newest_first=False):
        """The rows that count, best first; if there are more; and if loosened."""
        places, loosened = self.places(chosen)
        more = len(places) > MOST
        is_ranked = places and self.wanted and not newest_first
        if more and is_ranked:
            places = self._titles_first(places, chosen)
        rows = narrow.rows_at(places[:MOST])
        if is_ranked and not more:
            rows = self.ranked(rows, chosen)
        return rows, more, loosened

    def places(self, chosen):
        """The newest that match, one more than are counted; and whether loosened.

        What is chosen narrows, and never loosens: the counts that were offered hold.
        """
        likely = min((each.documents for each in self.wanted), default=0)
        places = engine().newest(self.restricted(chosen), MOST + 1, likely)
        if len(places) >= FEW or not self.wanted:
            return places, False
        strict = engine().newest(self.restricted({}), FEW) if chosen else places
        if len(strict) >= FEW or not self._loosen(len(strict)):
            return places, False
        return engine().newest(self.restricted(chosen), MOST + 1), True

    def _loosen(self, number):
        """Ask for less; tells whether that finds more than this number."""
        for looser in self._looser():
            self.all_match, self.match = self.all_match or self.match, looser
            found = engine().newest(self.restricted({}), FEW)
            if found:
                return len(found) > number
        return False

    def _looser(self):
        """All words but one, else any of them; of a single word, any part."""
        if len(self.wanted) == 1:
            loosely = self.wanted[0].loosely()
            if loosely != self.match:
                yield loosely
        elif self.wanted:
            each = [concept.match() for concept in self.wanted]
            yield any_of(
                [all_of(each[:at] + each[at + 1 :]) for at in range(len(each))]
            )
            yield any_of(each)

    def restricted(self, chosen, also: Sequence[Match] = ()) -> Match | None:
        """What all parts of the question ask for together; None for everything."""
        asked = [] if self.match is None else [self.match]
        for group, values in chosen.items():
            terms = [Term(facet_token(group, each), Field.FACETS) for each in values]
            asked.append(any_of(terms))
        asked += also
        if not asked:
            return None
        match = all_of(asked)
        return Without(match, tuple(self.unwanted)) if self.unwanted else match

    def marked(self):
        found = frozenset().union(*(each.marked for each in self.wanted))
        if self.all_match and len(self.wanted) == 1:
            found |= {*self.wanted[0].pieces}
        return found

    def ranked(self, rows: list[Row], chosen):
        weighed = [
            (weight, self.restricted(chosen, [also]))
            for weight, also in self._weighed()
        ]
        scores = engine().scores([(w, match) for w, match in weighed if match])
        return sorted(
            rows, key=lambda row: (-scores.get(row.place, 0), not row.confirmed)
        )

    def _weighed(self):
        """What the words are worth by field; of several, the rare ones tell more."""
        alone = len(self.wanted) == 1
        for concept in self.wanted:
            rarity = 1.0 if alone else 1 / (1 + math.log2(1 + concept.documents))
            worth = round(rarity * _FINENESS)
            yield from ((w * worth, concept.within(where)) for where, w in _WEIGHTS)
            if self.all_match:
                yield _ANYWHERE * worth, concept.match()
        if self.all_match:
            yield _ALL_WORDS, self.all_match

    def _titles_first(self, places, chosen):
        """Beyond what is counted: all words in the title first, then the newest."""
        in_title = [each.within(Field.TITLE) for each in self.wanted]
        first = engine().newest(self.restricted(chosen, in_title), MOST)
        there = set(first)
        return [*first, *(place for place in places if place not in there)]


def _finds(query):
    asked = _Question.of(query)
    return bool(asked and asked.wanted and engine().newest(asked.match, 1))


def _facet_counts(asked, chosen, rows):
    """How many hits have each value, in one pass over narrow rows per chosen group."""
    counts = _grouped(rows)
    for group, values in chosen.items():
        others = {each: chosen[each] for each in chosen if each != group}
        places = engine().newest(asked.restricted(others), MOST)
        free = _grouped(narrow.rows_at(places))
        counts[group] = dict.fromkeys(values, 0) | free.get(group, {})
    return counts


def _grouped(rows):
    tally = Counter(chain.from_iterable([row.facets for row in rows]))
    counts: dict[str, dict[str, int]] = {}
    for each, number in sorted(tally.items()):
        group, _, value = each.partition(":")
        counts.setdefault(group, {})[value] = number
    return counts


def _hits(rows: Sequence[Row], stems) -> list[Hit]:
    found = IndexedDocument.objects.select_related("content")
    by_place = found.in_bulk([row.place for row in rows])
    marker = Marker(stems, vocabulary.stems_now() if rows else ())
    return [_hit(by_place[row.place], marker) for row in rows if row.place in by_place]


def _hit(document, marker):
    values: dict[str, list[str]] = {}
    for each in document.facets.split():
        group, _, value = each.partition(":")
        values.setdefault(group, []).append(value)
    texts = [document.content.summary, document.content.text]
    return Hit(
        key=document.key,
        kind=document.kind,
        address=document.address,
        title=marker.marked(document.title),
        snippet=marker.snippet(texts),
        date=document.date,
        confirmed=document.confirmed,
        facets=values,
    )
