"""The cache of CACHE_URL, and the database's table while its server is down.

Throttles count here, so an answer must never be lost in silence (trust R21): while the
server does not answer they count in the database, slower and from nothing.
"""

import logging
import time
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

# After a failure the server is left alone for this long, so that no page waits for it.
REST_SECONDS = 10.0


class FallbackCache(BaseCache):
    """All that throttles and pages use: add, get, set, touch, delete, clear."""

    # Of all threads: what one has met, the others need not.
    _lost_at = float("-inf")

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        options = {"socket_timeout": 1, "socket_connect_timeout": 1}
        own = params | {"OPTIONS": options | params.get("OPTIONS", {})}
        self.server = RedisCache(location, own)
        kept = {"MAX_ENTRIES": 100_000}
        self.database = DatabaseCache("cache", params | {"OPTIONS": kept})

    @property
    def is_lost(self) -> bool:
        """Whether the server failed so lately that it is left alone."""
        return time.monotonic() - self._lost_at < REST_SECONDS

    def _do(self, act: str, *args: Any, **options: Any) -> Any:
        from redis.exceptions import RedisError

        if not self.is_lost:
            try:
                return getattr(self.server, act)(*args, **options)
            except (RedisError, OSError) as fault:
                FallbackCache._lost_at = time.monotonic()
                logger.error("The cache is lost: %s", type(fault).__name__)
        return getattr(self.database, act)(*args, **options)

    def add(self, *args: Any, **options: Any) -> bool:
        return self._do("add", *args, **options)

    def get(self, *args: Any, **options: Any) -> Any:
        return self._do("get", *args, **options)

    def set(self, *args: Any, **options: Any) -> None:
        self._do("set", *args, **options)

    def touch(self, *args: Any, **options: Any) -> bool:
        return self._do("touch", *args, **options)

    def delete(self, *args: Any, **options: Any) -> bool:
        return self._do("delete", *args, **options)

    def clear(self) -> None:
        self._do("clear")
