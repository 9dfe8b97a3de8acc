"""What moderators do with subjects."""

from django import forms

from kunskapsbank.models import Tag
from kunskapsbank.workflow.tags import MAX_NAME
from search.sorting import sort_key


def _name(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MAX_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Skriv ett namn",
            "max_length": "Korta namnet till högst %(limit_value)s tecken",
        },
    )


class _Named(forms.Form):
    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise forms.ValidationError("Ta bort kommatecknet, det skiljer ämnen åt")
        return name


class RenameTagForm(_Named):
    name = _name("Nytt namn", "Den som skriver det gamla namnet får det nya.")
    shown = forms.CharField(widget=forms.HiddenInput)


class MergeTagForm(forms.Form):
    into = forms.ChoiceField(
        label="Ämne som ska vara kvar",
        error_messages={
            "required": "Välj ett ämne",
            "invalid_choice": "Välj ett av ämnena i listan",
        },
    )

    def __init__(self, *args, tag: Tag, **kwargs):
        super().__init__(*args, **kwargs)
        others = Tag.objects.shown().exclude(pk=tag.pk)
        self.others = {str(each.pk): each for each in others}
        in_order = sorted(self.others.values(), key=lambda each: sort_key(each.name))
        named = [(str(each.pk), each.name) for each in in_order]
        self.fields["into"].choices = [("", "Välj ett ämne"), *named]

    def clean_into(self) -> Tag:
        return self.others[self.cleaned_data["into"]]


class SplitTagForm(_Named):
    """Which contributions get which subject is beside it, a row for each."""

    name = _name("Namn på det andra ämnet", "Ett nytt ämne, eller ett som finns redan.")
