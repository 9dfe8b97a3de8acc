"""Reads what a person typed: words, "phrases", -unwanted and beginnings*."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.stopwords import STOP_WORDS
from search.analysis.words import clean, words

LONGEST = 300
_MOST = 12
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"|(?P<bare>[^\s"]+))')


@dataclass(frozen=True)
class Clause:
    """One thing that is asked for, or not wanted.

    Several words are a phrase; `joined` is what they are as one word, when a hyphen
    ties them. `start` and `end` tell where it stands in the query as `cleaned` has it.
    """

    words: tuple[str, ...]
    start: int
    end: int
    quoted: bool = False
    unwanted: bool = False
    beginning: bool = False
    joined: str = ""


def cleaned(query: str) -> str:
    """The query as it is read: composed, of one line, no longer than `LONGEST`."""
    return " ".join(clean(query[: 4 * LONGEST]).split())[:LONGEST].translate(_QUOTES)


def parse(query: str) -> list[Clause]:
    """The clauses of a cleaned query, words that say nothing left out."""
    clauses = [clause for found in _PIECE.finditer(query) for clause in _read(found)]
    telling = [clause for clause in clauses if not _says_nothing(clause)]
    if not any(not clause.unwanted for clause in telling):
        telling += [clause for clause in clauses if _says_nothing(clause)]
    return sorted(telling, key=lambda clause: clause.start)[:_MOST]


def _says_nothing(clause):
    alone = len(clause.words) == 1 and not clause.quoted
    return alone and not clause.beginning and clause.words[0] in STOP_WORDS


def _read(found) -> Iterator[Clause]:
    unwanted = bool(found["minus"])
    if found["phrase"] is not None:
        some = list(words(found["phrase"]))
        if some:
            yield Clause(
                tuple(word.text for word in some),
                found.start(),
                found.end(),
                quoted=True,
                unwanted=unwanted,
            )
        return
    yield from _bare(found["bare"], found.start("bare"), unwanted)


def _bare(text, at, unwanted):
    waiting: list[str] = []
    start = 0
    for word in words(text):
        start = start if waiting else word.start
        waiting.append(word.text)
        if re.match(r"-[^\W_]", text[word.end :]) and not word.joined:
            continue
        yield Clause(
            tuple(waiting),
            at + start,
            at + word.end,
            unwanted=unwanted,
            beginning=text[word.end : word.end + 1] == "*",
            joined=word.joined,
        )
        waiting = []
