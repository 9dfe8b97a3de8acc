"""Words that moderators have said find the same."""

from collections.abc import Iterable, Iterator

from search.analysis.stems import stem
from search.analysis.words import clean, words
from search.generation import per_generation
from search.models import SynonymGroup

Spelling = tuple[str, ...]


@per_generation
def _groups() -> dict[str, list[Spelling]]:
    """For the stem of each word that has synonyms, all of them."""
    found: dict[str, list[Spelling]] = {}
    for text in SynonymGroup.objects.order_by("pk").values_list("words", flat=True):
        group = [spelling for line in text.splitlines() if (spelling := _read(line))]
        for spelling in group:
            if len(spelling) == 1:
                others = [each for each in group if each != spelling]
                found.setdefault(stem(spelling[0]), []).extend(others)
    return found


def _read(line):
    return tuple(word.joined or word.text for word in words(clean(line)))


def key(line: str) -> Spelling:
    """What makes two spellings one: the stems of their words. Empty for no word."""
    return tuple(stem(word) for word in _read(line))


def taken(
    lines: Iterable[str], *, but: SynonymGroup | None
) -> Iterator[tuple[str, SynonymGroup]]:
    """Those of the lines that stand in a group already, with it; `but` is passed."""
    others = [each for each in SynonymGroup.objects.order_by("pk") if each != but]
    groups = {key(line): group for group in others for line in group.words.splitlines()}
    for line in lines:
        if group := groups.get(key(line)):
            yield line, group


def of(word: str) -> list[Spelling]:
    """What else finds the same as `word`, each as its words in order."""
    return _groups().get(stem(word), [])
