"""What is sent is taken in whole or not at all (trust R24).

When a connection breaks, the server hands over what had come as if that were all: half
a text would be saved, and half a table read.
"""

from collections.abc import Callable
from typing import Any


class WasCut(ConnectionError):
    """Less came than was said; Django makes it UnreadablePostError."""


class WholeBody:
    """A WSGI layer: `application` gets a body that tells when it was cut."""

    def __init__(self, application: Callable) -> None:
        self._application = application

    def __call__(self, environ: dict, start_response: Callable) -> Any:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isascii() and length.isdigit() and int(length):
            environ["wsgi.input"] = _Body(environ["wsgi.input"], int(length))
        return self._application(environ, start_response)


class _Body:
    """So many bytes of `stream`; raises WasCut where they end before that."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._at_most(size)
        parts = []
        while wanted:
            part = self._counted(self._stream.read(wanted))
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int | None = -1) -> bytes:
        wanted = self._at_most(size)
        return self._counted(self._stream.readline(wanted)) if wanted else b""

    def _at_most(self, size: int | None) -> int:
        return self._left if size is None or size < 0 else min(size, self._left)

    def _counted(self, part: bytes) -> bytes:
        if not part:
            raise WasCut
        self._left -= len(part)
        return part
