"""What may be read at /api/v1/ of the follow-up."""

from typing import Annotated

from django.http import Http404, HttpResponse
from ninja import Path, Query

from livskvalitet.open_data import follow_up_reading as reading
from livskvalitet.open_data import pages
from livskvalitet.open_data.asked import CONNECTION_NUMBER, Paging
from livskvalitet.open_data.follow_up_records import (
    ConnectionRecord,
    IndicatorDetail,
    InitiativeRecord,
    ReportContent,
    ReportRecord,
)
from livskvalitet.open_data.pages import (
    ConnectionPage,
    IndicatorList,
    InitiativePage,
    MeasurementPage,
    ReportList,
)
from livskvalitet.open_data.refusals import refusal
from livskvalitet.open_data.serving import reads
from uppfoljning.enums.initiatives import InitiativeState
from uppfoljning.models import Initiative

Slug = Annotated[
    str, Path(pattern=r"^[a-z0-9_-]+$", max_length=120, description="Kortnamn")
]
Number = Annotated[str, Path(pattern=CONNECTION_NUMBER, description="Nummer, som S-12")]
Year = Annotated[int, Path(ge=2016, le=2100, description="Rapportår, som 2018")]


@reads("/nyckeltal/", IndicatorList, name="indicators", summary="Nyckeltal")
def indicators(request):
    """Nyckeltalen, var de hör hemma i programmet och var värdena kommer ifrån."""
    found = reading.indicator_records()
    return IndicatorList(total=len(found), results=found)


@reads(
    "/nyckeltal/{slug}/",
    IndicatorDetail,
    name="indicator",
    summary="Ett nyckeltal",
    may_be_missing=True,
)
def indicator(request, slug: Slug):
    """Nyckeltalet med alla värden som har hämtats."""
    found = reading.indicators().filter(slug=slug).first()
    if found is None:
        raise Http404
    return IndicatorDetail(
        **reading.indicator_fields(found), measurements=reading.measurements_of(found)
    )


@reads(
    "/varden/",
    MeasurementPage,
    name="measurements",
    summary="Nyckeltalens värden, sida för sida",
    may_be_missing=True,
)
def measurements(request, asked: Query[Paging]):
    """Alla värden som har hämtats. De gäller på källans villkor."""
    return _page(
        request,
        asked,
        MeasurementPage,
        reading.measurements(),
        reading.measurement_records,
    )


@reads(
    "/insatser/",
    InitiativePage,
    name="initiatives",
    summary="Insatser, sida för sida",
    may_be_missing=True,
)
def initiatives(request, asked: Query[Paging]):
    """Vad nämnder, förvaltningar och bolag gör för prioriteringarna."""
    return _page(
        request,
        asked,
        InitiativePage,
        reading.initiatives(),
        reading.initiative_records,
    )


@reads(
    "/insatser/{slug}/",
    InitiativeRecord,
    name="initiative",
    summary="En insats",
    may_be_missing=True,
    may_be_gone=True,
)
def initiative(request, slug: Slug):
    """Insatsen som den visas nu."""
    found = reading.initiatives().filter(slug=slug).first()
    if found is None:
        return _not_shown(slug)
    return reading.initiative_record(found)


def _not_shown(slug):
    """410 with the reason for what was public once, as its page says; else 404."""
    taken_away = Initiative.objects.exclude(state=InitiativeState.OPEN)
    found = taken_away.filter(slug=slug).first()
    if found is None:
        raise Http404
    return refusal(410, f"Insatsen visas inte längre. {found.state_reason}".strip())


@reads(
    "/samband/",
    ConnectionPage,
    name="connections",
    summary="Samband, sida för sida",
    may_be_missing=True,
)
def connections(request, asked: Query[Paging]):
    """Godkända samband mellan prioriteringar, och vad som visar dem."""
    return _page(
        request,
        asked,
        ConnectionPage,
        reading.connections(),
        reading.connection_records,
    )


@reads(
    "/samband/{number}/",
    ConnectionRecord,
    name="connection",
    summary="Ett samband",
    may_be_missing=True,
)
def connection(request, number: Number):
    """Sambandet som det visas nu."""
    pk = int(number.removeprefix("S-"))
    found = reading.connections().filter(pk=pk).first()
    if found is None:
        raise Http404
    return reading.connection_record(found)


@reads("/rapporter/", ReportList, name="reports", summary="Fastställda rapporter")
def reports(request):
    """Rapporterna om programmet, den senaste först."""
    found = reading.report_records()
    return ReportList(total=len(found), results=found)


@reads(
    "/rapporter/{year}/",
    ReportRecord,
    name="report",
    summary="En fastställd rapport",
    may_be_missing=True,
)
def report(request, year: Year):
    """När och hur rapporten fastställdes, och rättelser av den."""
    return ReportRecord(**reading.report_fields(_report(year)))


@reads(
    "/rapporter/{year}/innehall/",
    ReportContent,
    name="report_content",
    summary="En rapports innehåll",
    may_be_missing=True,
)
def report_content(request, year: Year):
    """Innehållet tecken för tecken så som det fastställdes. Det ändras aldrig."""
    content = _report(year).adoption.content
    return HttpResponse(content.encode(), content_type="application/json")


def _report(year):
    found = reading.reports().filter(year=year).first()
    if found is None:
        raise Http404
    return found


def _page(request, asked, kind, rows, records):
    return pages.page_of(
        request,
        asked,
        kind,
        total=rows.count(),
        rows=lambda: records(pages.sliced(rows, asked)),
    )
