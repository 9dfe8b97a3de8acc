"""Where files are kept: under random names, each there whole or not at all.

Only Django's storage interface is used, so that another storage can take its place.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

FOLDER = "bilagor"
_NAME_BYTES = 24


class WholeFileStorage(FileSystemStorage):
    """Writes beside and renames, so that a full disk or a killed process leaves no
    half file under a name that anybody knows (trust R16, R23)."""

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".unfinished-")
        try:
            with open(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        except BaseException:
            with suppress(OSError):
                os.remove(unfinished)
            raise
        return name


def keep(content: bytes) -> str:
    """Store the content; gives its name there. Raises OSError when it cannot be."""
    token = secrets.token_hex(_NAME_BYTES)
    return default_storage.save(f"{FOLDER}/{token[:2]}/{token}", ContentFile(content))


def read(name: str) -> bytes:
    """Raises FileNotFoundError when the file is not there."""
    with default_storage.open(name) as file:
        return file.read()


def remove(*names: str) -> None:
    """A file that is gone already is no fault; one that stays is swept later."""
    for name in names:
        if name:
            with suppress(OSError):
                default_storage.delete(name)


def exists(name: str) -> bool:
    return default_storage.exists(name)


def names(folder: str = FOLDER) -> Iterator[str]:
    """Every file that is kept, what an interrupted upload left included."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{file}" for file in files)
    for each in folders:
        yield from names(f"{folder}/{each}")
