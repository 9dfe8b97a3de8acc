"""How values are written in the cells of tables that spreadsheets open."""

from datetime import date, datetime
from typing import Any

# A spreadsheet would take such a text for a formula and run it (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
