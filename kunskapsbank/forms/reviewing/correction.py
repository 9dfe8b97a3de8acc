"""A moderator's own correction of a text."""

import hashlib
import json
from typing import Any

from django import forms

from kunskapsbank.enums import Kind, Outcome
from kunskapsbank.exceptions import TagForbidden
from kunskapsbank.forms.reviewing.decision import message_field
from kunskapsbank.models import Tag, Version, tag_key
from kunskapsbank.workflow.text import plain
from programme import taxonomy


def _long(name: str, label: str, *, required: bool = False) -> forms.CharField:
    room = Version._meta.get_field(name).max_length
    return forms.CharField(
        label=label,
        required=required,
        max_length=room,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Skriv en kort sammanfattning",
            "max_length": f"Korta texten till högst {room} tecken",
        },
    )


def _year(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Skriv ett årtal med fyra siffror"},
    )


class EditForm(forms.Form):
    """The whole text, for a moderator who corrects it; `seen` is a checksum of the
    correction that was shown before publishing."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Typ", choices=Kind.choices)
    title = forms.CharField(
        label="Rubrik",
        max_length=140,
        error_messages={
            "required": "Skriv en rubrik",
            "max_length": "Korta rubriken till högst 140 tecken",
        },
    )
    summary = _long("summary", "Sammanfattning", required=True)
    background = _long("background", "Bakgrund")
    implementation = _long("implementation", "Så gick det till")
    result = _long("result", "Resultat")
    lessons = _long("lessons", "Lärdomar")
    outcome = forms.ChoiceField(
        label="Hur det gick",
        required=False,
        choices=[("", "Inget svar"), *Outcome.choices],
    )
    period_start = _year("Startår")
    period_end = _year("Slutår")
    place = forms.CharField(label="Plats", required=False, max_length=120)
    address = forms.CharField(label="Länk", required=False, max_length=500)
    tags = forms.CharField(
        label="Ämnen",
        required=False,
        help_text="Skriv kommatecken mellan ämnena.",
    )
    prioriteringar = forms.MultipleChoiceField(
        label="Koppling till programmet",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland programmets prioriteringar"},
    )
    message = message_field(
        "Meddelande till den som har skrivit",
        "Skickas med e-post. Berätta gärna vad du har rättat.",
    )

    TEXT = ("kind", "title", "summary", "background", "implementation", "result") + (
        "lessons",
        "outcome",
        "period_start",
        "period_end",
        "place",
        "address",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["prioriteringar"].choices = [
            (each.slug, str(each)) for each in _prioriteringar()
        ]

    @classmethod
    def initial_of(cls, version: Version) -> dict[str, Any]:
        values = {name: getattr(version, name) for name in cls.TEXT}
        names = version.tags.all().shown().values_list("name", flat=True)
        values["tags"] = ", ".join(names)
        slugs = version.prioriteringar.values_list("slug", flat=True)
        return values | {"prioriteringar": list(slugs)}

    def clean_tags(self) -> list[Tag]:
        names = [name for name in self.cleaned_data["tags"].split(",") if name.strip()]
        keys = {tag_key(name): name.strip() for name in names}
        found = Tag.objects.called(list(keys))
        if missing := [name for key, name in keys.items() if key not in found]:
            raise forms.ValidationError(
                f"Ämnet ”{missing[0]}” finns inte. Ta bort det eller skriv ett annat"
            )
        if forbidden := [tag.name for tag in found.values() if tag.is_forbidden]:
            raise forms.ValidationError(TagForbidden(names=forbidden).user_message)
        return list({tag.pk: tag for tag in found.values()}.values())

    def clean(self) -> dict[str, Any]:
        """Browsers end lines otherwise than we do, and that is no correction."""
        clean = super().clean()
        return {
            name: plain(value) if isinstance(value, str) else value
            for name, value in clean.items()
        }

    def values(self) -> dict[str, Any]:
        """What `workflow.edit_and_publish` takes."""
        clean = self.cleaned_data
        chosen = set(clean["prioriteringar"])
        known = _prioriteringar()
        return {name: clean[name] for name in self.TEXT} | {
            "tags": clean["tags"],
            "prioriteringar": [each for each in known if each.slug in chosen],
        }

    def as_data(self) -> dict[str, Any]:
        """The correction as plain values, for a comparison with the text."""
        ties = {
            "tags": sorted(each.key for each in self.cleaned_data["tags"]),
            "prioriteringar": sorted(self.cleaned_data["prioriteringar"]),
        }
        return {name: self.cleaned_data[name] for name in self.TEXT} | ties

    def rebased(self, shown: dict[str, Any], version: Version) -> "EditForm":
        """The same correction of the text as it is now. What the moderator had left
        as it was shown follows the author's newer words, or it would undo them."""
        newer = self.initial_of(version)
        data = self.data.copy()
        for name, value in self.as_data().items():
            if value == shown.get(name):
                now = newer[name] if newer[name] is not None else ""
                data.setlist(name, now if isinstance(now, list) else [now])
        data["lock"] = str(version.lock)
        return EditForm(data)

    def checksum(self) -> str:
        text = json.dumps(self.as_data(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _prioriteringar():
    """Those of today's programme, and those that texts keep from earlier ones."""
    return [*taxonomy.current().prioriteringar, *taxonomy.earlier()]
