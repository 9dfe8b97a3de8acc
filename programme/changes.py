"""Every change of a decided wording, from the history of every row.

What was written before an edition was decided is no change of a decided text, and what
the site loaded is no change of it either. Nobody is named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Model

from programme import loading, taxonomy
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Prioritering,
    Viljeinriktning,
)
from search.comparison import FieldChange, between

# The words of the document; all else in a row is the site's own.
TEXTS = {
    Chapter: ("title", "body"),
    Viljeinriktning: ("title", "description", "challenges", "actions_heading"),
    Fokusomrade: ("title", "body", "priorities_heading"),
    Prioritering: ("text",),
    Footnote: ("text",),
}


@dataclass(frozen=True)
class Change:
    """What was changed in one row at one moment, and why, if that was written down."""

    key: str
    edition: Edition
    name: str
    url: str
    moment: datetime
    reason: str
    changes: list[FieldChange]


def wording_changes(content_generation: int | None = None) -> list[Change]:
    """Those of all decided editions, the last one first; kept until content changes."""
    return taxonomy.keep("changes", _read, content_generation)


def _read() -> list[Change]:
    decided = {each.pk: each for each in Edition.objects.decided()}
    since = {pk: _decided_at(edition) for pk, edition in decided.items()}
    found = [
        change
        for model in TEXTS
        for change in _of_model(model, decided)
        if change.moment > since[change.edition.pk]
    ]
    return sorted(found, key=attrgetter("moment", "key"), reverse=True)


def _decided_at(edition: Edition) -> datetime:
    """The moment from which the site has shown it as decided."""
    records = edition.history.exclude(status="proposal")
    return records.order_by("history_date", "history_id").first().history_date


def _of_model(model: type[Model], decided) -> Iterator[Change]:
    changed = model.history.exclude(history_change_reason=loading.LOADED).values("id")
    records = model.history.filter(id__in=changed)
    previous = None
    for record in records.order_by("id", "history_date", "history_id"):
        before = previous if previous and previous.id == record.id else None
        previous = record
        if record.history_change_reason == loading.LOADED:
            continue
        row = record.instance
        edition = decided.get(edition_of(row).pk)
        if edition and (fields := _differences(model, before, record)):
            yield _change(record, row, edition, fields)


def edition_of(row) -> Edition:
    """The edition that a row's words stand in."""
    if isinstance(row, Prioritering):
        row = row.fokusomrade
    return row.viljeinriktning.edition if isinstance(row, Fokusomrade) else row.edition


def _change(record, row, edition, fields) -> Change:
    page = row
    if isinstance(row, Footnote):
        page = row.chapter or row.fokusomrade or row.prioritering
    is_there = type(page).objects.filter(pk=page.pk).exists()
    return Change(
        key=f"{row._meta.model_name}-{record.history_id}",
        edition=edition,
        name=_name_of(row),
        url=page.get_absolute_url() if is_there else "",
        moment=record.history_date,
        reason=record.history_change_reason or "",
        changes=fields,
    )


def _name_of(row) -> str:
    """Such as "Prioritering 4.2.1 a"."""
    sort = str(row._meta.verbose_name)
    return f"{sort[:1].upper()}{sort[1:]} {row.number}"


def _differences(model, before, after) -> list[FieldChange]:
    is_removed = after.history_type == "-"
    pairs = [
        (
            name,
            getattr(before, name) if before else "",
            "" if is_removed else getattr(after, name),
        )
        for name in TEXTS[model]
    ]
    return [
        between(old, new, name=name, label=_label(model, name))
        for name, old, new in pairs
        if old != new
    ]


def _label(model, name) -> str:
    label = str(model._meta.get_field(name).verbose_name)
    return f"{label[:1].upper()}{label[1:]}"
