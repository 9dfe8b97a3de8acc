"""The form for values in a table."""

from django import forms

from uppfoljning.exceptions.sheets import SheetFault
from uppfoljning.sheets import reading, values

CHOOSE = "Välj en fil med värden"


class ValuesForm(forms.Form):
    """`rows` holds the rows of a table that could be read, whatever stands in them."""

    file = forms.FileField(
        label="Excel eller CSV",
        help_text=f"Högst {reading.MOST_ROWS} rader och 10\N{NO-BREAK SPACE}MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": CHOOSE,
            "invalid": CHOOSE,
            "missing": CHOOSE,
            "empty": "Filen är tom. Välj en annan",
        },
    )

    rows: list[reading.SheetRow] = []

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.rows = reading.read(file.read(), wanted=values.WANTED)
        except SheetFault as fault:
            raise forms.ValidationError(fault.user_message) from fault
        return file
