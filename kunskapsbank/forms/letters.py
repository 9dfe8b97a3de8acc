"""What is written without an account, and what moderators answer, made clean."""

from django import forms

from kunskapsbank import guards
from kunskapsbank.enums import DeclineReason, LetterKind, LetterOutcome, MailChoice
from kunskapsbank.workflow.letters import outcomes

BAD_EMAIL = "Skriv e-postadressen så här: namn@example.se"
BAD_LINK = "Länken ska börja med https:// eller http://"
TOO_FAST = (
    "Det gick så fort att det såg ut som en maskin. Det du skrev står kvar. Skicka igen"
)
TRAPPED = (
    "Något fyllde i ett fält som ska vara tomt. Nu är det tömt, och det du skrev står "
    "kvar. Skicka igen"
)
# What a reader may report: the law's list first, then what else has no place here.
REPORTABLE = (
    DeclineReason.THREAT,
    DeclineReason.PRIVACY_CRIME,
    DeclineReason.INCITEMENT,
    DeclineReason.HATE_SPEECH,
    DeclineReason.CHILD_ABUSE,
    DeclineReason.VIOLENCE,
    DeclineReason.TERRORISM,
    DeclineReason.COPYRIGHT,
    DeclineReason.PERSONAL_DATA,
    DeclineReason.ADVERTISING,
    DeclineReason.UNSOURCED,
    DeclineReason.OTHER,
)


def too_long(limit):
    return f"Skriv högst {limit} tecken"


def text_area(rows):
    return forms.Textarea(attrs={"rows": rows})


class TextField(forms.CharField):
    """Words on several lines, that must be there, with one sentence if they are not."""

    def __init__(self, *, missing, limit=4000, rows=6, **kwargs):
        messages = {"required": missing, "max_length": too_long(limit)}
        super().__init__(
            max_length=limit, widget=text_area(rows), error_messages=messages, **kwargs
        )


class SenderEmailField(forms.EmailField):
    def __init__(self, *, help_text):
        super().__init__(
            label="Din e-postadress",
            required=False,
            max_length=254,
            help_text=help_text,
            error_messages={"invalid": BAD_EMAIL, "max_length": BAD_EMAIL},
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )


class OpenForm(forms.Form):
    """A form for anybody; `stamp` and `website` tell people from machines."""

    min_seconds = guards.MIN_SECONDS

    website = forms.CharField(
        label="Lämna det här fältet tomt",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data.copy() if data is not None else None, **kwargs)
        self.fields["stamp"].initial = guards.new_stamp()

    def clean(self):
        if self.errors:
            return  # it is shown again, and may then be sent at once
        shown = guards.read_stamp(self.cleaned_data.get("stamp", ""))
        if self.cleaned_data.get("website"):
            self.add_error(None, TRAPPED)
        elif shown is None or shown[0] < self.min_seconds:
            self.add_error(None, TOO_FAST)
        else:
            self.number = shown[1]

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self._errors:
            # What is shown again may be sent at once, with the trap empty.
            self.data["website"] = ""
            self.data["stamp"] = guards.new_stamp(is_second_time=True)

    @property
    def asked(self):
        """The fields that a person is to fill in."""
        return [field for field in self.visible_fields() if field.name != "website"]

    @property
    def trap(self):
        return self["website"]

    def letter(self):
        """The values of the letter, and the key that tells it from all others."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"website", "stamp"}
        }
        return values, guards.key_of(self.number, repr(sorted(values.items())))


class TipForm(OpenForm):
    text = TextField(
        label="Vad vill du tipsa om?",
        help_text="Till exempel ett projekt, en rapport eller något som ni har provat. "
        "Skriv inte namn eller uppgifter om andra utan att de har sagt ja.",
        missing="Skriv vad du vill tipsa om",
    )
    link = forms.URLField(
        label="Länk",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Om det finns något att läsa på webben.",
        error_messages={"invalid": BAD_LINK, "max_length": too_long(500)},
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    email = SenderEmailField(
        help_text="Då kan granskarna fråga dig, och du får veta vad tipset blev. "
        "Adressen visas inte på webbplatsen."
    )
    field_order = ["text", "link", "email"]


class ReportForm(OpenForm):
    reason = forms.ChoiceField(
        label="Vad är fel?",
        choices=[(each.value, each.label.capitalize()) for each in REPORTABLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad som är fel"},
    )
    place = forms.CharField(
        label="Var i bidraget?",
        required=False,
        max_length=200,
        help_text="Till exempel en rubrik, en mening eller en bild.",
        error_messages={"max_length": too_long(200)},
    )
    text = TextField(
        label="Förklara vad som är fel",
        help_text="Skriv så att den som läser förstår varför det inte ska vara kvar.",
        missing="Förklara vad som är fel",
    )
    name = forms.CharField(
        label="Ditt namn",
        required=False,
        max_length=120,
        error_messages={"max_length": too_long(120)},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = SenderEmailField(
        help_text="Då får du ett kvitto och beslutet. Den som har skrivit bidraget får "
        "inte veta vem du är."
    )
    in_good_faith = forms.BooleanField(
        label="Det jag skriver är riktigt och fullständigt, så vitt jag vet",
        error_messages={
            "required": "Kryssa i att det du skriver är riktigt, så vitt du vet"
        },
    )
    field_order = ["reason", "place", "text", "name", "email", "in_good_faith"]


class AccessibilityForm(OpenForm):
    kind = forms.ChoiceField(
        label="Vad gäller det?",
        choices=[
            (LetterKind.ACCESSIBILITY.value, "Något går inte att använda"),
            (LetterKind.OTHER_FORM.value, "Jag behöver innehåll i en annan form"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det gäller"},
    )
    kind.option_hints = {
        LetterKind.OTHER_FORM.value: "Till exempel uppläst, på teckenspråk, i stor "
        "stil eller som lättläst text.",
    }
    link = forms.CharField(
        label="Vilken sida gäller det?",
        required=False,
        max_length=500,
        help_text="Adressen eller rubriken. Lämna tomt om det gäller hela webbplatsen.",
        error_messages={"max_length": too_long(500)},
    )
    text = TextField(
        label="Berätta mer",
        help_text="Vad försökte du göra, och vad hände? Eller: vilken form behöver du? "
        "Skriv gärna vilken webbläsare och vilka hjälpmedel du använder.",
        missing="Berätta vad som inte fungerar eller vad du behöver",
    )
    name = forms.CharField(
        label="Ditt namn",
        required=False,
        max_length=120,
        error_messages={"max_length": too_long(120)},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = SenderEmailField(
        help_text="Dit skickar vi svaret, eller innehållet i den form du behöver. Vill "
        "du bli nådd på ett annat sätt? Skriv det i fältet ovanför."
    )
    field_order = ["kind", "link", "text", "name", "email"]


class AnswerForm(forms.Form):
    """A moderator's words to somebody."""

    prefix = "svar"
    message = TextField(
        label="Ditt svar",
        missing="Skriv ett svar",
        help_text="Skickas som mejl, om det finns en adress. Det visas också på "
        "avsändarens egen sida.",
    )

    def __init__(self, data=None, *, letter, **kwargs):
        super().__init__(data, **kwargs)
        self.letter = letter


class QuestionForm(AnswerForm):
    prefix = "fraga"
    message = TextField(
        label="Din fråga till den som äger bidraget",
        missing="Skriv en fråga",
        help_text="Berätta inte vem som har anmält det.",
    )


class CloseForm(AnswerForm):
    prefix = "avsluta"
    outcome = forms.ChoiceField(
        label="Vad blev det?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det blev"},
    )
    message = TextField(
        label="Skäl, till den som skrev",
        missing="Skriv ett skäl",
        help_text="Skickas som mejl, om det finns en adress. Det visas också på "
        "avsändarens egen sida.",
    )
    field_order = ["outcome", "message"]

    def __init__(self, data=None, *, letter, **kwargs):
        super().__init__(data, letter=letter, **kwargs)
        self.fields["outcome"].choices = [
            (each.value, LetterOutcome(each).label.capitalize())
            for each in outcomes(letter)
        ]


class HideForm(AnswerForm):
    prefix = "dolj"
    reason = forms.ChoiceField(
        label="Skäl",
        choices=[(each.value, each.label.capitalize()) for each in REPORTABLE],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett skäl"},
    )
    message = TextField(
        label="Förklaring, till den som äger bidraget",
        missing="Förklara varför bidraget döljs",
        help_text="Skriv vad som är fel och vad som krävs för att det ska kunna visas.",
    )
    field_order = ["reason", "message"]

    def __init__(self, data=None, *, letter, **kwargs):
        kwargs.setdefault("initial", {"reason": letter.reason})
        super().__init__(data, letter=letter, **kwargs)


class MailChoiceForm(forms.Form):
    choice = forms.ChoiceField(
        label="Hur ofta vill du få mejl om det som väntar?",
        choices=MailChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur ofta"},
    )
    choice.option_hints = {
        MailChoice.DAILY.value: "Varje morgon, om något väntar på dig.",
        MailChoice.NONE.value: "Du ser ändå allt i kön när du loggar in.",
    }
