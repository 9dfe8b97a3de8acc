"""What a document must hold to be found, in terms that every engine can put in its own.

Tokens come from `search.analysis.encoding`, so they are safe in any syntax.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Field(Enum):
    """Where in a document a token is looked for."""

    ANY = "any"  # the words and their parts
    WORDS = "words"  # the words themselves
    TITLE = "title"
    SUMMARY = "summary"
    TITLE_PARTS = "title_parts"
    FACETS = "facets"


@dataclass(frozen=True)
class Term:
    token: str
    field: Field = Field.ANY


@dataclass(frozen=True)
class Phrase:
    """Tokens in a row within title, summary or the first thousand words."""

    tokens: tuple[str, ...]


@dataclass(frozen=True)
class AllOf:
    each: tuple["Match", ...]


@dataclass(frozen=True)
class AnyOf:
    each: tuple["Match", ...]


@dataclass(frozen=True)
class Without:
    wanted: "Match"
    unwanted: tuple["Match", ...]


Match = Term | Phrase | AllOf | AnyOf | Without


def all_of(each: Sequence[Match]) -> Match:
    """Every one of `each`, of which there is at least one."""
    return each[0] if len(each) == 1 else AllOf(tuple(dict.fromkeys(each)))


def any_of(each: Sequence[Match]) -> Match:
    """At least one of `each`, of which there is at least one."""
    unique = tuple(dict.fromkeys(each))
    return unique[0] if len(unique) == 1 else AnyOf(unique)
