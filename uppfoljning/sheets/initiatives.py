"""Initiatives as a table for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.conf import settings
from django.db.models import QuerySet

from kunskapsbank import cells
from kunskapsbank.models import Version
from uppfoljning.models import Initiative

COLUMNS = [
    "rubrik", "det_har_gor_vi", "sa_gar_det_till", "organisation",
    "slag_av_organisation", "lage", "startar", "slutar", "prioriteringar", "effekt",
    "hur_vi_vet_det", "bidrag", "nyckeltal", "publicerad", "andrad", "adress",
]  # fmt: skip
SEPARATOR = " | "
_AT_A_TIME = 200


def as_csv(initiatives: QuerySet[Initiative]) -> Iterator[str]:
    """By RFC 4180: commas, CRLF, UTF-8 without a mark. A cell that a spreadsheet would
    run has an apostrophe before it."""
    yield _line(COLUMNS)
    rows = initiatives.with_ties().prefetch_related("entries", "indicators")
    listed = set(Version.objects.listed().values_list("entry", flat=True))
    for initiative in rows.iterator(_AT_A_TIME):
        yield _line(map(cells.written, _row(initiative, listed)))


def _row(initiative: Initiative, listed: set[int]) -> list:
    entries = [each.number for each in initiative.entries.all() if each.pk in listed]
    shown = [each.title for each in initiative.indicators.all() if each.is_active]
    return [
        initiative.title,
        initiative.summary,
        initiative.description,
        initiative.organisation.name,
        initiative.organisation.get_kind_display(),
        initiative.get_progress_display(),
        initiative.period_start,
        initiative.period_end,
        SEPARATOR.join(each.number for each in initiative.prioriteringar.all()),
        initiative.effect,
        initiative.evidence,
        SEPARATOR.join(entries),
        SEPARATOR.join(shown),
        initiative.published_at,
        initiative.changed_at,
        settings.SITE_ADDRESS + initiative.get_absolute_url(),
    ]


def _line(values: Iterable) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
