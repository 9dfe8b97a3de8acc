"""What must hold of a site that has just been restored (trust R30, R32)."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from livskvalitet import findable, soundness
from livskvalitet.backup import databases
from livskvalitet.backup.archive import MEDIA, Manifest

_PIECE = 1 << 20  # bytes


def faults(manifest: Manifest) -> Iterator[str]:
    """A sentence for everything that is wrong; nothing when all is well."""
    yield from _files(manifest)
    for entry in sorted({*soundness.broken_chains()}):
        yield f"B-{entry}: the chain of its history is broken"
    for entry in sorted({*soundness.changed_messages()}):
        yield f"B-{entry}: a name or a message is not what the history says"
    for name in sorted(soundness.missing_triggers()):
        yield f"the trigger {name} is missing, so that history can be changed"
    if unreadable := soundness.unreadable_secrets():
        yield (
            f"{unreadable} second factors cannot be read: SECRET_KEY is not the one "
            "that the site had. Set it, or give its people new ones"
        )
    if not soundness.has_people():
        yield "nobody can sign in: there are no accounts"
    if differing := findable.difference():
        yield f"{differing} documents of the index are wrong: manage.py rebuild_index"


def counts(manifest: Manifest) -> Iterator[str]:
    """Asked before the tables are brought up to date."""
    found = databases.row_counts()
    for table, rows in sorted(manifest.rows.items()):
        if found.get(table) != rows:
            yield f"{table} has {found.get(table, 'no')} rows and had {rows}"


def _files(manifest: Manifest) -> Iterator[str]:
    for name in manifest.media:
        size, checksum = manifest.parts[MEDIA + name]
        if _checksum(name) != checksum:
            yield f"{name} is not the file that was kept"
    for name, entries in soundness.lost_files():
        where = ", ".join(f"B-{entry}" for entry in sorted(entries)) or "unused"
        yield f"{name} is missing ({where})"


def _checksum(name: str) -> str:
    digest = hashlib.sha256()
    try:
        with default_storage.open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return ""
    return digest.hexdigest()
