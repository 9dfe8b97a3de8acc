"""Lists of records: whole where they are short, and else page by page."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from pydantic import Field

from livskvalitet.open_data.asked import Paging
from livskvalitet.open_data.follow_up_records import (
    ConnectionRecord,
    IndicatorRecord,
    InitiativeRecord,
    MeasurementRecord,
    ReportRecord,
)
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.records import (
    Contribution,
    FokusomradeRecord,
    FrameworkRecord,
    LinkRecord,
    OrganisationRecord,
    PrioriteringRecord,
    Record,
    SubjectRecord,
    ViljeinriktningRecord,
)

TOTAL = "Antal poster i allt"


class Index(Record):
    title: str = Field(description="Vad API:et heter")
    version: str = Field(description="API:ets version")
    description: str = Field(description="Beskrivning av API:et i OpenAPI")
    lists: list[str] = Field(description="Listornas adresser")


class Listing(Record):
    total: int = Field(description=TOTAL)


class RecordPage(Listing):
    next: str | None = Field(description="Nästa sida")
    previous: str | None = Field(description="Föregående sida")


class ContributionPage(RecordPage):
    results: list[Contribution]


class LinkPage(RecordPage):
    results: list[LinkRecord]


class PrioriteringList(Listing):
    results: list[PrioriteringRecord]


class FokusomradeList(Listing):
    results: list[FokusomradeRecord]


class ViljeinriktningList(Listing):
    results: list[ViljeinriktningRecord]


class SubjectList(Listing):
    results: list[SubjectRecord]


class OrganisationList(Listing):
    results: list[OrganisationRecord]


class FrameworkList(Listing):
    results: list[FrameworkRecord]


class IndicatorList(Listing):
    results: list[IndicatorRecord]


class MeasurementPage(RecordPage):
    results: list[MeasurementRecord]


class InitiativePage(RecordPage):
    results: list[InitiativeRecord]


class ConnectionPage(RecordPage):
    results: list[ConnectionRecord]


class ReportList(Listing):
    results: list[ReportRecord]


def page_of(
    request: HttpRequest,
    asked: Paging,
    kind: type[RecordPage],
    *,
    total: int,
    rows: Callable[[], list],
) -> RecordPage:
    """The page that is asked for; `rows` reads it, and is not called for nothing.

    Raises Http404 for a page after the last; the first is there also when empty.
    """
    first = (asked.page - 1) * asked.size
    if first and first >= total:
        raise Http404
    is_last = first + asked.size >= total
    return kind(
        total=total,
        next=None if is_last else _address(request, asked.page + 1),
        previous=_address(request, asked.page - 1) if asked.page > 1 else None,
        results=rows() if total else [],
    )


def sliced(rows: QuerySet, asked: Paging) -> QuerySet:
    """Those of the page that is asked for."""
    first = (asked.page - 1) * asked.size
    return rows[first : first + asked.size]


def _address(request, number):
    query = request.GET.copy()
    query["sida"] = str(number)
    return absolute(f"{request.path}?{query.urlencode()}")
