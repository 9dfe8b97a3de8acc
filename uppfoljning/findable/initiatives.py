"""Initiatives as the search index takes them.

Whatever changes what is public of an initiative calls `refresh` in the transaction of
the change. The facets are vilja, fokus, prio, org, orgtyp and period, as contributions
have them.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.timezone import localdate

from kunskapsbank import markdown
from kunskapsbank.findable import heirs, places_of
from programme.models import Edition
from search import index
from search.documents import Document
from uppfoljning.enums.initiatives import InitiativeKind
from uppfoljning.models import Initiative


def refresh(pks: Iterable[int]) -> None:
    """Make each found as it is now, or not at all when it is not public; raises the
    content generation."""
    wanted = list(pks)
    rows = Initiative.objects.public().filter(pk__in=wanted)
    index.renew(map(_key, wanted), _documents(rows))


def documents() -> Iterator[Document]:
    return _documents(Initiative.objects.public())


def _documents(rows: QuerySet) -> Iterator[Document]:
    current = Edition.objects.current()
    read = rows.with_ties().prefetch_related(heirs()).order_by("pk")
    return (document_of(each, current) for each in read)


def document_of(initiative: Initiative, current: Edition | None) -> Document:
    return Document(
        key=_key(initiative.pk),
        kind=InitiativeKind.INITIATIVE,
        address=initiative.get_absolute_url(),
        title=initiative.title,
        summary=" ".join(markdown.plain(initiative.summary).split()),
        text="\n".join(filter(None, _texts(initiative))),
        facets={
            **places_of(initiative, current),
            "org": [initiative.organisation.slug],
            "orgtyp": [initiative.organisation.kind],
            "period": _years(initiative),
        },
        date=localdate(initiative.changed_at),
    )


def _key(pk: int) -> str:
    return f"initiative:{pk}"


def _texts(initiative: Initiative) -> Iterator[str]:
    for name in ("description", "effect", "evidence"):
        yield markdown.plain(getattr(initiative, name))
    yield initiative.organisation.name


def _years(initiative: Initiative) -> list[str]:
    first = initiative.period_start
    last = initiative.period_end or first
    return [str(year) for year in range(first, last + 1)] if first else []
