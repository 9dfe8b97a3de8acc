"""The current edition's tree, kept in process for as long as nothing changes.

Menus, filters and labels are on every page; reading them anew each time would cost
more than the page itself.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch

from programme.models import Edition, Fokusomrade, Prioritering, Viljeinriktning
from search import generation

_kept: dict[int, "Taxonomy"] = {}


@dataclass(frozen=True)
class Taxonomy:
    """`edition` and its tree; `place_of` finds a prioritering by primary key."""

    edition: Edition | None
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
    if content_generation not in _kept:
        taxonomy = _read()
        _kept.clear()
        _kept[content_generation] = taxonomy
    return _kept[content_generation]


def forget() -> None:
    """Read the tree again at the next call, whatever the generation."""
    _kept.clear()


def _read() -> Taxonomy:
    edition = Edition.objects.current()
    if edition is None:
        return Taxonomy(None)
    prioriteringar = Prioritering.objects.with_place().order_by("position")
    fokusomraden = (
        Fokusomrade.objects.order_by("position")
        .select_related("viljeinriktning__edition")
        .prefetch_related(Prefetch("prioriteringar", prioriteringar))
    )
    tree = (
        edition.viljeinriktningar.order_by("position")
        .select_related("edition")
        .prefetch_related(Prefetch("fokusomraden", fokusomraden))
        .annotate(prioritering_count=Count("fokusomraden__prioriteringar"))
    )
    return Taxonomy(edition, list(tree))
