"""When a version may change status, and every write to a version."""

from datetime import datetime

from django.db import transaction

from kunskapsbank import chain
from kunskapsbank.enums import Act, Status
from kunskapsbank.exceptions import InvalidTransition
from kunskapsbank.models import Entry, ReviewEvent, Version
from search import generation

TRANSITIONS = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.DRAFT,
        Status.RETURNED,
        Status.PUBLISHED,
        Status.DECLINED,
    },
    Status.RETURNED: {Status.SUBMITTED},
    Status.PUBLISHED: {Status.REPLACED},
    Status.REPLACED: set(),
    Status.DECLINED: set(),
}


@transaction.atomic
def load_launch_version(
    *, launch_key: str, slug: str, fields: dict, ties: dict, moment: datetime
) -> str:
    """Put one launch contribution in the bank, or a corrected text of it.

    `fields` are columns of `Version`; `ties` holds lists of objects for its
    `organisations`, `prioriteringar` and `tags`. Returns "created", "updated" (a new
    version replaces the loaded one), "unchanged", or "kept" when people have taken
    the contribution over since, or are writing a change to it; then nothing is written.
    """
    entry, created = Entry.objects.select_for_update(of=("self",)).get_or_create(
        launch_key=launch_key, defaults={"slug": slug}
    )
    if entry.events.exclude(act=Act.LOADED).exists() or _is_being_changed(entry):
        return "kept"
    latest = entry.versions.order_by("number").last()
    if latest and _says(latest, fields, ties):
        return "unchanged"
    if latest:
        _move(latest, Status.REPLACED, act=Act.LOADED, moment=moment)
    version = Version.objects.create(
        entry=entry,
        number=latest.number + 1 if latest else 1,
        status=Status.PUBLISHED,
        published_at=moment,
        **fields,
    )
    for name, objects in ties.items():
        getattr(version, name).set(objects)
    _record(version, "", Status.PUBLISHED, act=Act.LOADED, moment=moment)
    generation.touch()
    return "created" if created else "updated"


def _is_being_changed(entry: Entry) -> bool:
    public = [Status.PUBLISHED, Status.REPLACED]
    return entry.versions.exclude(status__in=public).exists()


def _says(version: Version, fields: dict, ties: dict) -> bool:
    """Whether `version` already holds exactly these fields and ties."""
    same_fields = all(getattr(version, name) == fields[name] for name in fields)
    return same_fields and all(
        set(getattr(version, name).all()) == set(objects)
        for name, objects in ties.items()
    )


def _move(version: Version, to_status: Status, *, act: Act, moment: datetime) -> None:
    from_status = Status(version.status)
    if to_status not in TRANSITIONS[from_status]:
        raise InvalidTransition(f"{version.pk}: {from_status} to {to_status}")
    _record(version, from_status, to_status, act=act, moment=moment)
    version.status = to_status
    version.save(update_fields=["status"])


def _record(
    version: Version, from_status: str, to_status: str, *, act: Act, moment: datetime
) -> None:
    """Append to the entry's chain; the caller holds the lock on the entry."""
    last = version.entry.events.order_by("position").last()
    event = ReviewEvent(
        entry=version.entry,
        position=last.position + 1 if last else 1,
        version_number=version.number,
        act=act,
        from_status=from_status,
        to_status=to_status,
        happened_at=moment,
        previous_hash=last.hash if last else "",
    )
    event.hash = chain.event_hash(event)
    event.save()
