"""Which rows of the follow-up are open data, read in few queries, and made records."""

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from kunskapsbank.models import Connection, Version
from livskvalitet.open_data.follow_up_records import (
    ConnectionRecord,
    CorrectionRecord,
    IndicatorRecord,
    InitiativeRecord,
    MeasurementRecord,
    ReportRecord,
    ReportWithContent,
)
from livskvalitet.open_data.identity import (
    CC0,
    CC_BY,
    KOLADA,
    KOLADA_TERMS,
    absolute,
    of_entry,
    of_page,
)
from livskvalitet.open_data.programme_records import prioritering_reference, reference
from livskvalitet.open_data.reading import organisation_reference
from livskvalitet.open_data.records import PrioriteringReference, Reference
from programme.enums import EditionStatus
from programme.models import Prioritering
from uppfoljning.enums.indicators import Origin
from uppfoljning.models import Indicator, Initiative, Measurement, Report

SITE = "Livskvalitet Helsingborg"
# Rows read at a time where all of them are wanted, so that memory stays the same.
CHUNK = 500


# -- Indicators


def indicators() -> QuerySet[Indicator]:
    return Indicator.objects.public().with_links().order_by("position", "title", "pk")


def indicator_records() -> list[IndicatorRecord]:
    return [IndicatorRecord(**indicator_fields(each)) for each in indicators()]


def indicator_fields(indicator: Indicator) -> dict[str, object]:
    return {
        "id": of_page(indicator),
        "slug": indicator.slug,
        "kolada_id": indicator.kolada_id or "",
        "title": indicator.title,
        "source_title": indicator.source_title,
        "unit": indicator.unit,
        "wanted": indicator.get_wanted_display(),
        "why": indicator.why,
        "comment": indicator.comment,
        "by_gender": indicator.is_by_gender,
        "fokusomraden": [
            reference(each)
            for each in indicator.fokusomraden.all()
            if each.viljeinriktning.edition.status != EditionStatus.PROPOSAL
        ],
        "prioriteringar": _decided(indicator.prioriteringar.all()),
        "source": indicator.source,
        "source_address": indicator.source_url,
        "licence": CC0,
    }


# -- Their values


def measurements() -> QuerySet[Measurement]:
    """What has been fetched or uploaded, and nothing else."""
    shown = Measurement.objects.public().select_related("indicator", "place")
    return shown.order_by("pk")


def measurements_of(indicator: Indicator) -> list[MeasurementRecord]:
    rows = measurements().filter(indicator=indicator).in_order()
    return measurement_records(rows)


def all_measurements() -> Iterator[MeasurementRecord]:
    """Every value, some at a time."""
    for rows in _in_chunks(measurements()):
        yield from measurement_records(rows)


def measurement_records(rows: Iterable[Measurement]) -> list[MeasurementRecord]:
    return [_measurement(each) for each in rows]


def _measurement(row):
    is_koladas = row.origin == Origin.FETCHED
    return MeasurementRecord(
        indicator=Reference(id=of_page(row.indicator), title=row.indicator.title),
        place=row.place.title,
        place_code=row.place.code,
        year=row.period,
        gender=row.gender,
        value=None if row.value is None else float(row.value),
        status=row.status,
        unit=row.indicator.unit,
        source=KOLADA if is_koladas else row.indicator.source,
        fetched=localtime(row.fetched_at),
        licence=KOLADA_TERMS if is_koladas else "",
    )


# -- Initiatives


def initiatives() -> QuerySet[Initiative]:
    """With all that a record of each says; of contributions and indicators only what
    anybody may read."""
    texts = Version.objects.listed().select_related("entry")
    shown = Prefetch("entries__versions", texts, to_attr="listed_versions")
    indicators_shown = Prefetch("indicators", Indicator.objects.public())
    rows = Initiative.objects.public().with_ties()
    return rows.prefetch_related(shown, indicators_shown).order_by("pk")


def all_initiatives() -> Iterator[InitiativeRecord]:
    """Every public initiative, some at a time."""
    for rows in _in_chunks(initiatives()):
        yield from initiative_records(rows)


def initiative_records(rows: Iterable[Initiative]) -> list[InitiativeRecord]:
    return [initiative_record(each) for each in rows]


def initiative_record(initiative: Initiative) -> InitiativeRecord:
    return InitiativeRecord(
        id=of_page(initiative),
        slug=initiative.slug,
        title=initiative.title,
        summary=initiative.summary,
        description=initiative.description,
        progress=initiative.get_progress_display(),
        organisation=organisation_reference(initiative.organisation),
        period_start=initiative.period_start,
        period_end=initiative.period_end,
        effect=initiative.effect,
        evidence=initiative.evidence,
        prioriteringar=_decided(initiative.prioriteringar.all()),
        contributions=[
            _contribution(version)
            for entry in initiative.entries.all()
            for version in entry.listed_versions
        ],
        indicators=[
            Reference(id=of_page(each), title=each.title)
            for each in initiative.indicators.all()
        ],
        published=localtime(initiative.published_at),
        changed=localtime(initiative.changed_at),
        licence=CC_BY,
        attribution=f"{initiative.organisation.name}, {SITE}",
    )


# -- Connections


def connections() -> QuerySet[Connection]:
    """Those that moderators have approved, with what shows them now."""
    return Connection.objects.public().with_ends().with_evidence().order_by("pk")


def all_connections() -> Iterator[ConnectionRecord]:
    """Every approved connection, some at a time."""
    for rows in _in_chunks(connections()):
        yield from connection_records(rows)


def connection_records(rows: Iterable[Connection]) -> list[ConnectionRecord]:
    return [connection_record(each) for each in rows]


def connection_record(connection: Connection) -> ConnectionRecord:
    return ConnectionRecord(
        id=of_page(connection),
        number=connection.number,
        kind=connection.get_kind_display(),
        from_prioritering=prioritering_reference(connection.from_prioritering),
        to_prioritering=prioritering_reference(connection.to_prioritering),
        sentence=connection.sentence,
        has_evidence=connection.has_evidence,
        contributions=[_contribution(version) for version in connection.evidence],
        link=connection.link,
        link_title=connection.link_title,
        approved=localdate(connection.decided_at),
        page=of_page(connection),
        licence=CC_BY,
        attribution=SITE,
    )


# -- Reports


def reports() -> QuerySet[Report]:
    """Those that are adopted, the latest first."""
    rows = Report.objects.public().prefetch_related("adoption__corrections")
    return rows.order_by("-year")


def report_records() -> list[ReportRecord]:
    return [ReportRecord(**report_fields(each)) for each in reports()]


def reports_with_content() -> Iterator[ReportWithContent]:
    for report in reports():
        fields = report_fields(report)
        yield ReportWithContent(**fields, content=report.adoption.data)


def report_fields(report: Report) -> dict[str, object]:
    adoption = report.adoption
    content = reverse("api:report_content", args=[report.year])
    return {
        "id": of_page(report),
        "year": report.year,
        "title": report.title,
        "period_start": report.period_start,
        "period_end": report.period_end,
        "diary_number": adoption.diary_number,
        "adopted": adoption.adopted_on,
        "content_address": absolute(content),
        "sha256": adoption.sha256,
        "corrections": [
            CorrectionRecord(noted=each.noted_on, text=each.text)
            for each in adoption.corrections.all()
        ],
        "licence": CC_BY,
        "attribution": f"{report.title}, {SITE}",
    }


def _decided(prioriteringar: Iterable[Prioritering]) -> list[PrioriteringReference]:
    """Those of a proposed edition are nobody's to know of."""
    return [
        prioritering_reference(each)
        for each in prioriteringar
        if each.fokusomrade.viljeinriktning.edition.status != EditionStatus.PROPOSAL
    ]


def _contribution(version):
    return Reference(id=of_entry(version.entry.number), title=version.title)


def _in_chunks(rows: QuerySet) -> Iterator[list]:
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk
