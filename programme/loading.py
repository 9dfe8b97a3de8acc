"""Reading fixtures into rows that people may since have edited.

Django's `loaddata` would write no history and undo edits. Here a row is created when
it is missing, updated when only we have written it, and left alone as soon as a
person has changed or removed it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.core.serializers.base import DeserializedObject

LOADED = "inläst ur fixtur"


def load(rows: Iterable[DeserializedObject], *, history_date: datetime) -> Counter:
    """Load `rows` of models with history; a first record is dated `history_date`.

    Returns how many were "created", "updated", "unchanged" or "kept" (a person's).
    """
    return Counter(_load(row.object, history_date) for row in rows)


def _load(wanted, history_date: datetime) -> str:
    model = type(wanted)
    if wanted.pk is None:
        if _was_removed(wanted):
            return "kept"
        return _save(wanted, "created", history_date)
    present = model.objects.get(pk=wanted.pk)
    if not _differs(wanted, present):
        return "unchanged"
    if present.history.exclude(history_change_reason=LOADED).exists():
        return "kept"
    return _save(wanted, "updated", None)


def _save(row, outcome: str, history_date: datetime | None) -> str:
    row._change_reason = LOADED
    if history_date:
        row._history_date = history_date
    row.save()
    return outcome


def _differs(wanted, present) -> bool:
    fields = (field for field in wanted._meta.concrete_fields if field.editable)
    return any(
        field.value_from_object(wanted) != field.value_from_object(present)
        for field in fields
    )


def _was_removed(wanted) -> bool:
    """Whether a person has removed this row: its unique columns tell it apart."""
    removed = type(wanted).history.filter(history_type="-")
    return any(
        removed.filter(**{name: getattr(wanted, name) for name in names}).exists()
        for names in _unique_columns(type(wanted))
    )


def _unique_columns(model) -> list[list[str]]:
    singles = [
        [field.attname]
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    together = [
        [model._meta.get_field(name).attname for name in constraint.fields]
        for constraint in model._meta.total_unique_constraints
    ]
    return singles + together
