"""What ranking and counting need of documents, kept while no content changes.

Whatever is searched for, it is mostly the same documents that are counted: the newest.
"""

from collections.abc import Sequence

from search.engine import engine
from search.engine.base import Row
from search.generation import per_generation

# A few hundred bytes each.
MOST_KEPT = 50_000


def rows_at(places: Sequence[int]) -> list[Row]:
    """What stands at these places, in their order; what is gone is left out."""
    kept = _kept()
    rows = [kept.get(place) for place in places]
    missing = [place for place, row in zip(places, rows, strict=True) if row is None]
    if not missing:
        return [row for row in rows if row]
    read = {row.place: row for row in engine().rows(missing)}
    if len(kept) + len(read) <= MOST_KEPT:
        kept.update(read)
    found = (row or read.get(place) for place, row in zip(places, rows, strict=True))
    return [row for row in found if row]


@per_generation
def _kept() -> dict[int, Row]:
    return {}
