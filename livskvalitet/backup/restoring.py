"""Reads a backup back, into an empty database and an empty storage and no other.

The archive is first read to its end, so that what is truncated or changed is refused
before anything is written. Then come the files and last, in one transaction, the
database: until then nobody sees anything, and what was written is removed on a fault.
"""

import tempfile
from io import RawIOBase
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, cast

from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from kunskapsbank.uploads import storage
from livskvalitet.backup import archive, databases
from livskvalitet.backup.faults import ArchiveBroken, BackupFault, NotEmpty
from search import generation


def check(path: Path, key: str = "") -> archive.Manifest:
    """Read the archive to its end, and raise BackupFault unless it can be restored
    here."""
    try:
        manifest = archive.read(path, key)
    except OSError as fault:
        raise BackupFault(f"{path} cannot be read: {fault.strerror}.") from fault
    if manifest.engine != connection.vendor:
        raise BackupFault(
            f"The backup is of a database in {manifest.engine}, and DATABASE_URL names "
            f"one in {connection.vendor}."
        )
    known = MigrationLoader(None).disk_migrations
    names = {f"{app}.{name}" for app, name in known}
    if newer := sorted(set(manifest.migrations) - names):
        raise BackupFault(
            f"The backup is of release {manifest.release}, which is newer than this "
            f"code: {newer[0]} is unknown here. Install that release first."
        )
    return manifest


def restore(path: Path, key: str = "") -> archive.Manifest:
    """Make database and storage what the archive holds; raises BackupFault, and leaves
    both empty, when that cannot be done."""
    databases.require_empty()
    if name := next(storage.names(), None):
        raise NotEmpty(
            f"There are files in the storage already, such as {name}: let MEDIA_ROOT "
            "name a new and empty folder. Nothing was restored."
        )
    check(path, key)
    written: list[str] = []
    try:
        return _write(path, key, written)
    except BaseException:
        storage.remove(*written)
        raise


def bring_up_to_date() -> None:
    """What must not be as it was: nobody stays signed in, no reader is told that an old
    page is still right, and the tables become those of this code."""
    call_command("migrate", verbosity=0)
    Session.objects.all().delete()
    generation.leap()


def _write(path: Path, key: str, written: list[str]) -> archive.Manifest:
    with tempfile.NamedTemporaryFile() as copy:

        def take(part: str, content: RawIOBase) -> None:
            if part == archive.DATABASE:
                copyfileobj(content, copy)
                return
            name = part.removeprefix(archive.MEDIA)
            written.append(name)
            _store(name, content)

        try:
            manifest = archive.read(path, key, take)
        except OSError as fault:
            raise BackupFault(f"The files cannot be written: {fault}.") from fault
        copy.flush()
        databases.restore(Path(copy.name))
    return manifest


def _store(name: str, content: RawIOBase) -> None:
    try:
        kept = default_storage.save(name, File(cast(BinaryIO, content), name))
    except SuspiciousFileOperation:
        kept = ""
    if kept != name:
        raise ArchiveBroken("The backup holds a file with a name of no file of ours.")
