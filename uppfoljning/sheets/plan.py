"""The sheet for a plan of operations, as a workbook and as CSV."""

from io import BytesIO

from django.utils.formats import date_format
from django.utils.timezone import localdate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from kunskapsbank import cells
from programme.models import Edition
from uppfoljning.plan import Chosen, Reference, full

COLUMNS = {
    "Viljeinriktning": 24,
    "Fokusområde": 28,
    "Nummer": 10,
    "Prioritering, ordagrant": 50,
    "Utgåva": 30,
    "Permanent adress": 40,
    "Bidrag i kunskapsbanken": 60,
    "Nyckeltal": 50,
    "Så bidrar vi": 60,
}


def as_csv(chosen: list[Chosen], edition: Edition) -> str:
    rows = (_row(each, edition) for each in chosen)
    return "".join(cells.csv_of(COLUMNS, rows))


def as_xlsx(chosen: list[Chosen], edition: Edition) -> bytes:
    """The same as a workbook, with a second sheet that says what it is."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Verksamhetsplan"
    sheet.append(list(COLUMNS))
    for each in chosen:
        sheet.append(list(map(cells.written, _row(each, edition))))
    for place, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _describe(book, edition)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _row(each: Chosen, edition: Edition) -> list[str]:
    prioritering = each.prioritering
    area = prioritering.fokusomrade
    return [
        f"{area.viljeinriktning.number} {area.viljeinriktning.title}",
        f"{area.number} {area.title}",
        prioritering.number,
        prioritering.text,
        str(edition),
        each.url,
        _lines(each.entries),
        _lines(each.indicators),
        "",
    ]


def _lines(references: list[Reference]) -> str:
    return "\n".join(f"{each.title}: {each.url}" for each in references)


def _describe(book: Workbook, edition: Edition) -> None:
    sheet = book.create_sheet("Om bladet")
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 70
    ended = "gällde" if edition.has_ended else "gäller"
    for row in [
        ["Utgåva", str(edition)],
        ["Läge", f"Programmet {ended} {edition.period}."],
        ["Diarienummer", edition.diary_numbers],
        ["Adress", full(edition.get_absolute_url())],
        ["Hämtat", date_format(localdate(), "j F Y")],
        [
            "Så bidrar vi",
            "Kolumnen är tom. Skriv i den hur ni bidrar till prioriteringen.",
        ],
        [
            "Bokstäver",
            "Bokstaven efter numret är webbplatsens. I dokumentet står "
            "prioriteringarna som punkter.",
        ],
    ]:
        sheet.append(list(map(cells.written, row)))
    for cell in sheet["A"]:
        cell.font = Font(bold=True)
