"""Guesses what was meant by words that are in no document: "Menade du …"."""

from collections.abc import Callable, Sequence

from django.db.models.functions import Length

from search.analysis.words import fold
from search.concepts import Concept
from search.models import VocabularyWord

_SHORTEST = 4
_LONG = 8


def instead(query: str, wanted: Sequence[Concept], finds: Callable[[str], bool]) -> str:
    """`query` with its unknown words put right, if that finds anything; else empty."""
    put_right = query
    for concept in sorted(wanted, key=lambda each: -each.clause.start):
        word = concept.clause.words[0]
        if concept.found or len(concept.clause.words) > 1 or len(word) < _SHORTEST:
            continue
        meant = nearest(word)
        if meant:
            clause = concept.clause
            put_right = put_right[: clause.start] + meant + put_right[clause.end :]
    return put_right if put_right != query and finds(put_right) else ""


def nearest(word: str) -> str:
    """The word of the documents that `word` is most likely a slip for, or empty."""
    allowed = 2 if len(word) >= _LONG else 1
    plain = fold(word)
    near = VocabularyWord.objects.annotate(length=Length("word")).filter(
        folded__startswith=plain[0],
        length__gte=len(word) - allowed,
        length__lte=len(word) + allowed,
    )
    best = min(
        (
            (slips, -documents, other)
            for other, folded, documents in near.values_list(
                "word", "folded", "documents"
            )
            if (slips := distance(plain, folded, allowed)) <= allowed
        ),
        default=(0, 0, ""),
    )
    return best[2]


def distance(one: str, other: str, most: int) -> int:
    """How many letters are wrong, missing, extra or have changed places.

    Beyond `most` it may be any number greater than that.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(
                last[column] + 1,
                now[-1] + 1,
                last[column - 1] + (letter != against),
            )
            if _swapped(one[:row], other[:column]):
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def _swapped(one, other):
    """Whether the two last letters are the same the other way round."""
    return len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]
