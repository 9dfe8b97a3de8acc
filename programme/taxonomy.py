"""The decided editions' trees, kept in process for as long as nothing changes.

Menus, filters and labels are on every page; reading them anew each time would cost
more than the page itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from django.db.models import Count, Prefetch

from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Heir,
    Prioritering,
    Viljeinriktning,
)
from search import generation

Kept = TypeVar("Kept")

_reading = Lock()
_kept: tuple[int, dict] = (-1, {})


@dataclass(frozen=True)
class Taxonomy:
    """An edition with its chapters and its tree, footnotes included."""

    edition: Edition | None
    chapters: list[Chapter] = field(default_factory=list)
    viljeinriktningar: list[Viljeinriktning] = field(default_factory=list)

    @property
    def fokusomraden(self):
        return [
            fokusomrade
            for viljeinriktning in self.viljeinriktningar
            for fokusomrade in viljeinriktning.fokusomraden.all()
        ]

    @property
    def prioriteringar(self):
        return [
            prioritering
            for fokusomrade in self.fokusomraden
            for prioritering in fokusomrade.prioriteringar.all()
        ]


def current(content_generation: int | None = None) -> Taxonomy:
    """The tree of the current edition, read again when content has changed.

    `content_generation` is the generation when the caller already knows it.
    """
    if content_generation is None:
        content_generation = generation.current()
    editions = decided(content_generation)
    return of(editions[0].slug if editions else None, content_generation)


def of(slug: str | None, content_generation: int | None = None) -> Taxonomy:
    """The tree of the decided edition `slug`; an empty one when there is none."""
    if content_generation is None:
        content_generation = generation.current()
    editions = {each.slug: each for each in decided(content_generation)}
    if slug not in editions:
        return Taxonomy(None)
    return keep(("edition", slug), lambda: read(editions[slug]), content_generation)


def decided(content_generation: int | None = None) -> list[Edition]:
    """The editions that are decided, the current one first."""
    return keep("decided", lambda: list(Edition.objects.in_turn()), content_generation)


def earlier(content_generation: int | None = None) -> list[Prioritering]:
    """The prioriteringar of the decided editions that are not the current one."""
    if content_generation is None:
        content_generation = generation.current()
    others = decided(content_generation)[1:]
    trees = [of(each.slug, content_generation) for each in others]
    return [each for tree in trees for each in tree.prioriteringar]


def heirs(content_generation: int | None = None) -> dict[int, list[int]]:
    """By the key of a prioritering of an earlier edition, those of today's."""
    if content_generation is None:
        content_generation = generation.current()
    if len(decided(content_generation)) < 2:
        return {}
    return keep("heirs", _read_heirs, content_generation)


def now(prioriteringar: Iterable[Prioritering]) -> list[Prioritering]:
    """Where they stand in today's programme: those of it, and what those of earlier
    editions are in it, in its order."""
    wanted, heirs_of = set(), heirs()
    for each in prioriteringar:
        wanted |= {each.pk, *heirs_of.get(each.pk, ())}
    return [each for each in current().prioriteringar if each.pk in wanted]


def keep(
    key: object, read: Callable[[], Kept], content_generation: int | None = None
) -> Kept:
    """What `read` gives, kept under `key` until the content generation changes."""
    global _kept
    if content_generation is None:
        content_generation = generation.current()
    with _reading:
        if _kept[0] != content_generation:
            _kept = (content_generation, {})
        kept = _kept[1]
        if key not in kept:
            kept[key] = read()
        return kept[key]


def forget() -> None:
    """Read everything again at the next call, whatever the generation."""
    global _kept
    _kept = (-1, {})


def _read_heirs() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for earlier, today in Heir.objects.values_list("earlier_id", "today_id"):
        found.setdefault(earlier, []).append(today)
    return found


def read(edition: Edition) -> Taxonomy:
    """The tree of an edition as it is now, kept nowhere; a proposal has one too."""
    prioriteringar = Prioritering.objects.order_by("position")
    fokusomraden = Fokusomrade.objects.order_by("position").prefetch_related(
        "footnotes",
        Prefetch("prioriteringar", prioriteringar.prefetch_related("footnotes")),
    )
    strands = edition.viljeinriktningar.order_by("position").annotate(
        prioritering_count=Count("fokusomraden__prioriteringar")
    )
    chapters = edition.chapters.order_by("position").prefetch_related("footnotes")
    return Taxonomy(
        edition,
        list(chapters),
        list(strands.prefetch_related(Prefetch("fokusomraden", fokusomraden))),
    )
