"""Reading fixtures into rows that people may since have edited.

Django's `loaddata` would write no history and undo edits. Here a row is created when
it is missing, updated when only we have written it, and left alone as soon as a
person has changed, renamed or removed it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.core import serializers
from django.core.exceptions import ObjectDoesNotExist
from django.core.serializers.base import DeserializationError
from django.db.models import Model

LOADED = "inläst ur fixtur"


def load(rows: Iterable[dict], *, history_date: datetime) -> Counter:
    """Load `rows` of models with history; a first record is dated `history_date`.

    Returns how many were "created", "updated", "unchanged" or "kept" (a person's).
    """
    return Counter(_load(row, history_date) for row in rows)


def differs(wanted: Model, present: Model) -> bool:
    """Whether two rows differ in what can be edited."""
    fields = (field for field in wanted._meta.concrete_fields if field.editable)
    return any(
        field.value_from_object(wanted) != field.value_from_object(present)
        for field in fields
    )


def _load(row: dict, history_date: datetime) -> str:
    wanted = _read(row)
    if wanted is None:
        return "kept"
    if wanted.pk is None:
        if _is_taken(wanted):
            return "kept"
        return _save(wanted, "created", history_date)
    present = type(wanted).objects.get(pk=wanted.pk)
    if not differs(wanted, present):
        return "unchanged"
    if _by_people(present.history).exists() or _is_taken(wanted):
        return "kept"
    return _save(wanted, "updated", None)


def _read(row: dict):
    """The row as an object; None when people have taken away what it belongs to."""
    try:
        (read,) = serializers.deserialize("python", [row])
    except DeserializationError as fault:
        if isinstance(fault.__context__, ObjectDoesNotExist):
            return None
        raise
    return read.object


def _save(row, outcome: str, history_date: datetime | None) -> str:
    row._change_reason = LOADED
    if history_date:
        row._history_date = history_date
    row.save()
    return outcome


def _by_people(history):
    return history.exclude(history_change_reason=LOADED)


def _is_taken(wanted) -> bool:
    """Whether another row, which people have changed or removed, has or has had a
    value that only one row may have: then `wanted` is that row, or would clash."""
    history = type(wanted).history
    changed = _by_people(history).exclude(id=wanted.pk).values("id")
    records = history.filter(id__in=changed)
    return any(
        records.filter(**{name: getattr(wanted, name) for name in names}).exists()
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
