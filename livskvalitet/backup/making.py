"""Makes a backup: first the database, then every file that it names.

A file never changes under its name, so what is copied after the database is what the
database meant. One that is removed meanwhile has the whole begin again.
"""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from kunskapsbank.models import StoredFile
from livskvalitet.backup import archive, databases, folder
from livskvalitet.backup.faults import BackupFault

_ATTEMPTS = 3


@dataclass
class Made:
    path: Path
    manifest: archive.Manifest


class _FileRemoved(Exception):
    """The site has removed a file that the copied database names."""


def make(to: Path, key: str = "") -> Made:
    """A new archive in the folder `to`, encrypted if there is a key; or nothing, and a
    BackupFault that says why."""
    for _ in range(_ATTEMPTS):
        try:
            return _make(to, key)
        except _FileRemoved:
            continue
        except OSError as fault:
            raise BackupFault(f"The backup cannot be made: {fault}") from fault
    raise BackupFault("Files were removed while they were copied: try again.")


def _make(to: Path, key: str) -> Made:
    with folder.new_archive(to, is_sealed=bool(key)) as (file, path):
        writer = archive.Writer(file, key)
        with folder.beside(to) as copy:
            dumped = databases.dump(copy)
            with copy.open("rb") as content:
                writer.add(archive.DATABASE, content, copy.stat().st_size)
        missing = [name for name in dumped.files if not _add_file(writer, name)]
        manifest = archive.Manifest(
            made_at=timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
            release=settings.RELEASE,
            engine=connection.vendor,
            migrations=dumped.migrations,
            rows=dumped.rows,
            missing=missing,
        )
        writer.finish(manifest)
    return Made(path, manifest)


def _add_file(writer: archive.Writer, name: str) -> bool:
    """Whether it was there. Raises _FileRemoved when the site took it away just now."""
    try:
        size = default_storage.size(name)
        with default_storage.open(name) as content:
            writer.add(archive.MEDIA + name, cast(BinaryIO, content), size)
    except FileNotFoundError:
        if not StoredFile.objects.has_name(name).exists():
            raise _FileRemoved from None
        return False
    return True
