"""What is asked of an initiative, whether it is written in the form or in a workbook.

A draft may lack anything; what must be there is said when it is handed in.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from kunskapsbank.forms import tree
from kunskapsbank.forms.draft_fields import DraftChoice, DraftText, DraftYear
from kunskapsbank.models import Entry, Organisation, Version
from programme import taxonomy
from uppfoljning.enums.initiatives import CITY, Progress
from uppfoljning.models import Indicator, InitiativeText

EARLIEST, LATEST = 1950, 2100
_BAD_YEAR = f"Skriv ett årtal mellan {EARLIEST} och {LATEST}"
_NUMBER = re.compile(r"b-?(\d{1,15})", re.IGNORECASE)
_LONG = {"rows": 6, "data-markdown": True}


class InitiativeForm(forms.Form):
    """`text` is the draft that is written in, None for a new one."""

    use_required_attribute = False

    title = DraftText(
        label="Rubrik",
        what="rubriken",
        max_length=140,
        help_text="Säg vad ni gör, gärna med ett verb.",
        widget=forms.TextInput,
    )
    summary = DraftText(
        label="Det här gör vi, kort",
        what="texten",
        max_length=600,
        help_text="Två eller tre meningar som går att förstå för den som inte arbetar "
        "hos er.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    organisation = DraftChoice(
        label="Nämnd, förvaltning eller bolag",
        help_text="Den som svarar för insatsen.",
        error_messages={"invalid_choice": "Välj bland dem i listan"},
    )
    organisation_name = DraftText(
        label="Finns den inte i listan? Skriv namnet",
        what="namnet",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation_kind = DraftChoice(
        label="Vad är det för slags organisation?",
        required=False,
        choices=[("", "Välj"), *((each.value, each.label) for each in CITY)],
        error_messages={"invalid_choice": "Välj nämnd, förvaltning eller bolag"},
    )
    prioriteringar = forms.MultipleChoiceField(
        label="Prioriteringar",
        required=False,
        error_messages={"invalid_choice": "Välj bland prioriteringarna i listan"},
    )
    progress = DraftChoice(
        label="Hur långt har ni kommit?",
        choices=[(each.value, each.label.capitalize()) for each in Progress],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Välj planerad, pågår eller avslutad"},
    )
    period_start = DraftYear(label="Från år")
    period_end = DraftYear(label="Till år", required=False)
    description = DraftText(
        label="Så går det till",
        what="texten",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs=_LONG),
    )
    effect = DraftText(
        label="Effekt",
        what="texten",
        required=False,
        max_length=5000,
        help_text="Vad har förändrats, och för vem? Lämna tomt om det är för tidigt "
        "att säga.",
        widget=forms.Textarea(attrs=_LONG),
    )
    evidence = DraftText(
        label="Hur vet ni det?",
        what="texten",
        required=False,
        max_length=2000,
        help_text="Mätningar, uppföljningar eller vad ni har hört. Länka gärna.",
        widget=forms.Textarea(attrs={"rows": 4, "data-markdown": True}),
    )
    entries = DraftText(
        label="Bidrag i kunskapsbanken som visar det",
        what="listan",
        required=False,
        max_length=2000,
        help_text="Ett på varje rad: bidragets nummer, till exempel B-12, eller dess "
        "adress.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    indicators = forms.MultipleChoiceField(
        label="Nyckeltal som visar det",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland nyckeltalen i listan"},
    )

    def __init__(self, data=None, *, text: InitiativeText | None = None, **options):
        initial = initial_of(text) if text else {}
        super().__init__(data, initial=initial | options.pop("initial", {}), **options)
        self.text = text
        self._organisations = {str(each.pk): each for each in _organisations(text)}
        self._prioriteringar = {str(each.pk): each for each in _prioriteringar(text)}
        self._indicators = {str(each.pk): each for each in Indicator.objects.public()}
        self.fields["organisation"].choices = [
            ("", "Välj i listan"),
            *((pk, each.name) for pk, each in self._organisations.items()),
        ]
        self.fields["prioriteringar"].choices = [
            (pk, each.text) for pk, each in self._prioriteringar.items()
        ]
        self.fields["indicators"].choices = [
            (pk, each.title) for pk, each in self._indicators.items()
        ]

    def clean_organisation(self):
        return self._organisations.get(self.cleaned_data["organisation"])

    def clean_prioriteringar(self):
        chosen = self.cleaned_data["prioriteringar"]
        return [self._prioriteringar[pk] for pk in chosen]

    def clean_indicators(self):
        return [self._indicators[pk] for pk in self.cleaned_data["indicators"]]

    def clean_entries(self):
        allowed = list(self.text.entries.all()) if self.text else []
        return list(_entries(self.cleaned_data["entries"], allowed))

    def clean(self):
        values = self.cleaned_data
        for name in ("period_start", "period_end"):
            year = values.get(name)
            if year and not EARLIEST <= year <= LATEST:
                self.add_error(name, _BAD_YEAR)
        start, end = values.get("period_start"), values.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "Slutåret är före startåret")
        if values.get("organisation") and values.get("organisation_name"):
            fault = "Välj i listan eller skriv ett namn, inte båda"
            self.add_error("organisation_name", fault)
        return values

    @property
    def branches(self) -> Iterator[tree.Branch]:
        return tree.branches(self._chosen("prioriteringar"))

    @property
    def prioritering_count(self) -> int:
        return len(taxonomy.current().prioriteringar)

    @property
    def indicator_count(self) -> int:
        """How many of those that exist are chosen."""
        return len(self._chosen("indicators"))

    @property
    def has_indicators(self) -> bool:
        return bool(self._indicators)

    def _chosen(self, name: str) -> set[str]:
        return {str(each) for each in self[name].value() or []}


def initial_of(text: InitiativeText) -> dict[str, Any]:
    initial = {name: getattr(text, name) for name in _PLAIN}
    numbers = [each.number for each in text.entries.order_by("pk")]
    return initial | {
        "organisation": str(text.organisation_id or ""),
        "prioriteringar": [str(each.pk) for each in text.prioriteringar.all()],
        "indicators": [str(each.pk) for each in text.indicators.all()],
        "entries": "\n".join(numbers),
    }


_PLAIN = (
    "title",
    "summary",
    "description",
    "progress",
    "period_start",
    "period_end",
    "effect",
    "evidence",
    "organisation_name",
    "organisation_kind",
)


def _organisations(text):
    """The city's own, and the one that the text names already."""
    chosen = Q(kind__in=CITY)
    if text and text.organisation_id:
        chosen |= Q(pk=text.organisation_id)
    return Organisation.objects.filter(chosen).order_by("sort_key")


def _prioriteringar(text):
    """The current edition's, and those of the text, which may be of an earlier one."""
    known = {each.pk: each for each in taxonomy.current().prioriteringar}
    for each in text.prioriteringar.all() if text else []:
        known.setdefault(each.pk, each)
    return known.values()


def _entries(words: str, allowed: list[Entry]) -> Iterator[Entry]:
    """The contributions that the lines name, each once: listed ones, and those that
    the text has already."""
    known = {each.pk: each for each in allowed}
    found = {}
    for line in filter(None, (each.strip() for each in words.splitlines())):
        entry = _entry(line, known)
        if entry is None:
            raise ValidationError(f"Inget publicerat bidrag heter ”{line}”")
        found[entry.pk] = entry
    yield from found.values()


def _entry(line: str, known: dict[int, Entry]) -> Entry | None:
    listed = Version.objects.listed().select_related("entry")
    if number := _NUMBER.fullmatch(line):
        pk = int(number[1])
        version = listed.filter(entry=pk).first()
        return version.entry if version else known.get(pk)
    parts = [part for part in urlsplit(line).path.split("/") if part]
    if "kunskapsbank" not in parts[:-1]:
        return None
    slug = parts[parts.index("kunskapsbank") + 1]
    called_so = Q(entry__slug=slug) | Q(entry__old_slugs__slug=slug)
    version = listed.filter(called_so).first()
    return version.entry if version else None
