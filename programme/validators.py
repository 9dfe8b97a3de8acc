"""What the programme's fields may hold, where the kind of field does not say it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from programme.converters import EDITION_SLUG

LIST_OF_TEXTS = 'Skriv en lista med texter, till exempel ["en text", "en till"].'

validate_edition_slug = RegexValidator(
    rf"\A{EDITION_SLUG}\Z",
    "Börja med ett årtal. Efter det får det stå bindestreck och små bokstäver a–z "
    "eller siffror, till exempel 2016 eller 2016-livskvalitet.",
)
validate_section_number = RegexValidator(
    r"\A[0-9]+(\.[0-9]+)*\Z", "Skriv siffror med punkt emellan, till exempel 4.1."
)


def validate_texts(value):
    """A list of strings, none of them empty."""
    if not isinstance(value, list) or not all(map(_is_text, value)):
        raise ValidationError(LIST_OF_TEXTS, code="invalid")


def _is_text(each):
    return isinstance(each, str) and bool(each.strip())
