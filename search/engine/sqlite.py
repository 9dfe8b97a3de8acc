"""Finding with FTS5, SQLite's own full-text index."""

import json
from collections.abc import Sequence

from search.engine.base import Engine, Entry
from search.matching import AllOf, AnyOf, Field, Match, Phrase, Term, Without

_COLUMNS = {
    Field.WORDS: "title summary text rest",
    Field.TITLE: "title",
    Field.SUMMARY: "summary",
    Field.TITLE_PARTS: "title_parts",
    Field.FACETS: "facets",
}
_PHRASES = "title summary text"


class SqliteEngine(Engine):
    place = "rowid"
    insert = (
        "INSERT INTO search_terms"
        " (rowid, title, summary, text, rest, title_parts, parts, facets)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    )
    condition = "search_terms MATCH %s"
    # The places alone stand in the index, and are read from it at no cost to speak of.
    newest_matching = (
        "SELECT rowid FROM search_terms"
        " WHERE search_terms MATCH %s ORDER BY rowid DESC LIMIT %s"
    )
    rows_at = (
        "SELECT place, facets, confirmed FROM json_each(%s) asked"
        " CROSS JOIN search_indexeddocument ON place = asked.value"
    )

    def given(self, places: Sequence[int]) -> str:
        return json.dumps(places)

    def values(self, entry: Entry) -> tuple:
        return entry.place, *(" ".join(each) for each in entry.tokens)

    def rendered(self, match: Match) -> str:
        match match:
            case Term(token, Field.ANY):  # no token of a facet is that of a word
                return f'"{token}"'
            case Term(token, field):
                return f'{{{_COLUMNS[field]}}} : "{token}"'
            case Phrase(tokens):
                return f'{{{_PHRASES}}} : "{" ".join(tokens)}"'
            case AllOf(each):
                return f"({' AND '.join(map(self.rendered, each))})"
            case AnyOf(each):
                return f"({' OR '.join(map(self.rendered, each))})"
            case Without(wanted, unwanted):
                left = " OR ".join(map(self.rendered, unwanted))
                return f"({self.rendered(wanted)} NOT ({left}))"
