"""The form of an archive: a gzipped tar, encrypted when there is a key.

In it stand `database`, then `media/<name>` for each file, and last `manifest.json` with
sizes and checksums of all before it, and `manifest.sha256` with the checksum of that.
An archive without its end is therefore no archive. It is read as a stream, each part
handed on as it comes: nothing is ever unpacked to a path that the archive names.
"""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from livskvalitet.backup.faults import ArchiveBroken, WrongKey
from livskvalitet.backup.sealing import MAGIC, SealedReader, SealedWriter

DATABASE = "database"
MEDIA = "media/"
_MANIFEST = "manifest.json"
_CHECKSUM = "manifest.sha256"
_FORMAT = 1
_GZIP = b"\x1f\x8b"
_PIECE = 1 << 20  # bytes
# Most of what is large, pictures and PDF, is compressed already.
_LEVEL = 1
_FOREIGN = "This is no backup of this site."

Take = Callable[[str, io.RawIOBase], object]


@dataclass
class Manifest:
    """What an archive holds, and what the database held when it was made."""

    made_at: str
    release: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    # Files that the database named and the storage had lost already.
    missing: list[str]
    # For each part of the archive its size in bytes and its SHA-256.
    parts: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = _FORMAT

    @property
    def media(self) -> list[str]:
        names = (name for name in self.parts if name.startswith(MEDIA))
        return [name.removeprefix(MEDIA) for name in names]


class Writer:
    """Adds parts to an archive in `file`; `finish` makes it whole."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._sealed = SealedWriter(file, key) if key else None
        packed = self._sealed or file
        self._gzip = gzip.GzipFile("", "wb", _LEVEL, packed)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w")  # noqa: SIM115
        self._parts: dict[str, tuple[int, str]] = {}

    def add(self, name: str, content: BinaryIO, size: int) -> None:
        """Raises OSError when `content` is not `size` bytes long."""
        read = _Hashing(content)
        part = tarfile.TarInfo(name)
        part.size = size
        self._tar.addfile(part, read)
        if content.read(1):
            raise OSError(f"{name} is longer than {size} bytes")
        self._parts[name] = (size, read.checksum)

    def finish(self, manifest: Manifest) -> None:
        manifest.parts = self._parts
        told = json.dumps(asdict(manifest), indent=1).encode()
        checksum = hashlib.sha256(told).hexdigest().encode()
        for name, content in ((_MANIFEST, told), (_CHECKSUM, checksum)):
            self.add(name, io.BytesIO(content), len(content))
        self._tar.close()
        self._gzip.close()
        if self._sealed:
            self._sealed.close()


def read(path: Path, key: str, take: Take = lambda *_: None) -> Manifest:
    """Hand each part's name and content to `take`, and give the manifest.

    Raises WrongKey, or ArchiveBroken unless everything is as it was written. `take` has
    then been given what is broken too: what it made of it must be undone.
    """
    with path.open("rb") as file, _as_broken():
        stream = gzip.GzipFile(fileobj=_opened(file, key), mode="rb")
        found: dict[str, tuple[int, str]] = {}
        last = _Last()
        with closing(tarfile.open(fileobj=stream, mode="r|")) as tar:
            for part in tar:
                content = _content(tar, part)
                to = last.take if part.name in {_MANIFEST, _CHECKSUM} else take
                with _not_as_broken():
                    to(part.name, content)
                while content.read(_PIECE):
                    pass
                found[part.name] = (part.size, content.checksum)
        while stream.read(_PIECE):  # to the end, where gzip has a checksum of its own
            pass
        return _compared(last, found)


def _opened(file: BinaryIO, key: str) -> BinaryIO:
    begins = file.peek(len(MAGIC))[: len(MAGIC)]  # type: ignore[attr-defined]
    if begins == MAGIC:
        if not key:
            raise WrongKey("The backup is encrypted: set BACKUP_KEY to its key.")
        return SealedReader(file, key)  # type: ignore[return-value]
    if not begins.startswith(_GZIP):
        raise ArchiveBroken(_FOREIGN if begins else "The backup is empty.")
    if key:
        raise WrongKey(
            "The backup is not encrypted, so anybody may have made it. If you know "
            "where it comes from, unset BACKUP_KEY and try again."
        )
    return file


def _content(tar: tarfile.TarFile, part: tarfile.TarInfo) -> "_Part":
    content = tar.extractfile(part) if part.isreg() else None
    if content is None:
        raise ArchiveBroken(_FOREIGN)
    return _Part(content)  # type: ignore[arg-type]


def _compared(last: "_Last", found: dict[str, tuple[int, str]]) -> Manifest:
    """The manifest, if it tells of what was found and of nothing else."""
    told, checksum = (last.content.get(name) for name in (_MANIFEST, _CHECKSUM))
    if told is None or checksum is None:
        raise ArchiveBroken(f"{_FOREIGN} Or it is truncated: it has no manifest.")
    if hashlib.sha256(told).hexdigest().encode() != checksum:
        raise ArchiveBroken("The manifest of the backup has been changed.")
    manifest = Manifest(**json.loads(told))
    if manifest.format != _FORMAT:
        raise ArchiveBroken(f"The backup has a form of its own: {manifest.format}.")
    manifest.parts = {name: (size, sha) for name, (size, sha) in manifest.parts.items()}
    for name in last.content:
        del found[name]
    if found != manifest.parts or DATABASE not in found:
        differing = sorted(
            name
            for name in found.keys() | manifest.parts.keys()
            if found.get(name) != manifest.parts.get(name)
        )
        raise ArchiveBroken(f"The backup has been changed: {', '.join(differing[:5])}.")
    return manifest


class _Last:
    """The manifest and its checksum, which come last."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    def take(self, name: str, content: io.RawIOBase) -> None:
        self.content[name] = content.read() or b""


class _Hashing(io.RawIOBase):
    """Reads another file and counts the checksum of what was read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    @property
    def checksum(self) -> str:
        return self._hash.hexdigest()


class _Part(_Hashing):
    """One part of an archive that is read."""

    def read(self, size: int = -1) -> bytes:
        with _as_broken():
            return super().read(size)


class _OfTaking(Exception):
    """Wraps what `take` raised, so that it is not held for a broken archive."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault


@contextmanager
def _as_broken() -> Iterator[None]:
    try:
        yield
    except _OfTaking as wrapped:
        raise wrapped.fault from None
    except (EOFError, OSError, ValueError, TypeError, KeyError) as fault:
        raise ArchiveBroken(f"The backup is truncated or changed: {fault}.") from fault
    except (tarfile.TarError, zlib.error) as fault:
        raise ArchiveBroken(f"The backup is truncated or changed: {fault}.") from fault


@contextmanager
def _not_as_broken() -> Iterator[None]:
    try:
        yield
    except Exception as fault:
        raise _OfTaking(fault) from fault
