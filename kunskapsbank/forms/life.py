"""What people write when they do something with their own contributions."""

from uuid import uuid4

from django import forms

TOGETHER = "together"
ALONE = "alone"


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class OnceForm(forms.Form):
    """A key that makes the second click on the button the same as the first."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4())


class WithdrawForm(forms.Form):
    message = forms.CharField(
        label="Varför återtar du bidraget?",
        help_text="Granskarna och de andra ägarna ser det. Det visas inte för läsarna.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Korta texten till högst 2 000 tecken"},
    )


class AppealForm(forms.Form):
    message = forms.CharField(
        label="Varför tycker du att beslutet är fel?",
        help_text="En annan granskare läser det tillsammans med din text.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Skriv varför du tycker att beslutet är fel",
            "max_length": "Korta texten till högst 5 000 tecken",
        },
    )


class ObjectionForm(forms.Form):
    message = forms.CharField(
        label="Varför ska bidraget visas igen?",
        help_text="Granskarna och de andra ägarna ser det. Det visas inte för läsarna.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Skriv varför bidraget ska visas igen",
            "max_length": "Korta texten till högst 4 000 tecken",
        },
    )


class HandOverForm(forms.Form):
    how = forms.ChoiceField(
        label="Vad vill du göra?",
        choices=[
            (TOGETHER, "Lägga till en ägare"),
            (ALONE, "Lämna över bidraget"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj om du vill lägga till en ägare eller lämna över",
            "invalid_choice": "Välj ett av alternativen",
        },
    )
    email = forms.EmailField(
        label="Personens e-postadress",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Skriv personens e-postadress",
            "invalid": "Skriv e-postadressen så här: namn@example.se",
            "max_length": "E-postadressen är för lång. Skriv den på nytt",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].option_hints = {
            TOGETHER: "Ni äger bidraget tillsammans och kan båda ändra det.",
            ALONE: (
                "Personen äger bidraget i stället för dig. Du kan inte ändra det sedan."
            ),
        }
