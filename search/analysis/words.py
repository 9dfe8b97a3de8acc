"""Finds the words of a text, as people write them in Swedish."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Letters and digits; parts of one word are joined by hyphens, and what follows a colon
# is an ending: gc-väg, EU:s, id:n.
_WORD = re.compile(r"([^\W_]+(?:-[^\W_]+)*)(?::[a-zåäö]{1,4}\b)?")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\ufe63\uff0d"), "-")
# Soft hyphens and joiners that are not seen, and what no database takes
_UNSEEN = dict.fromkeys([0, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_BEYOND_LATIN = re.compile(r"[^\x00-\u02ff]")
_LONGEST = 60


class Word(NamedTuple):
    """A word as it is compared, and where it stands in the cleaned text."""

    text: str
    start: int
    end: int
    joined: str = ""  # the whole that a last part ends: gcväg for the väg of gc-väg


def clean(text: str) -> str:
    """`text` composed (NFC), without soft hyphens, with one kind of hyphen."""
    seen = text.translate(_UNSEEN).translate(_HYPHENS)
    composed = unicodedata.normalize("NFC", seen)
    if not _BEYOND_LATIN.search(composed):
        return composed
    return "".join(each for each in composed if not unicodedata.combining(each))


def words(text: str) -> Iterator[Word]:
    """The words of a cleaned text, in order; hyphenated ones part by part."""
    for found in _WORD.finditer(text):
        parts, joined = compared(found[1])
        start = found.start()
        for part, spelt in zip(parts[:-1], found[1].split("-"), strict=False):
            yield Word(part, start, start + len(spelt))
            start += len(spelt) + 1
        yield Word(parts[-1], start, found.end(), joined)


def written(text: str) -> list[str]:
    """The words of a cleaned text as they are written, hyphenated ones whole."""
    return _WORD.findall(text)


def standing(text: str) -> Iterator[re.Match[str]]:
    """The same, each where it stands: the word is the match's first group."""
    return _WORD.finditer(text)


@lru_cache(maxsize=200_000)
def compared(word: str) -> tuple[tuple[str, ...], str]:
    """A written word as it is compared: its parts, and the whole if there are many."""
    parts = tuple(map(_compared, word.split("-")))
    return parts, _compared(word.replace("-", "")) if len(parts) > 1 else ""


def _compared(word):
    return unicodedata.normalize("NFC", word.casefold())[:_LONGEST]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """`word` without dots, rings and accents, as on a keyboard that has none."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.replace("ø", "o").replace("æ", "a"))
    return "".join(each for each in apart if not unicodedata.combining(each))


def has_accents(word: str) -> bool:
    return fold(word) != word
