"""Forms for the files of a text."""

from django import forms

from kunskapsbank.enums import People
from kunskapsbank.uploads.languages import LANGUAGES
from kunskapsbank.uploads.limits import ACCEPT
from kunskapsbank.uploads.refusals import MESSAGES


class FileForm(forms.Form):
    """One file; what it must be is checked when it is added."""

    file = forms.FileField(
        label="Bild eller PDF",
        help_text=(
            "Bilder (JPG, PNG eller WebP) får vara högst 5\N{NO-BREAK SPACE}MB och PDF "
            "högst 10\N{NO-BREAK SPACE}MB. "
            "Uppgifter om plats och kamera tas bort ur bilder."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
        error_messages={
            "required": MESSAGES["missing"],
            "invalid": MESSAGES["missing"],
            "missing": MESSAGES["missing"],
        },
    )


class PictureForm(forms.Form):
    """What is said of a picture (trust A8, A16)."""

    alt = forms.CharField(
        label="Beskriv bilden för den som inte ser den",
        help_text=(
            "Berätta det viktiga i en eller två meningar. Det läses upp av skärmläsare."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Beskriv bilden, eller kryssa i att den bara är dekoration",
            "max_length": "Korta beskrivningen till högst %(limit_value)d tecken",
        },
    )
    is_decorative = forms.BooleanField(
        label="Bilden är bara dekoration",
        help_text="Då hoppar skärmläsare över den.",
        required=False,
    )
    people = forms.ChoiceField(
        label="Går det att känna igen någon på bilden?",
        choices=People.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Svara på om det går att känna igen någon på bilden",
            "invalid_choice": "Välj ett av svaren om vilka som syns på bilden",
        },
    )
    shows_children = forms.BooleanField(
        label="Det finns barn på bilden",
        help_text=(
            "Granskarna tittar då extra noga på den. Barnens vårdnadshavare behöver "
            "ha sagt ja."
        ),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].option_hints = {
            People.INFORMED.value: (
                "Vet de inte om det? Fråga dem först, eller välj en annan bild."
            )
        }
        if self.is_bound and self.data.get("is_decorative"):
            self.fields["alt"].required = False


class DocumentForm(forms.Form):
    """What is said of a document (trust A6)."""

    language = forms.ChoiceField(
        label="Vilket språk är dokumentet skrivet på?",
        choices=list(LANGUAGES.items()),
        error_messages={
            "required": "Välj språk",
            "invalid_choice": "Välj ett av språken i listan",
        },
    )
