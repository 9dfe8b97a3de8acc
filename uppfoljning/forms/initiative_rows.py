"""Initiatives in a table that somebody uploads: each row is a form filled in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms

from kunskapsbank import cells
from kunskapsbank.models import tag_key
from programme import taxonomy
from uppfoljning.enums.initiatives import CITY, Progress
from uppfoljning.exceptions.sheets import SheetFault
from uppfoljning.forms.initiative import InitiativeForm
from uppfoljning.models import Indicator
from uppfoljning.sheets import reading as sheets
from uppfoljning.workflow.initiative_texts import faults_of

MOST_ROWS = 50
CHOOSE = "Välj en fil med insatser"
# The headings of the table, and the fields of the form.
COLUMNS = {
    "rubrik": "title",
    "det här gör vi": "summary",
    "organisation": "organisation",
    "slag av organisation": "organisation_kind",
    "prioriteringar": "prioriteringar",
    "läge": "progress",
    "från år": "period_start",
    "till år": "period_end",
    "så går det till": "description",
    "effekt": "effect",
    "hur ni vet det": "evidence",
    "bidrag": "entries",
    "nyckeltal": "indicators",
}
WANTED = [
    "rubrik",
    "det här gör vi",
    "organisation",
    "prioriteringar",
    "läge",
    "från år",
]
_HEADING = {name: heading for heading, name in COLUMNS.items()}
_PARTED = re.compile(r"[;|\n]")
_ALSO_BY_COMMA = re.compile(r"[,;|\n]")


@dataclass
class Fault:
    row: int
    column: str
    message: str


@dataclass
class Checked:
    """`values` of each row that is right, and every fault of the others."""

    values: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class InitiativeFileForm(forms.Form):
    """`rows` are those of a table that could be read, whatever stands in them."""

    use_required_attribute = False

    file = forms.FileField(
        label="Excel eller CSV",
        help_text=f"Högst {MOST_ROWS} rader.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": CHOOSE,
            "invalid": CHOOSE,
            "missing": CHOOSE,
            "empty": "Filen är tom. Välj en annan",
        },
    )
    rows: list[sheets.SheetRow] = []

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.rows = sheets.read(file.read(), wanted=WANTED)
        except SheetFault as fault:
            raise forms.ValidationError(fault.user_message) from fault
        if len(self.rows) > MOST_ROWS:
            raise forms.ValidationError(
                f"Filen har fler än {MOST_ROWS} rader. Dela upp den i flera"
            )
        return file


def check(rows: Iterable[sheets.SheetRow]) -> Checked:
    """Every row, with all that is wrong with it."""
    known = _Known()
    checked = Checked()
    for row in rows:
        form = InitiativeForm(known.data_of(row))
        told = {name: form.errors[name][0] for name in form.errors}
        read = dict.fromkeys(form.fields, "") | form.cleaned_data
        faults = {**faults_of(read), **told, **dict(known.faults_in(row))}
        for name, message in faults.items():
            heading = _HEADING.get(name.removesuffix("_name"), "organisation")
            checked.faults.append(Fault(row.number, heading, message))
        if not faults:
            checked.values.append(form.cleaned_data)
    return checked


class _Known:
    """What rows may name: by number, by name or by label, as people write them."""

    def __init__(self) -> None:
        self._prioriteringar = {
            _squeezed(name): str(each.pk)
            for each in taxonomy.current().prioriteringar
            for name in (each.number, each.slug)
        }
        self._indicators = {
            tag_key(name): str(each.pk)
            for each in Indicator.objects.public()
            for name in (each.title, each.slug)
        }
        self._organisations = {
            tag_key(name): pk
            for pk, name in InitiativeForm().fields["organisation"].choices
            if pk
        }
        self._labels = {each.label: each.value for each in (*Progress, *CITY)}

    def data_of(self, row: sheets.SheetRow) -> dict[str, Any]:
        """The row as the form would be sent."""
        data: dict[str, Any] = {
            name: _plain(row[heading]) for heading, name in COLUMNS.items()
        }
        organisation = self._organisations.get(tag_key(data["organisation"]), "")
        if not organisation:
            data["organisation_name"] = data["organisation"]
        data["organisation"] = organisation
        for name in ("progress", "organisation_kind"):
            data[name] = self._labels.get(data[name].casefold(), data[name])
        if organisation:
            data["organisation_kind"] = ""
        data["entries"] = "\n".join(_parts(data["entries"], _ALSO_BY_COMMA))
        data["prioriteringar"] = [
            pk for _, pk in self._prioriteringar_of(data["prioriteringar"]) if pk
        ]
        data["indicators"] = [
            pk for _, pk in self._indicators_of(data["indicators"]) if pk
        ]
        return data

    def faults_in(self, row: sheets.SheetRow) -> Iterator[tuple[str, str]]:
        """What is named and is not there."""
        for name, pk in self._prioriteringar_of(row["prioriteringar"]):
            if not pk:
                yield "prioriteringar", f"Det finns ingen prioritering ”{name}”"
        for name, pk in self._indicators_of(row["nyckeltal"]):
            if not pk:
                yield "indicators", f"Det finns inget nyckeltal ”{name}”"

    def _prioriteringar_of(self, text: str) -> Iterator[tuple[str, str]]:
        for name in _parts(text, _ALSO_BY_COMMA):
            yield name, self._prioriteringar.get(_squeezed(name), "")

    def _indicators_of(self, text: str) -> Iterator[tuple[str, str]]:
        for name in _parts(text, _PARTED):
            yield name, self._indicators.get(tag_key(name), "")


def _parts(text: str, by: re.Pattern) -> list[str]:
    return [part.strip() for part in by.split(text) if part.strip()]


def _squeezed(name: str) -> str:
    """4.3.1 a, 4.3.1a and 4.3.1 A are one."""
    return "".join(name.split()).casefold()


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running the text."""
    is_guarded = cell.startswith("'") and cell[1:].startswith(cells.FORMULA)
    return cell[1:] if is_guarded else cell
