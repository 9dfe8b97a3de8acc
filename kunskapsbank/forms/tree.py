"""The programme's tree as forms have it, with the prioriteringar that are chosen."""

from collections.abc import Collection, Iterator

from programme import taxonomy
from programme.models import Fokusomrade, Prioritering, Viljeinriktning
from programme.taxonomy import Taxonomy

Leaves = list[tuple[Prioritering, bool]]
Branch = tuple[Viljeinriktning, int, list[tuple[Fokusomrade, Leaves]]]


def branches(
    chosen: Collection[str], *, by: str = "pk", programme: Taxonomy | None = None
) -> Iterator[Branch]:
    """Each viljeinriktning, how many are chosen there, and pairs of fokusområde and
    its prioriteringar with whether each is chosen: its key, or slug, is in `chosen`.

    `programme` is the current edition, when it has been read already."""
    programme = programme or taxonomy.current()
    for strand in programme.viljeinriktningar:
        leaves = [
            (
                area,
                [
                    (each, str(getattr(each, by)) in chosen)
                    for each in area.prioriteringar.all()
                ],
            )
            for area in strand.fokusomraden.all()
        ]
        yield strand, sum(is_on for _, each in leaves for _, is_on in each), leaves
