"""Indicators as the search index takes them.

The facets are vilja, fokus and prio, as contributions have them.
"""

from collections.abc import Iterable, Iterator

from search import index
from search.documents import Document
from uppfoljning.enums.indicators import IndicatorKind
from uppfoljning.models import Indicator


def documents() -> Iterator[Document]:
    """Those of all that readers may see."""
    yield from map(document_of, Indicator.objects.public().with_links().order_by("pk"))


def refresh(pks: Iterable[int]) -> None:
    """Make these found as they are now, or not at all when hidden or gone; raises the
    content generation."""
    wanted = sorted(pks)
    public = Indicator.objects.public().with_links().filter(pk__in=wanted)
    index.renew([_key(pk) for pk in wanted], map(document_of, public))


def _key(pk: int) -> str:
    return f"indicator:{pk}"


def document_of(row: Indicator) -> Document:
    return Document(
        key=_key(row.pk),
        kind=IndicatorKind.INDICATOR,
        address=row.get_absolute_url(),
        title=row.title,
        summary=row.why,
        text="\n".join(filter(None, [row.source_title, row.comment, row.method])),
        facets=_place(row),
    )


def _place(row: Indicator) -> dict[str, list[str]]:
    prioriteringar = list(row.prioriteringar.all())
    areas = [*row.fokusomraden.all(), *(each.fokusomrade for each in prioriteringar)]
    return {
        "vilja": sorted({str(area.viljeinriktning.key) for area in areas}),
        "fokus": sorted({area.number for area in areas}),
        "prio": [each.slug for each in prioriteringar],
    }
