"""Encryption of an archive, a chunk at a time: AES-256-GCM with a key of its own.

After a head (magic, salt, mark of the key) come chunks, each with its length and its
authentication tag. A nonce holds the chunk's number and whether it is the last, so that
a chunk that is cut off, changed, moved or added is noticed.
"""

import hmac
import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from livskvalitet.backup.faults import ArchiveBroken, WrongKey

MAGIC = b"livskvalitet-backup-1\n"
CHUNK = 1 << 20  # bytes, in clear
_SALT, _MARK, _TAG = 32, 16, 16  # bytes
_LENGTH = struct.Struct(">I")


class SealedWriter:
    """A file to write to; what it writes can be read with the same key alone."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = secrets.token_bytes(_SALT)
        cipher_key, mark = _derived(key, salt)
        self._file = file
        self._head = MAGIC + salt + mark
        self._cipher = AESGCM(cipher_key)
        self._waiting = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, content: bytes) -> int:
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def flush(self) -> None:
        """A chunk is written when it is full."""

    def close(self) -> None:
        """Write the last chunk; the file itself stays open."""
        self._seal(bytes(self._waiting), is_last=True)

    def _seal(self, content: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last)
        sealed = self._cipher.encrypt(nonce, content, self._head)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class SealedReader:
    """A file to read from. Raises WrongKey at once, and ArchiveBroken where it is."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._head = file.read(len(MAGIC) + _SALT + _MARK)
        salt = self._head[len(MAGIC) :][:_SALT]
        cipher_key, mark = _derived(key, salt)
        if not hmac.compare_digest(mark, self._head[-_MARK:]):
            raise WrongKey("The backup was encrypted with another key than BACKUP_KEY.")
        self._file = file
        self._cipher = AESGCM(cipher_key)
        self._ready = b""
        self._number = 0
        self._has_ended = False

    def read(self, size: int = -1) -> bytes:
        while not self._has_ended and (size < 0 or len(self._ready) < size):
            self._ready += self._next()
        if size < 0:
            size = len(self._ready)
        content, self._ready = self._ready[:size], self._ready[size:]
        return content

    def _next(self) -> bytes:
        length = self._file.read(_LENGTH.size)
        if len(length) < _LENGTH.size:
            raise ArchiveBroken("The backup is truncated: its end is missing.")
        wanted = _LENGTH.unpack(length)[0]
        if wanted > CHUNK + _TAG:
            raise ArchiveBroken("The backup has been changed.")
        sealed = self._file.read(wanted)
        if len(sealed) < wanted:
            raise ArchiveBroken("The backup is truncated: its end is missing.")
        # Nothing may follow the last chunk, so the last of the file must be it.
        self._has_ended = not self._file.peek(1)  # type: ignore[attr-defined]
        nonce = _nonce(self._number, self._has_ended)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, self._head)
        except InvalidTag:
            raise ArchiveBroken(
                "The backup is truncated or has been changed."
            ) from None


def _derived(key: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key of one archive, and a mark that tells the right key from another."""
    kdf = HKDF(SHA256(), 32 + _MARK, salt, b"livskvalitet.backup")
    both = kdf.derive(key.encode())
    return both[:32], both[32:]


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])
