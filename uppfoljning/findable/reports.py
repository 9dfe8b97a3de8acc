"""Adopted reports as the search index takes them, from what was adopted alone."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from kunskapsbank import markdown
from search import index
from search.documents import Document
from uppfoljning.enums.reports import ReportKind
from uppfoljning.models import Report


def refresh(pks: Iterable[int]) -> None:
    """Make each found as it is now; raises the content generation."""
    wanted = list(pks)
    rows = Report.objects.public().filter(pk__in=wanted)
    index.renew(map(_key, wanted), _documents(rows))


def documents() -> Iterator[Document]:
    return _documents(Report.objects.public())


def _documents(rows: QuerySet) -> Iterator[Document]:
    return map(document_of, rows.order_by("pk"))


def document_of(report: Report) -> Document:
    content = report.adoption.data
    strands = content["viljeinriktningar"]
    areas = [area for strand in strands for area in strand["fokusomraden"]]
    texts = [markdown.plain(each["text"]) for each in areas]
    return Document(
        key=_key(report.pk),
        kind=ReportKind.REPORT,
        address=report.get_absolute_url(),
        title=content["title"],
        summary=f"Rapport till kommunfullmäktige om {content['edition_title']}",
        text="\n".join(each for each in texts if each),
        facets={
            "vilja": {str(strand["key"]) for strand in strands},
            "fokus": {area["number"] for area in areas},
            "period": [str(each) for each in report.years],
        },
        date=report.adoption.adopted_on,
    )


def _key(pk: int) -> str:
    return f"report:{pk}"
