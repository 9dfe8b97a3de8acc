"""The words of the indexed texts: how they are spelt, how often, and their parts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import F, Q

from search.analysis.compounds import parts
from search.analysis.stems import stem
from search.analysis.words import fold
from search.generation import per_generation
from search.models import VocabularyWord

T = TypeVar("T")

_CHUNK = 500
# With more new stems than this, every word is parted anew.
_MANY_STEMS = 60


def chunks(some: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    waiting = iter(some)
    while chunk := list(islice(waiting, size)):
        yield chunk


def known_stems() -> frozenset[str]:
    """The stems of all words, by which compounds are parted."""
    return frozenset(VocabularyWord.objects.values_list("stem", flat=True).distinct())


@per_generation
def stems_now() -> frozenset[str]:
    """The same, kept in the process for as long as no content changes."""
    return known_stems()


def look_up(some: Iterable[str], stems: Iterable[str] = ()) -> list[VocabularyWord]:
    """Words that are these, have their stems or others, or are they without dots."""
    own = set(some)
    return list(
        VocabularyWord.objects.filter(
            Q(stem__in={stem(word) for word in own}.union(stems))
            | Q(folded__in=own)
            | Q(folded_stem__in={fold(stem(word)) for word in own})
        ).order_by("word")
    )


def beginning_with(start: str, most: int) -> list[VocabularyWord]:
    """Words that begin so, the commonest first."""
    found = VocabularyWord.objects.filter(word__startswith=start)
    return list(found.order_by("-documents", "word")[:most])


def parts_of(some: Iterable[str]) -> dict[str, list[str]]:
    """For each of these words that has known parts, their stems."""
    found: dict[str, list[str]] = {}
    for chunk in chunks(sorted(some)):
        rows = VocabularyWord.objects.filter(word__in=chunk).exclude(parts="")
        for word, its_parts in rows.values_list("word", "parts"):
            found[word] = its_parts.split()
    return found


def clear() -> None:
    VocabularyWord.objects.all().delete()


def change(counts: Counter[str]) -> set[str]:
    """Add to (or take from) the number of documents that have each word.

    A word that no document has is forgotten at once. Gives the words that others must
    be indexed anew for: those that were known, and have other parts than before.
    """
    new, changed_stems = _count(counts)
    return _part(new, changed_stems) if new or changed_stems else set()


def _count(counts):
    """Store the counts; gives the words that were not there, and the stems that have
    come or gone."""
    changed = sorted(word for word, number in counts.items() if number)
    new, came = set(), set()
    for chunk in chunks(changed):
        there = set(
            VocabularyWord.objects.filter(word__in=chunk).values_list("word", flat=True)
        )
        _raise([word for word in chunk if word in there], counts)
        missing = [word for word in chunk if word not in there and counts[word] > 0]
        came |= _unknown({stem(word) for word in missing})
        VocabularyWord.objects.bulk_create(
            VocabularyWord(
                word=word,
                stem=stem(word),
                folded=fold(word),
                folded_stem=fold(stem(word)),
                documents=counts[word],
            )
            for word in missing
        )
        new |= set(missing)
    return new, came ^ _forget()


def _forget():
    """Forget the words that no document has; gives the stems that went with them."""
    unused = VocabularyWord.objects.filter(documents=0)
    stems = set(unused.values_list("stem", flat=True))
    if stems:
        unused.delete()
    return _unknown(stems)


def _unknown(stems):
    """Those of the stems that no word has."""
    unknown = set(stems)
    for chunk in chunks(sorted(stems)):
        known = VocabularyWord.objects.filter(stem__in=chunk)
        unknown -= set(known.values_list("stem", flat=True))
    return unknown


def _raise(words, counts):
    by_number: dict[int, list[str]] = {}
    for word in words:
        by_number.setdefault(counts[word], []).append(word)
    for number, same in by_number.items():
        rows = VocabularyWord.objects.filter(word__in=same)
        rows.update(documents=F("documents") + number)


def _part(new, changed_stems):
    """Part new words, and those that changed stems can be in; gives what differs."""
    known = known_stems()
    rough = {_rough(fold(each))[: 4 if len(each) > 5 else 3] for each in changed_stems}
    differ = []
    for word, before in _rows(new, rough):
        now = " ".join(sorted(parts(word, known)))
        if now != before:
            differ.append(VocabularyWord(word=word, parts=now))
    for chunk in chunks(differ):
        VocabularyWord.objects.bulk_update(chunk, ["parts"])
    return {row.word for row in differ} - new


def _rows(new, rough):
    """Pairs of word and parts, of all that may have other parts now."""
    rows = VocabularyWord.objects.values_list("word", "parts")
    if not rough:
        for chunk in chunks(sorted(new)):
            yield from rows.filter(word__in=chunk)
        return
    if len(rough) > _MANY_STEMS:
        yield from rows
        return
    touched = re.compile("|".join(map(re.escape, rough)))
    for word, its_parts, folded in rows.values_list("word", "parts", "folded"):
        if word in new or touched.search(_rough(folded)):
            yield word, its_parts


def _rough(folded):
    """As a stem is spelt in all forms of the word: städer and stad, böcker and bok."""
    return folded.replace("k", "c")
