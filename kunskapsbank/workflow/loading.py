"""The launch contributions, which were there before anybody had contributed."""

from datetime import datetime

from django.db import transaction

from kunskapsbank.enums import Act, Status
from kunskapsbank.models import Entry, Version
from kunskapsbank.workflow.moves import move, record
from search import generation


@transaction.atomic
def load_launch_version(
    *, launch_key: str, slug: str, fields: dict, ties: dict, moment: datetime
) -> str:
    """Put one launch contribution in the bank, or a corrected text of it.

    `fields` are columns of `Version`; `ties` holds lists of objects for its
    `organisations`, `prioriteringar` and `tags`. Returns "created", "updated" (a new
    version replaces the loaded one), "unchanged", or "kept" when people have taken
    the contribution over since, or are writing a change to it; then nothing is written.
    Whoever loads makes the index catch up when all is there.
    """
    entry, created = Entry.objects.select_for_update(of=("self",)).get_or_create(
        launch_key=launch_key, defaults={"slug": slug}
    )
    taken_over = entry.events.exclude(act__in=[Act.LOADED, Act.CONFIRMED])
    if taken_over.exists() or _is_being_changed(entry):
        return "kept"
    latest = entry.versions.order_by("number").last()
    if latest:  # from the first time on they are the moderators' to merge and split
        ties = {**ties, "tags": list(latest.tags.all())}
    if latest and _says(latest, fields, ties):
        return "unchanged"
    if latest:
        move(latest, Status.REPLACED, act=Act.LOADED, moment=moment)
    version = Version.objects.create(
        entry=entry,
        number=latest.number + 1 if latest else 1,
        status=Status.PUBLISHED,
        published_at=moment,
        replaces=latest,
        **fields,
    )
    for name, objects in ties.items():
        getattr(version, name).set(objects)
    record(version, act=Act.LOADED, moment=moment, to_status=Status.PUBLISHED)
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
