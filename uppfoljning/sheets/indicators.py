"""Indicators' values as tables for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.conf import settings

from kunskapsbank import cells
from uppfoljning.models import Indicator, Measurement

COLUMNS = [
    "nyckeltal", "nummer_i_kolada", "enhet", "plats", "platskod", "ar", "kon", "varde",
    "anmarkning", "ursprung", "hamtat", "kalla", "adress",
]  # fmt: skip


def as_csv(indicators: Iterable[Indicator]) -> Iterator[str]:
    """The values of indicators that were read `with_values`, by RFC 4180: commas,
    CRLF, UTF-8 without a mark, a full stop in numbers."""
    yield _line(COLUMNS)
    for indicator in indicators:
        for measurement in indicator.measurements.all():
            if measurement.place.is_active:
                yield _line(map(cells.written, _row(indicator, measurement)))


def _row(indicator: Indicator, measurement: Measurement) -> list:
    value = measurement.value
    return [
        indicator.title,
        indicator.kolada_id,
        indicator.unit,
        measurement.place.title,
        measurement.place.code,
        measurement.period,
        measurement.get_gender_display(),
        value if value is None else format(value.normalize(), "f"),
        measurement.status,
        measurement.get_origin_display(),
        measurement.fetched_at,
        indicator.source,
        settings.SITE_ADDRESS + indicator.get_absolute_url(),
    ]


def _line(values: Iterable) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
