"""What a person says of themselves, made clean."""

from django import forms

from kunskapsbank.enums import PublicName


class NameForm(forms.Form):
    name = forms.CharField(
        label="Ditt namn",
        max_length=120,
        help_text=(
            "Visas bara vid de bidrag där du har valt att visa det. Rättar du namnet "
            "ändras det också där."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": "Skriv ditt namn",
            "max_length": "Korta namnet, det får ha högst %(limit_value)s tecken",
        },
    )


class ShownNameForm(forms.Form):
    public_name = forms.ChoiceField(label="Namn som visas", choices=PublicName.choices)
