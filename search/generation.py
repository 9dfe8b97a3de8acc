"""The content generation: a number that grows when anything public changes."""

from django.db.models import F

from search.models import ContentGeneration

_ONLY_ROW = 1


def current() -> int:
    """The generation of the public content as the database has it now."""
    number = ContentGeneration.objects.values_list("number", flat=True)
    return number.filter(pk=_ONLY_ROW).first() or 0


def touch() -> None:
    """Raise the generation, in the transaction of the change that calls for it."""
    raised = ContentGeneration.objects.filter(pk=_ONLY_ROW).update(
        number=F("number") + 1
    )
    if not raised:  # somebody has emptied the table that a migration filled
        ContentGeneration.objects.create(pk=_ONLY_ROW)
