"""Reading a table that somebody uploads, as CSV or from Excel.

Excel in Sweden writes CSV with semicolons, decimal commas and often Windows' letters;
other programs follow RFC 4180. Both are read. Everything comes out as text by the name
of its column, so that whoever checks it can quote what stands in the file.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from openpyxl import load_workbook

from uppfoljning.exceptions.sheets import SheetFault

MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_UNPACKED = 50_000_000  # bytes of a workbook, which is a zip file
WORKBOOK = b"PK\x03\x04"
UNREADABLE = (
    "Filen går inte att läsa som tabell. Spara den som Excel (.xlsx) eller CSV och "
    "välj den igen."
)


@dataclass(frozen=True)
class SheetRow:
    """`number` is the row's in the file, counted from 1 and the headings."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read(content: bytes, *, wanted: Sequence[str]) -> list[SheetRow]:
    """The rows that hold anything; raises SheetFault, also when one of the columns
    `wanted` is not there."""
    rows = _workbook(content) if content.startswith(WORKBOOK) else _csv(content)
    numbered = enumerate(rows, start=1)
    names = [_folded(cell) for cell in next(numbered, (1, []))[1]]
    missing = [column for column in wanted if column not in names]
    if missing:
        raise SheetFault(
            f"Kolumnen ”{missing[0]}” saknas. Första raden ska ha rubrikerna "
            f"{', '.join(wanted)}."
        )
    found = [
        SheetRow(number, dict(zip(names, row, strict=False)))
        for number, row in numbered
        if any(row)
    ]
    if not found:
        raise SheetFault("Filen har inga rader under rubrikerna.")
    return found


def _folded(heading: str) -> str:
    return heading.strip().casefold()


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise SheetFault(UNREADABLE)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
        yield from _limited(reader)
    except csv.Error as fault:
        raise SheetFault(UNREADABLE) from fault


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _workbook(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise SheetFault("Arbetsboken är för stor. Dela upp den i flera.")
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from _limited(sheet.iter_rows(values_only=True))
    except SheetFault:
        raise
    # openpyxl lets nearly any exception through when a file is broken enough.
    except Exception as fault:
        raise SheetFault(UNREADABLE) from fault


def _limited(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            raise SheetFault(
                f"Filen har fler än {MOST_ROWS} rader. Dela upp den i flera."
            )
        yield [_text(cell) for cell in row[:MOST_COLUMNS]]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
