"""A collection as a moderator writes it: its text, its rows and what to add."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from kunskapsbank.enums import Order
from kunskapsbank.forms.pointing import NUMBER, pointed_at
from kunskapsbank.models import CollectedEntry, Collection, Version
from kunskapsbank.workflow.collections import Place
from search.sorting import sort_key

MOST_FOUND = 10
_NOTE_ROOM = CollectedEntry._meta.get_field("note").max_length
_AT_THE_END = 10_000


@dataclass
class Row:
    """A contribution as it stands in the form. `version` is None when it is hidden."""

    entry_pk: int
    position: str
    note: str
    is_removed: bool = False
    version: Version | None = None
    fault: str = ""

    @property
    def order(self) -> int:
        is_number = self.position.isascii() and self.position.isdigit()
        return int(self.position[:6]) if is_number else _AT_THE_END


class CollectionForm(forms.Form):
    title = forms.CharField(
        label="Rubrik",
        max_length=140,
        error_messages={
            "required": "Skriv en rubrik",
            "max_length": "Korta rubriken till högst 140 tecken",
        },
    )
    text = forms.CharField(
        label="Text",
        max_length=2000,
        help_text="Berätta kort vad samlingen handlar om.",
        widget=forms.Textarea(attrs={"rows": 6, "data-markdown": True}),
        error_messages={
            "required": "Skriv en kort text",
            "max_length": "Korta texten till högst 2000 tecken",
        },
    )


class GatherForm(CollectionForm):
    """With the contributions; `candidates` are those that the words to add may mean."""

    add = forms.CharField(
        label="Lägg till bidrag",
        required=False,
        help_text="Skriv bidragets nummer, till exempel B-12, dess adress eller några "
        "ord ur rubriken.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    lock = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, collection: Collection, **kwargs):
        super().__init__(*args, **kwargs)
        self.collection = collection
        self.candidates: list[Version] = []
        self.rows = list(self._rows())

    def clean_add(self) -> str:
        words = self.cleaned_data["add"].strip()
        if words and not self.chosen:
            self.candidates = list(_meant(words))
        if words and not self.chosen and not self.candidates:
            raise forms.ValidationError("Inget publicerat bidrag passar in på det")
        return words

    def clean(self) -> None:
        for row in self.rows:
            if excess := max(len(row.note) - _NOTE_ROOM, 0):
                row.fault = f"Korta texten om varför med {excess} tecken"
        if any(row.fault for row in self.rows):
            self.add_error(None, "Korta texterna om varför bidragen är med")

    @property
    def chosen(self) -> list[int]:
        """What was ticked among the candidates."""
        sent = self.data.getlist("nya") if self.is_bound else []
        return [int(pk) for pk in sent if NUMBER.fullmatch(pk)]

    @property
    def asks_which(self) -> bool:
        """Whether several contributions may be meant, or one not by its number."""
        return len(self.candidates) > 1

    @property
    def places(self) -> list[Place]:
        kept = [row for row in self.rows if not row.is_removed]
        kept.sort(key=lambda row: row.order)
        added = self.chosen or [each.entry_id for each in self.candidates]
        return [*(Place(row.entry_pk, row.note) for row in kept), *map(Place, added)]

    def _rows(self) -> Iterator[Row]:
        """Those of the page that was sent, and those that have come since."""
        stored = {each.entry_id: each for each in _stored(self.collection)}
        sent = self.data.getlist("rad") if self.is_bound else []
        pks = [int(pk) for pk in sent if NUMBER.fullmatch(pk)]
        pks += [pk for pk in stored if pk not in pks]
        listed = Version.objects.listed().filter(entry__in=pks)
        versions = {each.entry_id: each for each in listed.select_related("entry")}
        removed = set(self.data.getlist("bort")) if self.is_bound else set()
        for number, pk in enumerate(dict.fromkeys(pks), start=1):
            row = stored.get(pk)
            yield Row(
                entry_pk=pk,
                position=self._sent(f"plats-{pk}", str(number)),
                note=self._sent(f"varfor-{pk}", row.note if row else ""),
                is_removed=str(pk) in removed,
                version=versions.get(pk),
            )

    def _sent(self, name: str, otherwise: str) -> str:
        return self.data.get(name, otherwise).strip() if self.is_bound else otherwise


def _stored(collection):
    return collection.collected_entries.order_by("position")


def _meant(words: str):
    """The listed contributions that a number, an address or words of a title mean."""
    pointed = pointed_at(words)
    if pointed is not None:
        return pointed
    listed = Version.objects.listed().select_related("entry")
    key = sort_key(words)
    return listed.filter(sort_key__contains=key).in_order(Order.TITLE)[:MOST_FOUND]
