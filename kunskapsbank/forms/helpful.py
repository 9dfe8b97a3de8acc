"""What a reader answers to "Hjälpte det här dig?", made clean."""

from django import forms

from kunskapsbank import checks
from kunskapsbank.forms.letters import OpenForm, text_area, too_long

LIMIT = 500
MISSING = "Svara ja eller nej"
# What says who somebody is; each with what to do about the first that is found.
PERSONAL = (
    (checks.personal_numbers, "Ta bort personnumret {}"),
    (checks.email_addresses, "Ta bort e-postadressen {}"),
    (checks.phone_numbers, "Ta bort telefonnumret {}"),
)


class HelpfulForm(OpenForm):
    # A yes and a click take less time than something written.
    min_seconds = 1

    is_helpful = forms.TypedChoiceField(
        label="Hjälpte det här dig?",
        choices=[("ja", "Ja"), ("nej", "Nej")],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": MISSING, "invalid_choice": MISSING},
    )
    text = forms.CharField(
        label="Vill du säga något till granskarna?",
        required=False,
        max_length=LIMIT,
        help_text="Till exempel vad som saknas. Skriv inget som berättar vem du eller "
        "någon annan är. Du får inget svar, eftersom vi inte vet vem du är.",
        error_messages={"max_length": too_long(LIMIT)},
        widget=text_area(3),
    )
    field_order = ["is_helpful", "text"]

    def clean_text(self):
        text = self.cleaned_data["text"]
        for find, said in PERSONAL:
            if found := find(text):
                raise forms.ValidationError(said.format(found[0]))
        return text
