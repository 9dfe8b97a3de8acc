"""The day that a reader asks for the text of."""

from dataclasses import dataclass, replace
from datetime import date as Date

from django.utils.formats import date_format
from django.utils.timezone import localdate

from programme import as_of
from programme.taxonomy import Taxonomy


@dataclass(frozen=True)
class Asked:
    """`tree` is the text to show, of `day` or else of today; `fault` says in words why
    it is not that of the day that was asked for. `written` is what the reader wrote."""

    tree: Taxonomy
    written: str = ""
    day: Date | None = None
    fault: str = ""

    @classmethod
    def from_query(cls, query, tree: Taxonomy) -> "Asked":
        """What an address asks for; without a day, the text as it is."""
        written = query.get("datum", "").strip()
        if not written:
            return cls(tree)
        day = _day(written)
        if fault := _fault(day, tree.edition):
            return cls(tree, written, fault=fault)
        return cls(as_of.tree(tree.edition, day), written, day)

    @property
    def is_another_day(self) -> bool:
        return self.day is not None

    def without_this_page(self, tree: Taxonomy) -> "Asked":
        """What to show where the page's part of the text was not there that day."""
        fault = f"Den här delen fanns inte i programmet den {_in_words(self.day)}."
        return replace(self, tree=tree, day=None, fault=fault)


def _day(written):
    try:
        return Date.fromisoformat(written)
    except ValueError:
        return None


def _fault(day, edition):
    if day is None:
        return "Datumet går inte att läsa. Skriv det som 2018-05-01."
    if day > localdate():
        return f"Den {_in_words(day)} har inte varit än."
    if edition.decided_on and day < edition.decided_on:
        return (
            f"Den {_in_words(day)} var programmet inte beslutat. Det beslutades den "
            f"{_in_words(edition.decided_on)}."
        )
    return ""


def _in_words(day):
    return date_format(day, "j F Y")
