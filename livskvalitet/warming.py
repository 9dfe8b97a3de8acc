"""The most read pages, made anew after a change before readers have to wait."""

import io
import sys
from collections.abc import Callable, Mapping
from heapq import nlargest
from threading import Lock, Thread

from django.db import connections

MOST = 10  # so many pages are made anew
# What another request for the same page needs of the one that was answered. It comes
# from no proxy: what one said of the scheme is in it.
ASKED_WITH = {
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO"),
    *("QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_ENCODING", "wsgi.url_scheme"),
}


def asked_again(environ: dict) -> dict:
    """What is needed to ask for the same page again, and nothing of who read."""
    return {name: environ[name] for name in ASKED_WITH if name in environ}


class Warming:
    """Asks for pages again in one thread, which begins anew at every change."""

    def __init__(self, ask: Callable) -> None:
        self._ask = ask
        self._lock = Lock()
        self._most_read: dict[tuple, dict] = {}
        self._is_wanted = self._is_running = False

    def note(self, pages: Mapping) -> None:
        """Remember the most read of these; those of before stay while there is room,
        since two changes may come before anybody has read."""
        read = [(key, page) for key, page in pages.items() if page.reads]
        most_read = nlargest(MOST, read, key=lambda each: each[1].reads)
        of_now = {key: page.environ for key, page in most_read}
        self._most_read = dict([*(of_now | self._most_read).items()][:MOST])

    def start(self) -> None:
        with self._lock:
            self._is_wanted = True
            if self._is_running or not self._most_read:
                return
            self._is_running = True
        Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        try:
            while self._begin():
                for (door, *_), environ in [*self._most_read.items()]:
                    if not self._is_wanted:
                        self._make(door, environ)
        except BaseException:
            self._is_running = False
            raise
        finally:
            connections.close_all()

    def _begin(self) -> bool:
        """Whether there has been a change since the last round was begun."""
        with self._lock:
            wanted, self._is_wanted = self._is_wanted, False
            self._is_running = wanted
            return wanted

    def _make(self, door: tuple, environ: dict) -> None:
        made = {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}
        server = {"wsgi.errors": sys.stderr, "wsgi.multithread": True}
        parts = self._ask(environ | made | server, lambda *_: None, door)
        getattr(parts, "close", lambda: None)()
