"""The accessibility statement (tillgänglighetsredogörelsen), kept as records.

The law (2018:1937) and Digg's regulations say what it must hold. The records
stand in a file, since they are facts about a release of the site and change
with it; who is responsible and how to reach them comes from the settings.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

STATEMENT_FILE = Path(__file__).with_name("accessibility_statement.json")

# An assessment older than this says little about the site as it is now.
MAX_ASSESSMENT_AGE = timedelta(days=365)

STATUS_TEXTS = {
    "helt": "helt förenlig",
    "delvis": "delvis förenlig",
    "inte": "inte förenlig",
}


@dataclass(frozen=True)
class Deficiency:
    """One part of the site that not everybody can use, or does not get."""

    title: str
    description: str
    reason: str
    alternative: str
    criterion: str
    found_on: date
    planned: str


@dataclass(frozen=True)
class Mended:
    """A deficiency that there was; an editor moves it here when it is gone."""

    title: str
    found_on: date
    mended_on: date


@dataclass(frozen=True)
class Statement:
    """All that the statement says about the site itself."""

    service_name: str
    status: str
    assessed_on: date
    assessed_how: str
    updated_on: date
    deficiencies: tuple[Deficiency, ...]
    mended: tuple[Mended, ...]
    exempt: tuple[str, ...]
    burden: tuple[str, ...]
    not_tested: tuple[str, ...]

    @property
    def status_text(self) -> str:
        return STATUS_TEXTS[self.status]

    def contradictions(self, today: date) -> list[str]:
        """What makes the statement untrue on `today`, as sentences for editors."""
        found = []
        if self.status == "helt" and self.deficiencies:
            found.append('The status is "helt" but there are open deficiencies.')
        if today - self.assessed_on > MAX_ASSESSMENT_AGE:
            found.append(f"The assessment of {self.assessed_on} is over a year old.")
        if self.assessed_on > today or self.updated_on > today:
            found.append("A date lies in the future.")
        if any(each.mended_on > self.updated_on for each in self.mended):
            found.append("A deficiency was mended after the statement was updated.")
        if self.updated_on < self.assessed_on:
            found.append("The statement was updated before it was assessed.")
        return found


def load_statement(path: Path = STATEMENT_FILE) -> Statement:
    """Read the statement from `path`.

    Raises ValueError, with a sentence that says what to mend, when a field is
    missing, a date is not a date or the status is not one of `STATUS_TEXTS`.
    """
    record = json.loads(path.read_text(encoding="utf-8"))
    return Statement(
        service_name=_text(record, "service_name"),
        status=_status(record),
        assessed_on=_date(record, "assessed_on"),
        assessed_how=_text(record, "assessed_how"),
        updated_on=_date(record, "updated_on"),
        deficiencies=tuple(map(_deficiency, _list(record, "deficiencies"))),
        mended=tuple(map(_mended, _list(record, "mended"))),
        exempt=tuple(_list(record, "exempt")),
        burden=tuple(_list(record, "burden")),
        not_tested=tuple(_list(record, "not_tested")),
    )


def _deficiency(record):
    return Deficiency(
        title=_text(record, "title"),
        description=_text(record, "description"),
        reason=_text(record, "reason"),
        alternative=_text(record, "alternative"),
        criterion=_text(record, "criterion"),
        found_on=_date(record, "found_on"),
        planned=_text(record, "planned"),
    )


def _mended(record):
    return Mended(
        title=_text(record, "title"),
        found_on=_date(record, "found_on"),
        mended_on=_date(record, "mended_on"),
    )


def _field(record, name, kind):
    value = record.get(name)
    if not isinstance(value, kind):
        where = record.get("title", "the statement")
        raise ValueError(f'"{name}" is missing or of the wrong kind in {where}.')
    return value


def _text(record, name):
    text = _field(record, name, str).strip()
    if not text:
        where = record.get("title", "the statement")
        raise ValueError(f'"{name}" is empty in {where}: write what it says.')
    return text


def _list(record, name):
    return _field(record, name, list)


def _date(record, name):
    text = _text(record, name)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(
            f'"{name}" is "{text}": write the date as 2026-11-23.'
        ) from error


def _status(record):
    status = _text(record, "status")
    if status not in STATUS_TEXTS:
        known = ", ".join(STATUS_TEXTS)
        raise ValueError(f'"status" is "{status}": choose one of {known}.')
    return status
