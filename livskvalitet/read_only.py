"""The switch for maintenance: the site can be read and not written (ADR 0026).

It is a row, so that every process on every machine obeys it within a second and none
need be restarted. Kept like all else until the content generation changes.
"""

from django.db import transaction

from livskvalitet.models import ReadOnly
from programme import taxonomy
from search import generation

_ONLY_ROW = 1


def reason(content_generation: int | None = None) -> str:
    """Why the site can only be read, in words for its readers; empty when it is not."""
    return taxonomy.keep("read only", _read, content_generation)


def switch(reason: str) -> None:
    """Let the site only be read for this reason; an empty one ends that."""
    with transaction.atomic():
        ReadOnly.objects.update_or_create(pk=_ONLY_ROW, defaults={"reason": reason})
        generation.touch()


def _read() -> str:
    reasons = ReadOnly.objects.filter(pk=_ONLY_ROW).values_list("reason", flat=True)
    return reasons.first() or ""
