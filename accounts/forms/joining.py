"""What is written by those who invite, accept, apply and answer, made clean."""

from textwrap import shorten

from django import forms

from accounts.bots import UnlikeBots
from accounts.enums import Role
from accounts.permissions import can_grant
from programme import taxonomy

_EMAIL_FAULTS = {"invalid": "Skriv e-postadressen så här: namn@example.se"}


def email_field(hint=""):
    return forms.EmailField(
        label="E-postadress",
        help_text=hint,
        max_length=254,
        error_messages={"required": "Skriv en e-postadress", **_EMAIL_FAULTS},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def text_field(label, hint, *, please="", room=1000):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(please),
        max_length=room,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": please,
            "max_length": "Korta texten, den får ha högst %(limit_value)s tecken",
        },
    )


def line_field(label, hint="", *, please="", autocomplete="off"):
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(please),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": please,
            "max_length": "Korta texten, den får ha högst %(limit_value)s tecken",
        },
    )


def _label(prioritering):
    text = f"{prioritering.number} {prioritering.text}"
    return shorten(text, 90, placeholder=" …")


class InviteForm(forms.Form):
    email = email_field("Dit går inbjudan. Adressen visas inte på webbplatsen.")
    role = forms.ChoiceField(
        label="Roll",
        widget=forms.RadioSelect,
        initial=Role.CONTRIBUTOR,
        error_messages={
            "required": "Välj en roll",
            "invalid_choice": "Välj en av rollerna",
        },
    )
    message = text_field("Meddelande", "Står i mejlet, med ditt namn.")
    prioritering = forms.TypedChoiceField(
        label="Prioritering",
        required=False,
        empty_value=None,
        help_text=(
            "Saknas det bidrag till en prioritering? Välj den, så öppnas formuläret "
            "där när personen tackar ja."
        ),
        error_messages={"invalid_choice": "Välj en av prioriteringarna"},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        granted = [role for role in Role if can_grant(by, role)]
        self.fields["role"].choices = [(role.value, role.label) for role in granted]
        self.fields["role"].option_hints = {
            role.value: role.consequence for role in granted
        }
        prioriteringar = {each.slug: each for each in taxonomy.current().prioriteringar}
        self.fields["prioritering"].coerce = prioriteringar.__getitem__
        self.fields["prioritering"].choices = [
            ("", "ingen särskild"),
            *((slug, _label(each)) for slug, each in prioriteringar.items()),
        ]


class AcceptForm(forms.Form):
    name = line_field(
        "Ditt namn",
        "För varje bidrag väljer du själv om namnet, organisationen eller inget av "
        "dem ska visas.",
        please="Skriv ditt namn",
        autocomplete="name",
    )


class ApplyForm(UnlikeBots):
    name = line_field("Ditt namn", please="Skriv ditt namn", autocomplete="name")
    email = email_field("Dit skickar vi svaret. Adressen visas inte på webbplatsen.")
    organisation = line_field(
        "Organisation",
        "Till exempel en förening, ett företag eller en förvaltning.",
        autocomplete="organization",
    )
    reason = text_field(
        "Varför vill du bidra?",
        "Berätta kort vad du vill dela med dig av. Skriv inte namn eller uppgifter om "
        "andra utan att de har sagt ja.",
        please="Berätta varför du vill bidra",
        room=2000,
    )

    field_order = ["name", "email", "organisation", "reason", "page_url", "began"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class AnswerForm(forms.Form):
    INVITE, DECLINE = "invite", "decline"

    answer = forms.ChoiceField(
        label="Svar",
        choices=[(INVITE, "Bjud in"), (DECLINE, "Säg nej")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj ett svar",
            "invalid_choice": "Välj ett av svaren",
        },
    )
    message = text_field(
        "Meddelande", "Står i mejlet. Det behövs när du säger nej: säg varför."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].option_hints = {
            self.INVITE: "Personen får en inbjudan som bidragsgivare, som gäller i "
            "sju dagar.",
            self.DECLINE: "Personen får ditt svar, och rådet att tipsa utan konto.",
        }

    def clean(self):
        written = super().clean()
        declines = written.get("answer") == self.DECLINE
        if declines and not written.get("message", "").strip():
            self.add_error(
                "message", "Skriv varför, så att den som har ansökt vet vad som gäller"
            )
        return written
