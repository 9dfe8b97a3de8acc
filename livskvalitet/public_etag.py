"""What every public page is known by: release, content generation and date."""

import time
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils.http import quote_etag
from django.utils.timezone import localdate

from search import generation

# A change made in another process shows within this time.
SECONDS = 1.0


def of(content_generation: int) -> str:
    """The ETag of every public page while the content is of this generation."""
    return quote_etag(f"{settings.RELEASE}-{content_generation}-{localdate():%Y%m%d}")


class Noticed:
    """The ETag as a process knows it, asked for at most once in SECONDS, and at once
    when the change was made in the process itself."""

    def __init__(self):
        self._etag: str | None = None
        self._read_at = float("-inf")
        self._lock = Lock()

    def now(self) -> str | None:
        """None when the database does not answer."""
        read_at = max(time.monotonic() - SECONDS, generation.touched_at())
        if self._read_at <= read_at:
            with self._lock:
                if self._read_at <= read_at:
                    self._read()
        return self._etag

    def _read(self):
        self._read_at = time.monotonic()
        try:
            self._etag = of(generation.current())
        except (DatabaseError, InterfaceError):
            connection.close()
            self._etag = None
