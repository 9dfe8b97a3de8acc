"""A new edition begins as a copy of the current one, word for word.

Each fokusområde and prioritering of the copy is tied to what it was copied from, as
unchanged and unconfirmed: people then change the text, and the ties, in the admin.
"""

from django.db import IntegrityError, transaction

from accounts.models import User
from programme import taxonomy
from programme.enums import EditionStatus, LineageKind
from programme.models import Edition, Lineage
from programme.taxonomy import Taxonomy
from uppfoljning.exceptions.editions import AddressTaken, NothingToDraftFrom
from uppfoljning.workflow.editions import check_may_revise, save_as


@transaction.atomic
def draft_edition(
    *, by: User, slug: str, title: str, period_start: int, period_end: int
) -> Edition:
    """Make a proposal that has every word of the current edition.

    Raises MayNotRevise, NothingToDraftFrom and AddressTaken.
    """
    check_may_revise(by)
    current = Edition.objects.current()
    if current is None:
        raise NothingToDraftFrom("no edition is decided")
    edition = Edition(
        slug=slug,
        title=title,
        period_start=period_start,
        period_end=period_end,
        status=EditionStatus.PROPOSAL,
    )
    try:
        with transaction.atomic():
            save_as(edition, by)
    except IntegrityError as fault:
        raise AddressTaken(slug) from fault
    _Copier(edition, by, f"kopierad från {current.slug}").copy(taxonomy.read(current))
    return edition


class _Copier:
    def __init__(self, edition: Edition, by: User, reason: str):
        self.edition, self.by, self.reason = edition, by, reason

    def copy(self, tree: Taxonomy) -> None:
        for chapter in tree.chapters:
            new = self._made(chapter, edition=self.edition)
            self._footnotes(chapter, chapter=new)
        for strand in tree.viljeinriktningar:
            new = self._made(strand, edition=self.edition)
            for area in strand.fokusomraden.all():
                self._area(area, new)

    def _area(self, area, strand):
        new = self._made(area, viljeinriktning=strand)
        self._footnotes(area, fokusomrade=new)
        self._tie(from_fokusomrade=area, to_fokusomrade=new)
        for each in area.prioriteringar.all():
            self._prioritering(each, new)

    def _prioritering(self, each, area):
        place = area.number.replace(".", "-")
        slug = f"{self.edition.slug}-{place}-{each.letter}"
        new = self._made(each, fokusomrade=area, slug=slug)
        self._footnotes(each, prioritering=new)
        self._tie(from_prioritering=each, to_prioritering=new)

    def _footnotes(self, row, **place):
        for note in row.footnotes.all():
            self._made(note, edition=self.edition, **place)

    def _tie(self, **ends):
        tie = Lineage(edition=self.edition, kind=LineageKind.UNCHANGED, **ends)
        save_as(tie, self.by, self.reason)

    def _made(self, row, **parts):
        """A new row with the same words, in its own place."""
        words = {
            each.attname: getattr(row, each.attname)
            for each in row._meta.concrete_fields
            if not each.primary_key and each.name not in parts
        }
        new = type(row)(**words, **parts)
        save_as(new, self.by, self.reason)
        return new
