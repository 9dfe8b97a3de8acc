"""Values in a table that somebody uploads: what stands in each row, and every fault.

The columns are those of the CSV that the site gives out, so that a table that was
downloaded can be changed and uploaded again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from uppfoljning.enums.indicators import Gender
from uppfoljning.models import Indicator, Measurement, Place
from uppfoljning.sheets.reading import SheetRow

WANTED = ["nyckeltal", "ar", "varde"]
COLUMNS = ["nyckeltal", "platskod", "ar", "kon", "varde", "anmarkning"]
FIRST_YEAR, LAST_YEAR = 1900, 2100
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 6
STATUS_LENGTH = 40


@dataclass(frozen=True)
class Upload:
    """One row that is right; `value` is None where the cell is empty."""

    row: int
    indicator: Indicator
    place: Place
    year: int
    gender: str
    value: Decimal | None
    status: str

    @property
    def key(self) -> tuple[int, int, int, str]:
        return self.indicator.pk, self.place.pk, self.year, self.gender


@dataclass(frozen=True)
class Fault:
    row: int
    column: str
    message: str


@dataclass
class Checked:
    uploads: list[Upload] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Wrong(Exception):
    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def check(rows: Iterable[SheetRow]) -> Checked:
    """Every row, with all that is wrong with the table, a fault for each row."""
    known = _Known()
    checked = Checked()
    seen: dict[tuple, int] = {}
    for row in rows:
        try:
            upload = known.upload_of(row)
            earlier = seen.setdefault(upload.key, row.number)
            if earlier != row.number:
                raise _Wrong("nyckeltal", f"Samma värde står redan på rad {earlier}")
            checked.uploads.append(upload)
        except _Wrong as wrong:
            fault = Fault(row.number, wrong.column, wrong.message)
            checked.faults.append(fault)
    return checked


class _Known:
    """What rows may name: indicators by number, address or name; places by code."""

    def __init__(self) -> None:
        self.indicators: dict[str, Indicator] = {}
        for each in Indicator.objects.all():
            for name in filter(None, [each.title, each.slug, each.kolada_id]):
                self.indicators[name.casefold()] = each
        self.places = {each.code.casefold(): each for each in Place.objects.all()}
        self.own = next((each for each in self.places.values() if each.is_own), None)

    def upload_of(self, row: SheetRow) -> Upload:
        """Raises _Wrong for the first cell that is wrong."""
        return Upload(
            row=row.number,
            indicator=self._indicator(row),
            place=self._place(row["platskod"]),
            year=_year(row["ar"]),
            gender=_gender(row["kon"]),
            value=_value(row["varde"]),
            status=row["anmarkning"].lstrip("'")[:STATUS_LENGTH],
        )

    def _indicator(self, row: SheetRow) -> Indicator:
        named = row["nyckeltal"].lstrip("'")
        for name in (row["nummer_i_kolada"], named):
            if name.casefold() in self.indicators:
                return self.indicators[name.casefold()]
        if not named:
            raise _Wrong("nyckeltal", "Skriv nyckeltalets namn eller nummer")
        raise _Wrong("nyckeltal", f"Det finns inget nyckeltal som heter ”{named}”")

    def _place(self, code: str) -> Place:
        place = self.places.get(code.zfill(4).casefold()) if code else self.own
        place = place or self.places.get(code.casefold())
        if place is None:
            raise _Wrong("platskod", f"”{code}” är inte en plats som vi jämför med")
        return place


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise _Wrong("ar", f"Skriv ett år med fyra siffror, inte ”{text}”")
    year = int(text[:5])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _Wrong("ar", f"Året ska vara mellan {FIRST_YEAR} och {LAST_YEAR}")
    return year


def _gender(text: str) -> str:
    names = {each.label: each.value for each in Gender}
    names |= {each.value.casefold(): each.value for each in Gender}
    gender = names.get(text.casefold()) if text else Gender.TOTAL.value
    if gender is None:
        raise _Wrong("kon", f"Skriv alla, kvinnor eller män, inte ”{text}”")
    return gender


def _value(text: str) -> Decimal | None:
    """A number with a comma or a full stop, and spaces between thousands."""
    written = "".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not written:
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise _Wrong("varde", f"Skriv ett tal, inte ”{text}”") from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise _Wrong("varde", f"Talet ”{text}” är för stort")
    return round(number, MOST_DECIMALS)


# -- What would become of it


@dataclass(frozen=True)
class Change:
    """A value that would become another."""

    upload: Upload
    before: Decimal | None

    @property
    def texts(self) -> tuple[str, str]:
        """What it is now and what it would be."""
        return _written(self.before), _written(self.upload.value)


@dataclass(frozen=True)
class Difference:
    new: list[Upload]
    changed: list[Change]
    same: int


def difference(uploads: list[Upload]) -> Difference:
    """What keeping these would do to the values that are there."""
    indicators = {each.indicator.pk for each in uploads}
    present = {
        (each.indicator_id, each.place_id, each.period, each.gender): each
        for each in Measurement.objects.filter(indicator__in=indicators)
    }
    new = [each for each in uploads if each.key not in present]
    changed = [
        Change(each, present[each.key].value)
        for each in uploads
        if each.key in present and _differs(each, present[each.key])
    ]
    return Difference(new, changed, len(uploads) - len(new) - len(changed))


def _written(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def _differs(upload: Upload, present: Measurement) -> bool:
    return (upload.value, upload.status) != (present.value, present.status)


# -- Between the trial and the keeping


def as_cells(upload: Upload) -> list[str]:
    """In the order of COLUMNS, so that `from_cells` gives what is read the same."""
    return [
        upload.indicator.slug,
        upload.place.code,
        str(upload.year),
        upload.gender,
        "" if upload.value is None else str(upload.value),
        upload.status,
    ]


def from_cells(rows: Iterable[list[str]]) -> list[SheetRow]:
    return [
        SheetRow(number, dict(zip(COLUMNS, cells, strict=True)))
        for number, cells in enumerate(rows, start=2)
    ]
