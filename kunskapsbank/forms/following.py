"""What is sent in by whoever follows a list by mail, made clean."""

from django import forms

from kunskapsbank.enums import Frequency
from kunskapsbank.forms.letters import BAD_EMAIL, OpenForm

EXPLAINED = {
    Frequency.DAILY.value: "På morgonen, de dagar då något är nytt.",
    Frequency.WEEKLY.value: "Samma veckodag varje gång, om något är nytt.",
}


class FrequencyField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            choices=Frequency.choices,
            widget=forms.RadioSelect,
            error_messages={
                "required": "Välj hur ofta du vill få mejl",
                "invalid_choice": "Välj hur ofta du vill få mejl",
            },
            **kwargs,
        )
        self.option_hints = EXPLAINED


class FollowForm(OpenForm):
    email = forms.EmailField(
        label="Din e-postadress",
        max_length=254,
        help_text="Adressen används bara till de här mejlen. Den visas inte på "
        "webbplatsen.",
        error_messages={
            "required": "Skriv din e-postadress",
            "invalid": BAD_EMAIL,
            "max_length": BAD_EMAIL,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = FrequencyField(
        label="Hur ofta vill du få mejl?", initial=Frequency.WEEKLY
    )
    field_order = ["email", "frequency"]

    def wanted(self):
        """The values, without what tells people from machines."""
        return {name: self.cleaned_data[name] for name in ("email", "frequency")}


class FrequencyForm(forms.Form):
    """How often an address that follows already wants to be told of one list."""

    frequency = FrequencyField(label="Hur ofta?")

    def __init__(self, data=None, *, subscription, **kwargs):
        kwargs.setdefault("initial", {"frequency": subscription.frequency})
        super().__init__(data, prefix=f"lista-{subscription.pk}", **kwargs)
        self.subscription = subscription
