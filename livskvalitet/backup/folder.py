"""The folder of archives: their names, which is the newest, and which may go."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from livskvalitet.backup.faults import BackupFault

_PATTERN = "livskvalitet-%Y%m%dT%H%M%SZ"
_ENDINGS = (".tar.gz", ".tar.gz.sealed")
_UNFINISHED = ".unfinished-"


def archives(folder: Path) -> list[Path]:
    """Our archives, the newest first; what else is in the folder is not ours."""
    names = os.listdir(folder) if folder.is_dir() else []
    return sorted((folder / name for name in names if _made_at(name)), reverse=True)


def made_at(archive: Path) -> datetime | None:
    """When it was made, as its name says; None for what has a name of its own."""
    return _made_at(archive.name)


def newest(folder: Path) -> Path | None:
    return next(iter(archives(folder)), None)


def drop_old(folder: Path, keep: int) -> list[Path]:
    """Remove all archives but the newest `keep`; gives what was removed."""
    old = archives(folder)[keep:]
    for archive in old:
        archive.unlink()
    return old


@contextmanager
def new_archive(folder: Path, *, is_sealed: bool) -> Iterator[tuple[BinaryIO, Path]]:
    """A file to write to, and the name that it gets when it is whole and on disk.

    One at a time in a folder; raises BackupFault while there is another.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(folder):
        for left in folder.glob(f"{_UNFINISHED}*"):
            left.unlink()
        name = timezone.now().astimezone(UTC).strftime(_PATTERN) + _ENDINGS[is_sealed]
        # Readable by its owner alone.
        handle, unfinished = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
        try:
            with open(handle, "wb") as file:
                yield file, folder / name
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, folder / name)
            _sync(folder)
        except BaseException:
            with suppress(OSError):
                os.remove(unfinished)
            raise


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """The name of a file of one's own in the folder, removed afterwards."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        os.remove(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFault(f"Another backup to {folder} is being made.") from None
        yield


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _made_at(name: str) -> datetime | None:
    for ending in _ENDINGS:
        with suppress(ValueError):
            made = datetime.strptime(name, _PATTERN + ending)
            return made.replace(tzinfo=UTC)
    return None
