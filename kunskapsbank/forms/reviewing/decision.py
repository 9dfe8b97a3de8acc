"""A decision, its reason and its message."""

from typing import Any

from django import forms

from kunskapsbank.enums import Decision, DeclineReason
from kunskapsbank.models import ReplyTemplate

MESSAGE_ROOM = 4000
_CHECKLIST = [
    ("people", "Inga personuppgifter om andra"),
    ("source", "Källan eller länken fungerar"),
    ("images", "Bilder får användas och är beskrivna"),
    ("ties", "Rätt koppling till programmet"),
]
_BY_LAW = [
    DeclineReason.THREAT,
    DeclineReason.PRIVACY_CRIME,
    DeclineReason.INCITEMENT,
    DeclineReason.HATE_SPEECH,
    DeclineReason.CHILD_ABUSE,
    DeclineReason.VIOLENCE,
    DeclineReason.TERRORISM,
    DeclineReason.COPYRIGHT,
]
_NEW = {
    Decision.PUBLISH: ("Publicera bidraget", "Alla kan läsa det direkt."),
    Decision.RETURN: (
        "Be om komplettering",
        "Bidraget går tillbaka till den som har skrivit det och syns inte så länge.",
    ),
    Decision.DECLINE: (
        "Säg nej till bidraget",
        "Det publiceras inte. Den som har skrivit det får veta skälet och kan begära "
        "omprövning en gång.",
    ),
    Decision.EDIT: (
        "Rätta själv och publicera",
        "Du får se vad du har ändrat innan det publiceras. Rättelsen blir ett eget "
        "steg i historiken.",
    ),
}
_CHANGE = {
    **_NEW,
    Decision.PUBLISH: ("Publicera ändringen", "Den ersätter texten som syns nu."),
    Decision.RETURN: (
        "Be om komplettering",
        "Texten som syns nu ligger kvar som den är under tiden.",
    ),
    Decision.DECLINE: (
        "Säg nej till ändringen",
        "Texten som syns nu ändras inte. Den som har skrivit förslaget får veta skälet "
        "och kan begära omprövning en gång.",
    ),
}


def reasons() -> list:
    """The reasons as a select shows them: what the law names first (trust A23)."""
    rest = [each for each in DeclineReason if each not in _BY_LAW]
    return [
        ("", "Välj ett skäl"),
        ("Mot lagen", [(each.value, _capital(each.label)) for each in _BY_LAW]),
        ("Andra skäl", [(each.value, _capital(each.label)) for each in rest]),
    ]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def message_field(label: str, hint: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MESSAGE_ROOM,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Skriv ett meddelande, så att den som läser vet vad som gäller",
            "max_length": f"Korta meddelandet till högst {MESSAGE_ROOM} tecken",
        },
    )


class ReplySelect(forms.Select):
    """Each option carries its template's text, which the script puts in."""

    texts: dict[str, str] = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.texts.get(str(value)):
            option["attrs"]["data-text"] = text
        return option


class WithReply(forms.Form):
    """A message that may start from a template; `inserted` is what the button gives
    whoever has no JavaScript."""

    reply = forms.ChoiceField(label="Svarsmall", required=False, widget=ReplySelect)
    message = message_field(
        "Meddelande till den som har skrivit",
        "Behövs om du ber om komplettering eller säger nej. Skickas med e-post och "
        "syns bara för den som har skrivit och för moderatorer.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        templates = list(ReplyTemplate.objects.all())
        self.texts = {str(each.pk): each.text for each in templates}
        choices = [(str(each.pk), each.title) for each in templates]
        self.fields["reply"].choices = [("", "Välj en mall"), *choices]
        self.fields["reply"].widget.texts = self.texts

    def inserted(self) -> dict[str, Any]:
        """What was sent, with the chosen template's text after the message."""
        data = self.data.copy()
        chosen = self.texts.get(data.get(self.add_prefix("reply"), ""), "")
        before = data.get(self.add_prefix("message"), "").strip()
        both = "\n\n".join(part for part in (before, chosen) if part)
        data[self.add_prefix("message")] = both
        data[self.add_prefix("reply")] = ""
        return data


class Deciding(WithReply):
    """A decision with its reason and its message."""

    field_order = ["checked", "decision", "reason", "reply", "message"]

    decision = forms.ChoiceField(
        label="Vad ska hända?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad som ska hända",
            "invalid_choice": "Välj vad som ska hända",
        },
    )
    reason = forms.ChoiceField(
        label="Skäl",
        required=False,
        choices=reasons,
        help_text="Behövs om du säger nej. Den som har skrivit får se det.",
        error_messages={"invalid_choice": "Välj ett av skälen i listan"},
    )

    def clean(self):
        clean = super().clean()
        decision = clean.get("decision")
        explains = decision in {Decision.RETURN, Decision.DECLINE}
        if explains and "message" not in self.errors and not clean.get("message"):
            self.add_error("message", "Skriv vad som behövs, eller varför det blev nej")
        if decision == Decision.DECLINE and not (
            clean.get("reason") or "reason" in self.errors
        ):
            self.add_error("reason", "Välj ett skäl")
        return clean

    def _offer(self, options):
        field = self.fields["decision"]
        field.choices = [(each.value, label) for each, (label, _) in options.items()]
        field.option_hints = {each.value: hint for each, (_, hint) in options.items()}


class DecisionForm(Deciding):
    """On one text: `lock` is the text that was shown, and `over` the published text it
    was compared with."""

    lock = forms.IntegerField(widget=forms.HiddenInput)
    over = forms.IntegerField(required=False, widget=forms.HiddenInput)
    checked = forms.MultipleChoiceField(
        label="Jag har kontrollerat",
        required=False,
        choices=_CHECKLIST,
        widget=forms.CheckboxSelectMultiple,
        help_text="En minneslista för dig. Den sparas inte.",
    )

    def __init__(self, *args, is_change=False, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer(_CHANGE if is_change else _NEW)


class SeveralForm(Deciding):
    """The same decision on several texts; each is told by "key.lock"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer({each: _NEW[each] for each in _NEW if each != Decision.EDIT})


class AppealForm(WithReply):
    """The answer to an author who wanted another moderator's eyes."""

    granted = forms.TypedChoiceField(
        label="Ditt svar",
        choices=[("yes", "Ta upp bidraget igen"), ("no", "Låt beslutet stå")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": "Välj ett svar"},
    )
    field_order = ["granted", "reply", "message"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["granted"].option_hints = {
            "yes": "Det läggs i kön igen, och du har tagit det i en halvtimme.",
            "no": "Beslutet gäller, och det går inte att begära omprövning igen.",
        }
        message = self.fields["message"]
        message.required = True
        message.help_text = "Skickas med e-post till den som har skrivit."


class HidingForm(WithReply):
    """What another moderator says of a contribution that was hidden at once."""

    outcome = forms.ChoiceField(
        label="Vad ska hända?",
        choices=[
            ("uphold", "Låt bidraget förbli dolt"),
            ("show", "Visa bidraget igen"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vad som ska hända",
            "invalid_choice": "Välj vad som ska hända",
        },
    )
    field_order = ["outcome", "reply", "message"]

    def __init__(self, *args, may_object=False, **kwargs):
        super().__init__(*args, **kwargs)
        objection = " och kan begära omprövning en gång" if may_object else ""
        self.fields["outcome"].option_hints = {
            "uphold": f"Läsarna ser det inte. Ägaren får dina skäl{objection}.",
            "show": "Alla kan läsa det direkt, på samma adress som förut. Ägaren får "
            "ett mejl.",
        }
        message = self.fields["message"]
        message.label = "Skäl och meddelande till den som äger bidraget"
        message.help_text = "Behövs om bidraget förblir dolt. Skickas med e-post."

    def clean(self):
        clean = super().clean()
        is_upheld = clean.get("outcome") == "uphold"
        if is_upheld and "message" not in self.errors and not clean.get("message"):
            self.add_error("message", "Skriv varför bidraget förblir dolt")
        return clean
