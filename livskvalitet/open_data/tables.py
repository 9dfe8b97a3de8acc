"""Tables for spreadsheets: which columns they have, and how cells are written."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.urls import reverse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kunskapsbank import cells, facets
from livskvalitet.open_data import follow_up_reading, programme_records, reading
from livskvalitet.open_data.follow_up_records import (
    ConnectionRecord,
    IndicatorRecord,
    InitiativeRecord,
    MeasurementRecord,
    ReportRecord,
)
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.records import (
    Contribution,
    LinkRecord,
    PrioriteringRecord,
    Record,
)

# What a cell of a spreadsheet cannot hold (XML 1.0), and most of what it can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST_CHARACTERS = 32_767
SEPARATOR = " | "


@dataclass(frozen=True)
class Column:
    """`name` heads it, `field` is the record's, and `cell` makes text of the value."""

    name: str
    field: str
    cell: Callable | None = None
    width: int = 20

    def value(self, record: Record) -> object:
        value = getattr(record, self.field)
        return self.cell(value) if self.cell else value


@dataclass(frozen=True)
class Table:
    """`records` reads them anew at each call, some at a time."""

    name: str
    title: str
    kind: type[Record]
    columns: tuple[Column, ...]
    records: Callable[[], Iterable[Record]]

    @property
    def described(self) -> list[tuple[str, str, str]]:
        """For each column its name, the field of the record, and what it holds."""
        fields = self.kind.model_fields
        return [
            (column.name, column.field, fields[column.field].description)
            for column in self.columns
        ]

    def address(self, ending: str) -> str:
        return absolute(reverse(f"open_data_{ending}", args=[self.name]))


def _joined(field):
    """Several values in one cell."""

    def cell(references):
        return SEPARATOR.join(str(getattr(each, field)) for each in references)

    return cell


def _title(reference):
    return reference.title


def _last(reference):
    """The number of a contribution, from its name."""
    return reference.id.rpartition("/")[2]


def _last_but_slash(reference):
    """The short name of a page, from its address."""
    return reference.id.rstrip("/").rpartition("/")[2]


def _yes_or_no(value):
    return "ja" if value else "nej"


CONTRIBUTIONS = Table(
    "bidrag",
    "Bidrag",
    Contribution,
    (
        Column("nummer", "number", width=10),
        Column("rubrik", "title", width=50),
        Column("typ", "kind"),
        Column("sammanfattning", "summary", width=80),
        Column("bakgrund", "background", width=40),
        Column("genomforande", "implementation", width=40),
        Column("resultat", "result", width=40),
        Column("lardomar", "lessons", width=40),
        Column("utfall", "outcome"),
        Column("organisationer", "organisations", _joined("name"), width=40),
        Column("startar", "period_start", width=10),
        Column("slutar", "period_end", width=10),
        Column("plats", "place"),
        Column("kalla", "source", width=40),
        Column("kallans_sprak", "source_language", width=10),
        Column("prioriteringar", "prioriteringar", _joined("slug"), width=30),
        Column("amnen", "subjects", _joined("title"), width=40),
        Column("bilagor", "attachments", _joined("url"), width=40),
        Column("visas_som", "byline"),
        Column("publicerat", "published"),
        Column("andrat", "changed"),
        Column("bekraftat", "confirmed"),
        Column("licens", "licence", width=40),
        Column("ange_som_kalla", "attribution", width=40),
        Column("sida", "page", width=50),
        Column("id", "id", width=50),
    ),
    reading.all_contributions,
)
PRIORITERINGAR = Table(
    "prioriteringar",
    "Prioriteringar",
    PrioriteringRecord,
    (
        Column("kortnamn", "slug"),
        Column("nummer", "number", width=10),
        Column("text", "text", width=80),
        Column("fokusomrade", "fokusomrade", _title, width=50),
        Column("viljeinriktning", "viljeinriktning", _title, width=50),
        Column("utgava", "edition", width=10),
        Column("antal_bidrag", "contributions", width=12),
        Column("beslutad", "published"),
        Column("andrad", "changed"),
        Column("licens", "licence", width=40),
        Column("id", "id", width=50),
    ),
    lambda: programme_records.prioriteringar(facets.current()),
)
LINKS = Table(
    "lankar",
    "Länkar",
    LinkRecord,
    (
        Column("webbadress", "url", width=60),
        Column("bidrag", "contribution", _last, width=10),
        Column("bidragets_rubrik", "contribution", _title, width=50),
        Column("lage", "state", width=30),
        Column("http_kod", "status_code", width=10),
        Column("kontrollerad", "checked"),
        Column("fungerar_inte_sedan", "failing_since"),
        Column("licens", "licence", width=40),
        Column("id", "id", width=50),
    ),
    reading.all_links,
)
INDICATORS = Table(
    "nyckeltal",
    "Nyckeltal",
    IndicatorRecord,
    (
        Column("kortnamn", "slug", width=30),
        Column("nummer_i_kolada", "kolada_id", width=12),
        Column("namn", "title", width=60),
        Column("namn_i_kallan", "source_title", width=60),
        Column("enhet", "unit"),
        Column("battre", "wanted", width=30),
        Column("varfor", "why", width=60),
        Column("att_tanka_pa", "comment", width=60),
        Column("kvinnor_och_man", "by_gender", _yes_or_no, width=12),
        Column("fokusomraden", "fokusomraden", _joined("title"), width=40),
        Column("prioriteringar", "prioriteringar", _joined("slug"), width=30),
        Column("kalla", "source"),
        Column("kallans_adress", "source_address", width=50),
        Column("licens", "licence", width=40),
        Column("id", "id", width=50),
    ),
    follow_up_reading.indicator_records,
)
MEASUREMENTS = Table(
    "varden",
    "Nyckeltalens värden",
    MeasurementRecord,
    (
        Column("nyckeltal", "indicator", _last_but_slash, width=30),
        Column("nyckeltalets_namn", "indicator", _title, width=60),
        Column("plats", "place", width=30),
        Column("platsens_kod", "place_code", width=10),
        Column("ar", "year", width=8),
        Column("kon", "gender", width=6),
        Column("varde", "value", width=12),
        Column("anmarkning", "status"),
        Column("enhet", "unit"),
        Column("ange_som_kalla", "source"),
        Column("hamtat", "fetched"),
        Column("villkor", "licence", width=40),
    ),
    follow_up_reading.all_measurements,
)
INITIATIVES = Table(
    "insatser",
    "Insatser",
    InitiativeRecord,
    (
        Column("kortnamn", "slug", width=30),
        Column("rubrik", "title", width=50),
        Column("sammanfattning", "summary", width=80),
        Column("sa_gar_det_till", "description", width=40),
        Column("lage", "progress", width=12),
        Column("organisation", "organisation", lambda each: each.name, width=40),
        Column("startar", "period_start", width=10),
        Column("slutar", "period_end", width=10),
        Column("effekt", "effect", width=40),
        Column("hur_vi_vet_det", "evidence", width=40),
        Column("prioriteringar", "prioriteringar", _joined("slug"), width=30),
        Column("bidrag", "contributions", _joined("id"), width=40),
        Column("nyckeltal", "indicators", _joined("title"), width=40),
        Column("publicerad", "published"),
        Column("andrad", "changed"),
        Column("licens", "licence", width=40),
        Column("ange_som_kalla", "attribution", width=40),
        Column("id", "id", width=50),
    ),
    follow_up_reading.all_initiatives,
)
CONNECTIONS = Table(
    "samband",
    "Samband",
    ConnectionRecord,
    (
        Column("nummer", "number", width=10),
        Column("fran", "from_prioritering", lambda each: each.slug),
        Column("slag", "kind"),
        Column("till", "to_prioritering", lambda each: each.slug),
        Column("hur_de_hor_ihop", "sentence", width=80),
        Column("har_belagg", "has_evidence", _yes_or_no, width=10),
        Column("bidrag", "contributions", _joined("id"), width=40),
        Column("lank", "link", width=40),
        Column("lankens_namn", "link_title", width=40),
        Column("godkant", "approved"),
        Column("licens", "licence", width=40),
        Column("ange_som_kalla", "attribution", width=40),
        Column("id", "id", width=50),
    ),
    follow_up_reading.all_connections,
)
REPORTS = Table(
    "rapporter",
    "Fastställda rapporter",
    ReportRecord,
    (
        Column("rapportar", "year", width=10),
        Column("rubrik", "title", width=40),
        Column("fran_ar", "period_start", width=10),
        Column("till_ar", "period_end", width=10),
        Column("diarienummer", "diary_number"),
        Column("faststalld", "adopted"),
        Column("antal_rattelser", "corrections", len, width=10),
        Column("innehall", "content_address", width=60),
        Column("kontrollsumma", "sha256", width=66),
        Column("licens", "licence", width=40),
        Column("ange_som_kalla", "attribution", width=40),
        Column("id", "id", width=50),
    ),
    follow_up_reading.report_records,
)
TABLES = {
    table.name: table
    for table in (
        CONTRIBUTIONS,
        PRIORITERINGAR,
        LINKS,
        INDICATORS,
        MEASUREMENTS,
        INITIATIVES,
        CONNECTIONS,
        REPORTS,
    )
}


def as_csv(table: Table) -> Iterator[str]:
    """The table as `cells.csv_of` writes it."""
    names = [column.name for column in table.columns]
    yield from cells.csv_of(
        names,
        (
            [column.value(record) for column in table.columns]
            for record in table.records()
        ),
    )


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """The table as a workbook, with a second sheet that says what each column holds.

    Rows go to disk as they are made, so memory stays the same.
    """
    book = Workbook(write_only=True)
    sheet = _sheet(book, table.title, [column.width for column in table.columns])
    sheet.append(_headings(sheet, [column.name for column in table.columns]))
    for record in table.records():
        sheet.append([_cell(column.value(record)) for column in table.columns])
    described = _sheet(book, "Kolumner", [24, 24, 80])
    described.append(_headings(described, ["kolumn", "fält i API:et", "vad den säger"]))
    for row in table.described:
        described.append(row)
    book.save(file)


def _sheet(book, title, widths):
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _headings(sheet, names):
    headings = [WriteOnlyCell(sheet, value=name) for name in names]
    for cell in headings:
        cell.font = Font(bold=True)
    return headings


def _cell(value):
    written = cells.written(value)
    if isinstance(written, str):
        return _UNWRITABLE.sub("", written)[:MOST_CHARACTERS]
    return written
