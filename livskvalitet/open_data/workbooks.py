"""Workbooks, made once for each content generation and kept on disk meanwhile."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import IO

from django.db import connection

from livskvalitet.open_data.tables import Table, write_xlsx
from search import generation

_making = Lock()


@cache
def _folder():
    """Made when it is first needed: most processes never make a workbook."""
    return TemporaryDirectory(prefix="livskvalitet-arbetsbok-")


def opened(table: Table) -> IO[bytes]:
    """The table as a workbook, open for reading.

    100 000 contributions take a core most of a minute, in the memory of a few rows
    (20 000 took 10 s), so one is made at a time, and whoever asks again before
    anything has changed gets the same.
    """
    with _making:
        file = Path(_folder().name) / f"{table.name}-{generation.current()}.xlsx"
        # Within a transaction the content may be undone, and the number used again.
        if connection.in_atomic_block or not file.exists():
            _make(table, file)
        return file.open("rb")


def _make(table, file):
    earlier = list(file.parent.glob(f"{table.name}-*.xlsx"))
    unfinished = file.with_suffix(".unfinished")
    with unfinished.open("wb") as book:
        write_xlsx(table, book)
    unfinished.replace(file)
    # Whoever is reading one of these has it open, and keeps it.
    for old in earlier:
        if old != file:
            old.unlink(missing_ok=True)
