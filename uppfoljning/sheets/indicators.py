"""Indicators' values as tables for spreadsheets."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from kunskapsbank import cells
from uppfoljning.models import Indicator, Measurement

COLUMNS = [
    "nyckeltal", "nummer_i_kolada", "enhet", "plats", "platskod", "ar", "kon", "varde",
    "anmarkning", "ursprung", "hamtat", "kalla", "adress",
]  # fmt: skip


def as_csv(indicators: Iterable[Indicator]) -> Iterator[str]:
    """The values of indicators that were read `with_values`; a full stop in numbers."""
    rows = (
        _row(indicator, measurement)
        for indicator in indicators
        for measurement in indicator.measurements.all()
        if measurement.place.is_active
    )
    return cells.csv_of(COLUMNS, rows)


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
