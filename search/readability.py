"""How hard a Swedish text is to read."""

import re

_WORD = re.compile(r"[^\W_]+(?:[-'’:.,][^\W_]+)*")
# A full stop, question or exclamation mark, a colon before a capital letter,
# or an empty line: a heading or a list item is a sentence too.
_SENTENCE_END = re.compile(r"[.!?…]+[”»\")]*(?=\s|$)|:(?=\s+[A-ZÅÄÖ])|\n\s*\n")
_LONG = 6


def lix(text: str) -> float:
    """The readability index of `text`, by C. H. Björnsson, *Läsbarhet* (1968).

    Words per sentence plus the percentage of words with more than six letters.
    Under 30 is very easy, 30–40 easy, 40–50 as in newspapers, over 60 very hard.
    A text without words gives 0.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    long_words = sum(len(word) > _LONG for word in words)
    return len(words) / _count_sentences(text) + 100 * long_words / len(words)


def _count_sentences(text):
    return sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(text))
