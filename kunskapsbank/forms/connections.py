"""Proposing how one prioritering bears on another, and deciding on it."""

import re
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator

from kunskapsbank.enums import ConnectionKind
from kunskapsbank.forms.letters import BAD_LINK, TextField, text_area, too_long
from kunskapsbank.forms.pointing import pointed_at
from kunskapsbank.forms.reviewing.decision import WithReply, reasons

MOST_ENTRIES = 20
_SHOWN_WORDS = 100  # characters of a prioritering in a list to choose from
_KINDS = {
    ConnectionKind.SUPPORTS: (
        "Den första stöder den andra",
        "Det som görs för den första hjälper den andra.",
    ),
    ConnectionKind.REQUIRES: (
        "Den första förutsätter den andra",
        "Den första går inte att nå om den andra inte är på plats.",
    ),
    ConnectionKind.CONFLICTS: (
        "De krockar med varandra",
        "Mer av den ena ger mindre av den andra. Det gäller åt båda hållen.",
    ),
}


class PrioriteringField(forms.ChoiceField):
    """One of an edition's prioriteringar, grouped by fokusområde; gives the object."""

    def __init__(self, **kwargs):
        missing = "Välj en prioritering"
        messages = {"required": missing, "invalid_choice": missing}
        super().__init__(error_messages=messages, **kwargs)
        self.known = {}

    def offer(self, tree):
        self.known = {each.slug: each for each in tree.prioriteringar}
        groups = [
            (f"{area.number} {area.short_title}", [*map(_option, _of(area))])
            for area in tree.fokusomraden
        ]
        self.choices = [("", "Välj en prioritering"), *groups]

    def clean(self, value):
        return self.known[super().clean(value)]


class EntriesField(forms.CharField):
    """Contributions by number or address, in any number of lines; gives entries."""

    def clean(self, value):
        words = [each for each in re.split(r"[\s,;]+", super().clean(value)) if each]
        if len(words) > MOST_ENTRIES:
            raise ValidationError(f"Ange högst {MOST_ENTRIES} bidrag")
        found = {word: _entry_of(word) for word in words}
        unknown = [word for word, entry in found.items() if entry is None]
        if unknown:
            which = ", ".join(Truncator(word).chars(60) for word in unknown)
            raise ValidationError(f"Det finns inget publicerat bidrag som är {which}")
        return list(dict.fromkeys(found.values()))


class ConnectionForm(forms.Form):
    """The proposal; it must be sent with the key that the page was shown with."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    start = PrioriteringField(label="Den första prioriteringen")
    kind = forms.ChoiceField(
        label="Hur hör de ihop?",
        choices=[(each.value, label) for each, (label, _) in _KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur de hör ihop"},
    )
    kind.option_hints = {each.value: hint for each, (_, hint) in _KINDS.items()}
    end = PrioriteringField(label="Den andra prioriteringen")
    sentence = TextField(
        label="Förklara i en mening",
        help_text="Vad är det i den ena som påverkar den andra? Meningen visas för "
        "alla om sambandet godkänns.",
        missing="Förklara hur de hör ihop",
        limit=300,
        rows=3,
    )
    entries = EntriesField(
        label="Bidrag som visar det",
        required=False,
        widget=text_area(3),
        max_length=4000,
        help_text="Skriv bidragens nummer, till exempel B-12, eller klistra in deras "
        "adresser. Ett på varje rad.",
        error_messages={"max_length": too_long(4000)},
    )
    link = forms.URLField(
        label="Länk som visar det",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Till exempel en utvärdering eller en forskningsartikel.",
        error_messages={"invalid": BAD_LINK, "max_length": too_long(500)},
    )
    link_title = forms.CharField(
        label="Vad leder länken till?",
        required=False,
        max_length=140,
        help_text="Titel, vem som har gett ut det och år.",
        error_messages={"max_length": too_long(140)},
    )

    def __init__(self, data=None, *, tree, **kwargs):
        super().__init__(data, **kwargs)
        for name in ("start", "end"):
            self.fields[name].offer(tree)

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.lower().startswith(("https://", "http://")):
            raise ValidationError(BAD_LINK)
        return link

    def clean(self):
        clean = super().clean()
        start, end = clean.get("start"), clean.get("end")
        if start and start == end:
            self.add_error(
                "end", "Välj en annan prioritering än den första. De ska vara två"
            )
        is_named = clean.get("link_title") or "link_title" in self.errors
        if clean.get("link") and not is_named:
            self.add_error("link_title", "Skriv vad länken leder till")
        return clean


class ConnectionDecisionForm(WithReply):
    decision = forms.ChoiceField(
        label="Vad ska hända?",
        choices=[("approve", "Godkänn sambandet"), ("decline", "Säg nej")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad som ska hända",
            "invalid_choice": "Välj vad som ska hända",
        },
    )
    decision.option_hints = {
        "approve": "Alla ser det direkt. Saknas belägg står det så.",
        "decline": "Det visas inte. Den som har föreslagit det får veta skälet.",
    }
    reason = forms.ChoiceField(
        label="Skäl",
        required=False,
        choices=reasons,
        help_text="Behövs om du säger nej. Den som har föreslagit det får se det.",
        error_messages={"invalid_choice": "Välj ett av skälen i listan"},
    )
    field_order = ["decision", "reason", "reply", "message"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        message = self.fields["message"]
        message.label = "Meddelande till den som har föreslagit det"
        message.help_text = "Behövs om du säger nej. Skickas med e-post."

    def clean(self):
        clean = super().clean()
        if clean.get("decision") == "decline":
            if not clean.get("reason") and "reason" not in self.errors:
                self.add_error("reason", "Välj ett skäl")
            if not clean.get("message") and "message" not in self.errors:
                self.add_error("message", "Skriv varför det blev nej")
        return clean


class ConnectionWithdrawalForm(forms.Form):
    """A moderator who takes away what somebody else proposed must say why."""

    message = TextField(
        label="Varför?",
        missing="Skriv varför sambandet ska bort",
        limit=1000,
        rows=3,
    )

    def __init__(self, data=None, *, is_own, **kwargs):
        super().__init__(data, **kwargs)
        message = self.fields["message"]
        message.required = not is_own
        message.help_text = (
            "Granskarna ser det du skriver."
            if is_own
            else "Skickas med e-post till den som har föreslagit sambandet."
        )


def _of(area):
    return area.prioriteringar.all()


def _option(prioritering):
    words = Truncator(prioritering.text).chars(_SHOWN_WORDS)
    return prioritering.slug, f"{prioritering.number}. {words}"


def _entry_of(word):
    pointed = pointed_at(word)
    version = pointed.first() if pointed is not None else None
    return version.entry if version else None
