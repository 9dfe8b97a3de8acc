"""Counts how often each public page is shown, from the web server's log.

Nobody is kept: a row is a day, a path without its query and a number, and the path is
one of those that the site itself tells search engines of. `docs/gallring.md` says how
long a row is kept.
"""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from search import generation
from search.access_log import Reading
from uppfoljning.models import PageViews

KEPT = timedelta(days=2 * 365)
_AT_A_TIME = 500
_REMOVED = ""

Key = tuple[Date, str]


@dataclass(frozen=True)
class Counted:
    """What a counting came to: lines of the log and how many of them could not be read,
    the rows that were written, and the old ones that were erased."""

    lines: int
    malformed: int
    written: int
    erased: int


def count_views(
    paths: Iterable[Path], *, public: Container[str], today: Date
) -> Counted:
    """Read the logs and keep how often each page of `public` was shown each day.

    Counting a log again changes nothing; a day that is counted from another log keeps
    the greater number, so give all logs of a day together. Rows of pages that are no
    longer public lose their path. Raises LogUnreadable, and then nothing is kept.
    """
    oldest, reading = today - KEPT, Reading()
    views: Counter[Key] = Counter()
    for path in paths:
        for view in reading.views(path):
            if view.path in public and oldest <= view.day <= today:
                views[view.day, view.path] += 1
    with transaction.atomic():
        written = _write(_greater(views))
        forgotten = _forget(public)
        erased, _ = PageViews.objects.before(oldest).delete()
        if written or forgotten or erased:
            generation.touch()
    return Counted(reading.lines, reading.malformed, written, erased)


def _greater(views: Counter[Key]) -> list[PageViews]:
    """Rows for those that are more than what is kept already."""
    days = {day for day, _ in views}
    rows = PageViews.objects.filter(day__in=days)
    kept = {(row.day, row.path): row.views for row in rows.iterator()}
    return [
        PageViews(day=day, path=path, views=number)
        for (day, path), number in sorted(views.items())
        if number > kept.get((day, path), 0)
    ]


def _write(rows: list[PageViews]) -> int:
    PageViews.objects.bulk_create(
        rows,
        batch_size=_AT_A_TIME,
        update_conflicts=True,
        unique_fields=["day", "path"],
        update_fields=["views"],
    )
    return len(rows)


def _forget(public: Container[str]) -> int:
    """Move the views of pages that were taken away to the rows without a path."""
    known = PageViews.objects.exclude(path=_REMOVED).values_list("path", flat=True)
    taken_away = [path for path in known.distinct() if path not in public]
    for path in taken_away:
        rows = PageViews.objects.filter(path=path)
        for row in rows:
            _add_to_removed(row.day, row.views)
        rows.delete()
    return len(taken_away)


def _add_to_removed(day: Date, views: int) -> None:
    row, is_new = PageViews.objects.get_or_create(
        day=day, path=_REMOVED, defaults={"views": views}
    )
    if not is_new:
        row.views += views
        row.save(update_fields=["views"])
