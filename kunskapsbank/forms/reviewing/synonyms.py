"""Words that find the same, as a moderator writes them."""

from django import forms

from search import synonyms

MOST = 20
LONGEST = 60


class SynonymForm(forms.Form):
    words = forms.CharField(
        label="Ord som ska hitta samma sak",
        max_length=MOST * LONGEST,
        help_text="Ett ord eller uttryck på varje rad, minst två. Böjningar behövs "
        "inte: ”cykel” gäller också ”cyklar”.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Skriv minst två ord, ett på varje rad",
            "max_length": f"Skriv högst {MOST} rader",
        },
    )

    def clean_words(self) -> list[str]:
        lines = [
            " ".join(line.split()) for line in self.cleaned_data["words"].split("\n")
        ]
        lines = [line for line in lines if line]
        self._check_each(lines)
        keys = {}
        for line in lines:
            if same := keys.get(synonyms.key(line)):
                raise forms.ValidationError(
                    f"”{same}” och ”{line}” är samma ord för sökningen. Ta bort det ena"
                )
            keys[synonyms.key(line)] = line
        if len(keys) < 2:
            raise forms.ValidationError("Skriv minst två ord, ett på varje rad")
        return lines

    def _check_each(self, lines):
        if len(lines) > MOST:
            raise forms.ValidationError(f"Skriv högst {MOST} rader")
        for line in lines:
            if not synonyms.key(line):
                raise forms.ValidationError(f"Raden ”{line[:LONGEST]}” har inget ord")
            if len(line) > LONGEST:
                raise forms.ValidationError(
                    f"Korta raden ”{line[:20]} …” till högst {LONGEST} tecken"
                )
