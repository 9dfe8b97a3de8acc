"""What is asked when a period is followed up."""

from uuid import UUID, uuid4

from django import forms
from django.utils.timezone import localdate

from accounts.models import User
from kunskapsbank.forms.draft_fields import DraftText
from uppfoljning.forms.years import YEAR
from uppfoljning.models import Assessment, Indicator, Initiative
from uppfoljning.permissions import can_contribute
from uppfoljning.workflow.assessments import MOST_CHARACTERS


class StartForm(forms.Form):
    use_required_attribute = False

    period_start = forms.IntegerField(label="Från år", **YEAR)
    period_end = forms.IntegerField(
        label="Till år", help_text="Sista året blir rapportens år.", **YEAR
    )


class AssignForm(forms.Form):
    """Who writes about each fokusområde; a field for each, named by its number."""

    use_required_attribute = False

    def __init__(self, data=None, *, assessments):
        super().__init__(data)
        people = _people()
        for each in assessments:
            self.fields[_name(each)] = forms.ChoiceField(
                label=f"{each.fokusomrade.number} {each.fokusomrade.title}",
                required=False,
                initial=str(each.assignee_id or ""),
                choices=_with_current(people, each),
                error_messages={"invalid_choice": "Välj bland dem i listan"},
            )

    def field_of(self, assessment):
        return self[_name(assessment)]

    @property
    def chosen(self) -> dict[str, int | None]:
        """By number, those that the page asked about."""
        return {
            name.removeprefix("till-"): int(value) if value else None
            for name, value in self.cleaned_data.items()
            if name in self.data
        }


def _name(assessment: Assessment) -> str:
    return f"till-{assessment.fokusomrade.number}"


def _people() -> list[tuple[str, str]]:
    users = User.objects.filter(is_active=True).order_by("name", "email")
    everybody = users.prefetch_related("groups")
    able = [each for each in everybody if can_contribute(each)]
    return [("", "Ingen"), *((str(each.pk), str(each)) for each in able)]


def _with_current(people, assessment):
    """Whoever it is given to may have lost the right, and is shown all the same."""
    current = assessment.assignee
    if current is None or str(current.pk) in dict(people):
        return people
    return [*people, (str(current.pk), f"{current} (kan inte skriva längre)")]


class AssessmentForm(forms.Form):
    """The text and what is attached. `only` limits it to what an autosave sends."""

    use_required_attribute = False

    text = DraftText(
        label="Lägesbedömning",
        what="texten",
        max_length=MOST_CHARACTERS,
        help_text="Vad har hänt under perioden, vad har staden gjort, vad ledde det "
        "till och vad återstår? Skriv inte namn på personer.",
        widget=forms.Textarea(attrs={"rows": 16, "data-markdown": True}),
    )
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label="Nyckeltal som visar det",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland nyckeltalen i listan"},
    )
    initiatives = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        label="Insatser som hör till",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj bland insatserna i listan"},
    )

    def __init__(self, data=None, *, assessment: Assessment, only=None):
        super().__init__(data, initial=_initial_of(assessment))
        area = assessment.fokusomrade
        indicators, initiatives = (
            Indicator.objects.public(),
            Initiative.objects.public(),
        )
        self.fields["indicators"].queryset = (
            indicators.of_fokusomrade(area) | indicators.overarching().distinct()
        )
        self.fields["initiatives"].queryset = initiatives.of_fokusomrade(area)
        for name in self.fields.keys() - set(self.fields if only is None else only):
            del self.fields[name]

    @property
    def values(self):
        """What was written and can be kept, by field."""
        return {
            name: list(value) if name != "text" else value
            for name, value in self.cleaned_data.items()
        }


def _initial_of(assessment: Assessment) -> dict:
    return {
        "text": assessment.text,
        "indicators": [each.pk for each in assessment.indicators.all()],
        "initiatives": [each.pk for each in assessment.initiatives.all()],
    }


class SaidText(DraftText):
    """Text that must be there, counted as it will be stored."""

    def validate(self, value):
        forms.CharField.validate(self, value.strip())


class SendBackForm(forms.Form):
    use_required_attribute = False

    message = DraftText(
        label="Meddelande till den som skriver",
        what="meddelandet",
        max_length=2000,
        required=False,
        help_text="Behövs när du skickar tillbaka texten. Säg vad som saknas.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AdoptForm(forms.Form):
    use_required_attribute = False

    diary_number = forms.CharField(
        label="Diarienummer",
        max_length=60,
        help_text="Ärendets nummer i stadens diarium.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Skriv ärendets diarienummer",
            "max_length": "Korta diarienumret",
        },
    )
    adopted_on = forms.DateField(
        label="Fastställd den",
        input_formats=["%Y-%m-%d"],
        help_text="Skriv så här: 2021-03-24",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Skriv datumet så här: 2021-03-24"
        ),
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)

    def clean_adopted_on(self):
        day = self.cleaned_data["adopted_on"]
        if day > localdate():
            raise forms.ValidationError("Datumet kan inte ligga framåt i tiden")
        return day


class CorrectionForm(forms.Form):
    use_required_attribute = False

    text = SaidText(
        label="Rättelse",
        what="rättelsen",
        max_length=4000,
        help_text="Säg var i rapporten felet står och vad som är rätt. Rättelsen "
        "visas med dagens datum och kan inte ändras sedan.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Skriv vad som är fel och vad som är rätt"},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def new(cls) -> "CorrectionForm":
        return cls(initial={"key": uuid4()})

    @property
    def parts(self) -> dict[str, str | UUID]:
        return {"text": self.cleaned_data["text"], "key": self.cleaned_data["key"]}
