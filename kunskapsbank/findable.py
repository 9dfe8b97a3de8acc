"""Contributions as the search index takes them.

Whatever changes what is public about a contribution calls `refresh` in the transaction
of the change. The facets are kind, vilja ("1" to "5"), fokus ("4.3.1"), prio (slug),
amne (slug of a subject), org (slug), orgtyp, plats (the place as a slug), period (each
year) and fil ("ja").
"""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch
from django.utils.text import slugify
from django.utils.timezone import localdate

from kunskapsbank import freshness, markdown
from kunskapsbank.enums import Outcome, Scan
from kunskapsbank.models import Tag, Version, VersionAttachment
from kunskapsbank.querysets import VersionQuerySet
from programme.models import Edition, Heir, Prioritering
from programme.querysets import PLACE
from search import index
from search.documents import Document

_SECTIONS = ("background", "implementation", "result", "lessons")
_CHUNK = 200


def key(entry_pk: int) -> str:
    """What the index knows a contribution by."""
    return f"entry:{entry_pk}"


def refresh(entry_pks: Iterable[int]) -> None:
    """Make each of these found as it is now, or not at all when it is not public.

    Call it when all else is written: what is read here waits for whoever else is
    changing the index, so that neither puts back what the other has changed.
    """
    pks = list(entry_pks)
    index.renew([key(pk) for pk in pks], _documents_of(pks))


def documents() -> Iterator[Document]:
    """Those of all contributions that anybody may read."""
    return _documents(Version.objects.listed())


def document_of(version: Version, current: Edition | None) -> Document:
    """The document of a published version; reads what it is tied to.

    `current` is the edition whose prioriteringar it is found by.
    """
    tags = shown_tags(version)
    organisations = list(version.organisations.all())
    files = [each for each in version.attachments.all() if _is_served(each)]
    return Document(
        key=key(version.entry_id),
        kind=version.kind,
        address=version.entry.get_absolute_url(),
        title=version.title,
        summary=" ".join(markdown.plain(version.summary).split()),
        text="\n".join(filter(None, _texts(version, tags, organisations, files))),
        facets={
            **places_of(version, current),
            "amne": [tag.slug for tag in tags],
            "org": [each.slug for each in organisations],
            "orgtyp": {each.kind for each in organisations},
            "plats": [place] if (place := slugify(version.place)) else [],
            "period": _years(version),
            "fil": ["ja"] if files else [],
        },
        date=freshness.vouched_on(version),
        confirmed=freshness.is_confirmed(version, on=localdate()),
    )


def shown_tags(version: Version) -> list[Tag]:
    """The subjects of a version that may be used, in the order of their slugs."""
    tags = [each for each in version.tags.all() if not each.is_forbidden]
    return sorted(tags, key=lambda tag: tag.slug)


def heirs() -> Prefetch:
    """What the prioriteringar of what is read are today."""
    today = Heir.objects.select_related(f"today__{PLACE}")
    return Prefetch("prioriteringar__heirs", today)


def _documents_of(entry_pks: list[int]) -> Iterator[Document]:
    return _documents(Version.objects.listed().filter(entry__in=entry_pks))


def _documents(versions: VersionQuerySet) -> Iterator[Document]:
    places = Prioritering.objects.with_place()
    current = Edition.objects.current()
    files = VersionAttachment.objects.select_related("file").order_by("position", "pk")
    with_ties = versions.select_related("entry").prefetch_related(
        "organisations",
        "tags",
        Prefetch("prioriteringar", places),
        heirs(),
        Prefetch("attachments", files),
    )
    for version in with_ties.order_by("entry").iterator(_CHUNK):
        yield document_of(version, current)


def _texts(version, tags, organisations, files) -> Iterator[str]:
    """All that can be read on the page but title and summary, what tells most first."""
    for name in _SECTIONS:
        yield markdown.plain(getattr(version, name))
    yield Outcome(version.outcome).label if version.outcome else ""
    about = [
        version.place,
        ", ".join(each.name for each in organisations),
        ", ".join(tag.name for tag in tags),
        version.byline,
    ]
    yield ". ".join(filter(None, about))
    for each in files:
        yield each.alt or each.name
        yield each.file.report.get("title", "")
        yield each.file.text


def places_of(tied, current) -> dict[str, set[str]]:
    """Where in today's programme a text or an initiative hangs, with `heirs` fetched;
    numbers mean another thing in another."""
    ties = [here for each in tied.prioriteringar.all() for here in _today(each)]
    here = [each for each in ties if _edition_of(each) == current]
    areas = {each.fokusomrade for each in here}
    return {
        "prio": {each.slug for each in here},
        "fokus": {area.number for area in areas},
        "vilja": {str(area.viljeinriktning.key) for area in areas},
    }


def _today(prioritering) -> list[Prioritering]:
    return [prioritering, *(heir.today for heir in prioritering.heirs.all())]


def _edition_of(prioritering) -> Edition:
    return prioritering.fokusomrade.viljeinriktning.edition


def _years(version) -> list[int]:
    first = version.period_start or version.period_end
    last = version.period_end or first
    return list(range(first, last + 1)) if first else []


def _is_served(attachment) -> bool:
    return attachment.file.scan != Scan.INFECTED
