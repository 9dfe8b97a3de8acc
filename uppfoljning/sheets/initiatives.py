"""Initiatives as a table for spreadsheets."""

from collections.abc import Iterator
from io import BytesIO

from django.conf import settings
from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kunskapsbank import cells
from kunskapsbank.models import Version
from programme import taxonomy
from uppfoljning.models import Initiative

COLUMNS = [
    "rubrik", "det_har_gor_vi", "sa_gar_det_till", "organisation",
    "slag_av_organisation", "lage", "startar", "slutar", "prioriteringar", "effekt",
    "hur_vi_vet_det", "bidrag", "nyckeltal", "publicerad", "andrad", "adress",
]  # fmt: skip
SEPARATOR = " | "
_AT_A_TIME = 200


def as_csv(initiatives: QuerySet[Initiative]) -> Iterator[str]:
    rows = initiatives.with_ties().prefetch_related("entries", "indicators")
    listed = set(Version.objects.listed().values_list("entry", flat=True))
    return cells.csv_of(
        COLUMNS, (_row(each, listed) for each in rows.iterator(_AT_A_TIME))
    )


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


def template(headings: list[str], wanted: list[str]) -> bytes:
    """A workbook to fill in, with a second sheet that says what may stand in it."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Insatser"
    sheet.append(headings)
    for place, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=cell.value in wanted)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    sheet.freeze_panes = "A2"
    _explain(book, headings, wanted)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _explain(book: Workbook, headings: list[str], wanted: list[str]) -> None:
    sheet = book.create_sheet("Så fyller du i")
    sheet.column_dimensions["A"].width = _WIDTH
    sheet.column_dimensions["B"].width = 4 * _WIDTH
    for heading in headings:
        must = "Ska vara ifylld." if heading in wanted else "Får vara tom."
        sheet.append([heading, f"{must} {_HELP.get(heading, '')}".strip()])
    sheet.append([])
    sheet.append(["prioritering", "ordalydelse"])
    for each in taxonomy.current().prioriteringar:
        sheet.append([each.number, cells.written(each.text)])


_WIDTH = 24
_HELP = {
    "organisation": "Den nämnd, förvaltning eller det bolag som svarar för insatsen.",
    "slag av organisation": "Nämnd, förvaltning eller kommunalt bolag. Behövs bara om "
    "organisationen inte finns på webbplatsen.",
    "prioriteringar": "Nummer och bokstav, till exempel 4.3.1 a; 4.1.2 b.",
    "läge": "Planerad, pågår eller avslutad.",
    "från år": "Årtal med fyra siffror.",
    "till år": "Årtal med fyra siffror.",
    "bidrag": "Nummer i kunskapsbanken, till exempel B-12; B-14.",
    "nyckeltal": "Nyckeltalets namn på webbplatsen, med semikolon mellan flera.",
}
