"""Finding with a tsvector and its GIN index, in PostgreSQL without extensions.

A lexeme is a token, or a capital letter and a token for what stands in one field: the
index then knows the field itself, and no row has to be read to see where a word is.
"""

from collections import defaultdict
from collections.abc import Sequence

from search.analysis.encoding import FILLER
from search.engine.base import Engine, Entry
from search.matching import AllOf, AnyOf, Field, Match, Phrase, Term, Without

_LETTERS = {
    Field.WORDS: "",
    Field.TITLE: "T",
    Field.SUMMARY: "S",
    Field.TITLE_PARTS: "H",
    Field.FACETS: "F",
}
_PARTS = "P"
# Between two fields, so that no phrase runs from one into the next.
_GAP = 10


class PostgresEngine(Engine):
    place = "place"
    insert = (
        "INSERT INTO search_terms (place, facets, confirmed, terms)"
        " VALUES (%s, %s, %s, %s::tsvector)"
    )
    condition = "terms @@ %s::tsquery"
    # OFFSET 0 makes the planner ask the index. Left to itself it reads the newest rows
    # one by one, terms and all, which only pays when nearly all of them match.
    newest_matching = (
        "SELECT place FROM (SELECT place FROM search_terms"
        " WHERE terms @@ %s::tsquery OFFSET 0) matching ORDER BY place DESC LIMIT %s"
    )
    newest_of_many = (
        "SELECT place FROM search_terms"
        " WHERE terms @@ %s::tsquery ORDER BY place DESC LIMIT %s"
    )
    rows_at = "SELECT place, facets, confirmed FROM search_terms WHERE place = ANY(%s)"

    def given(self, places: Sequence[int]) -> list[int]:
        return list(places)

    def values(self, entry: Entry) -> tuple:
        tokens = entry.tokens
        lexemes: defaultdict[str, list[int]] = defaultdict(list)
        first = 1
        for row in (tokens.title, tokens.summary, tokens.text):
            for number, token in enumerate(row, start=first):
                lexemes[token].append(number)
            first += len(row) + _GAP
        lexemes.pop(FILLER, None)
        for letter, row in [
            ("", tokens.rest),
            ("T", tokens.title),
            ("S", tokens.summary),
            ("H", tokens.title_parts),
            ("P", tokens.title_parts),
            ("P", tokens.parts),
            ("F", tokens.facets),
        ]:
            for token in row:
                lexemes[f"{letter}{token}"]
        terms = " ".join(map(_written, lexemes, lexemes.values()))
        return entry.place, entry.facets, entry.confirmed, terms

    def rendered(self, match: Match) -> str:
        match match:
            case Term(token, Field.ANY):
                return f"({token} | {_PARTS}{token})"
            case Term(token, field):
                return f"{_LETTERS[field]}{token}"
            case Phrase(tokens):
                return f"({' <-> '.join(tokens)})"
            case AllOf(each):
                return f"({' & '.join(map(self.rendered, each))})"
            case AnyOf(each):
                return f"({' | '.join(map(self.rendered, each))})"
            case Without(wanted, unwanted):
                left = " | ".join(map(self.rendered, unwanted))
                return f"({self.rendered(wanted)} & !({left}))"


def _written(lexeme, places):
    return f"{lexeme}:{','.join(map(str, places))}" if places else lexeme
