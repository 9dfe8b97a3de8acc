"""How values are written in the cells of tables that spreadsheets open."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO
from typing import Any

# A spreadsheet would take such a text for a formula and run it (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")

ROWS_AT_A_TIME = 200


def csv_of(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A table by RFC 4180: commas, CRLF, UTF-8 without a mark; some rows at a time.

    A cell that a spreadsheet would run has an apostrophe before it.
    """
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    for place, row in enumerate(rows, start=1):
        writer.writerow(map(written, row))
        if place % ROWS_AT_A_TIME == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def written(value: Any) -> Any:
    """Moments and days by ISO 8601; text that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _emptied(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
