"""Subjects to choose while writing: by their letters, and by what the text says."""

from kunskapsbank.models import Tag, Version, tag_key
from search.analysis.fields import all_words
from search.analysis.stems import stem
from search.sorting import sort_key

MOST = 8
_TEXTS = (
    "title",
    "summary",
    "background",
    "implementation",
    "result",
    "lessons",
    "place",
)


def beginning_with(text: str) -> list[str]:
    """Names of subjects that readers meet, those that begin so before those that only
    have it in them, the commonest first."""
    key = tag_key(text.replace("\x00", ""))
    if not key:
        return []
    found = Tag.objects.listed().filter(key__contains=key)
    in_order = sorted(found, key=lambda tag: (not tag.key.startswith(key), *_rank(tag)))
    return [tag.name for tag in in_order[:MOST]]


def named_in(version: Version) -> list[str]:
    """Names of subjects that readers meet and that the text has all the words of, in
    whatever form, but for those that it is about already."""
    said = _stems(*(getattr(version, name) for name in _TEXTS))
    has = {tag.pk for tag in version.tags.all()}
    typed = {tag_key(name) for name in version.typed.get("tags", "").split(",")}
    found = [
        tag
        for tag in Tag.objects.listed()
        if tag.pk not in has and tag.key not in typed and _is_said(tag, said)
    ]
    return [tag.name for tag in sorted(found, key=_rank)[:MOST]]


def _rank(tag):
    return -tag.count, sort_key(tag.name)


def _is_said(tag: Tag, said: set[str]) -> bool:
    wanted = _stems(tag.name)
    return bool(wanted) and wanted <= said


def _stems(*texts: str) -> set[str]:
    return {stem(word) for word in all_words(*texts)}
