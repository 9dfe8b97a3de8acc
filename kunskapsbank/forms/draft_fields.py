"""The fields that drafts are written in, and what every step's form does.

A draft may lack anything, so nothing is required; a field that is wanted is marked as
required only so that the page does not call it optional.
"""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from kunskapsbank.models import tag_key
from kunskapsbank.workflow.text import plain

MAX_TAGS = 20
MAX_TAG_LENGTH = 100
_MAX_DIGITS = 15
_BAD_YEAR = "Skriv ett årtal med fyra siffror"


@dataclass(frozen=True)
class Shown:
    """Which text a form was filled in from, and which autosave this is."""

    lock: int
    tab: str = ""
    sequence: int | None = None

    @classmethod
    def from_post(cls, data):
        """What is not understood fits no text, and then both texts are shown."""
        tab = data.get("tab", "")[:64]
        sequence = _number(data.get("sequence")) if tab else None
        lock = _number(data.get("lock"))
        return cls(-1 if lock is None else lock, tab if sequence else "", sequence)


def _number(text):
    text = text or ""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    return int(text) if is_number else None


class Wanted:
    """A field that is asked for, and may yet be left empty in a draft."""

    def validate(self, value):
        if value not in self.empty_values:
            super().validate(value)


class DraftText(Wanted, forms.CharField):
    """Text as it will be stored, so that its length is counted alike everywhere."""

    def __init__(self, *, what="texten", **options):
        super().__init__(strip=False, **options)
        self.what = what

    def to_python(self, value):
        return plain(super().to_python(value))

    def run_validators(self, value):
        excess = len(value) - (self.max_length or len(value))
        if excess > 0:
            raise ValidationError(f"Korta {self.what} med {excess} tecken")


class DraftChoice(Wanted, forms.ChoiceField):
    pass


class DraftYear(Wanted, forms.IntegerField):
    def __init__(self, **options):
        widget = forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "data-size": "year"}
        )
        names = ("invalid", "min_value", "max_value")
        messages = dict.fromkeys(names, _BAD_YEAR)
        super().__init__(
            min_value=1800,
            max_value=2100,
            widget=widget,
            error_messages=messages,
            **options,
        )


class DraftTags(Wanted, forms.CharField):
    """Subjects with commas between them, as a list with each once."""

    def to_python(self, value):
        value = plain(super().to_python(value)).replace("\n", ",")
        names = [" ".join(each.split()) for each in value.split(",")]
        return list({tag_key(name): name for name in names if name}.values())

    def validate(self, value):
        if len(value) > MAX_TAGS:
            raise ValidationError(f"Välj ut de {MAX_TAGS} viktigaste ämnena")
        if any(len(tag_key(name)) > MAX_TAG_LENGTH for name in value):
            raise ValidationError("Korta ämnena, och skriv ett komma mellan dem")

    def run_validators(self, value):
        """Each name is looked at in `validate`."""


class DraftForm(forms.Form):
    """One step. `values` is what the draft can hold, whatever else has to be put right.

    `only` limits the form to these fields, when an autosave sends those that changed.
    """

    use_required_attribute = False

    def __init__(self, data=None, *, version, user, only=None):
        self.version, self.user = version, user
        # What can be stored although it must be put right before it is sent in.
        self.kept = {}
        super().__init__(data, initial=self.initial_of(version))
        self.add_fields()
        if only is not None:
            for name in self.fields.keys() - set(only):
                del self.fields[name]

    def initial_of(self, version):
        return {}

    def add_fields(self):
        """Those that depend on the version."""

    @property
    def values(self):
        """What was written, by field; one that the page did not have is left alone."""
        given = {**self.cleaned_data, **self.kept}
        return {name: each for name, each in given.items() if self._was_sent(name)}

    def _was_sent(self, name):
        widget = self.fields[name].widget
        return not widget.value_omitted_from_data(self.data, self.files, name)

    @property
    def is_holdable(self):
        """Whether everything that was written can be stored."""
        return self.errors.keys() <= self.kept.keys()
