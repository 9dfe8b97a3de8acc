"""Public pages, kept in each process and answered without Django (ADR 0022).

It is the outermost layer. What it may keep, and which parameters make another page of
an address, the middleware `PublicPages` says in the request's environ. A page is known
by its ETag, which holds release, content generation and date, so that a change makes
every kept page unknown: within a second, and at once in the process that made it.
"""

import gzip
import io
import sys
from collections import OrderedDict
from contextlib import closing
from dataclasses import dataclass
from heapq import nlargest
from threading import Lock, Thread
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import connections
from django.utils.http import parse_etags

from livskvalitet.public_etag import Noticed

# Where the middleware tells the ETag and, if its view does, the parameters.
MAY_BE_KEPT = "livskvalitet.may_be_kept"
# Where this layer tells that it had the page itself.
FROM_CACHE = "livskvalitet.from_page_cache"
# Free text has no end of values, and a day of the past is asked for by few.
NEVER_KEPT = {"q", "datum"}
OF_THE_BODY = {"content-encoding", "content-length", "content-type"}
# What another request for the same page needs of the one that was sent.
ASKED_WITH = {
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SCRIPT_NAME", "PATH_INFO"),
    *("QUERY_STRING", "HTTP_HOST", "HTTP_ACCEPT_ENCODING", "wsgi.url_scheme"),
}
OVERHEAD = 1_000  # bytes that a page takes besides its body, about
MOST_ADDRESSES = 10_000
WARMED = 10  # so many of the most read pages are made anew after a change


@dataclass(slots=True)
class Page:
    """A page as it was sent, compressed."""

    headers: list[tuple[str, str]]
    body: bytes
    asked_with: dict
    reads: int = 0


class PageCache:
    """A WSGI layer around `application` that keeps at most `most_bytes` of pages."""

    def __init__(self, application, most_bytes):
        self._application = application
        self._most_bytes = most_bytes
        self._noticed = Noticed()
        self._lock = Lock()
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._empty(None)

    def __call__(self, environ, start_response):
        etag = self._noticed.now() if _may_be_kept(environ) else None
        if etag is None:
            return self._application(environ, start_response)
        with self._lock:
            if etag != self._etag:
                self._start_again(etag)
            key = self._key(environ)
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
                page.reads += 1
        if page:
            environ[FROM_CACHE] = True
            return _send(page, etag, environ, start_response)
        return self._ask(environ, start_response)

    def _key(self, environ):
        """Which page is asked for: what its view does not read makes no other."""
        query = _query(environ)
        if (read := self._parameters.get(environ["PATH_INFO"])) is not None:
            query = [(name, value) for name, value in query if name in read]
        address = (environ["wsgi.url_scheme"], environ.get("HTTP_HOST"))
        return (*address, environ["PATH_INFO"], urlencode(query) if query else "")

    def _ask(self, environ, start_response):
        """Let Django make the page, and keep it if that is allowed."""
        sent = []

        def note(status, headers, exc_info=None):
            sent[:] = [status, headers]
            return start_response(status, headers, exc_info)

        parts = self._application(environ, note)
        etag, parameters = environ.get(MAY_BE_KEPT, (None, None))
        with_all_read = parameters is not None or not environ.get("QUERY_STRING")
        if etag != self._etag or not with_all_read or not _is_whole_page(environ, sent):
            return parts
        with closing(parts):
            body = b"".join(parts)
        with self._lock:
            if etag == self._etag:
                self._keep(environ, parameters, sent[1], body)
        return [body]

    def _keep(self, environ, parameters, headers, body):
        if parameters is not None and len(self._parameters) < MOST_ADDRESSES:
            self._parameters[environ["PATH_INFO"]] = parameters
        asked_with = {name: environ[name] for name in ASKED_WITH if name in environ}
        key = self._key(environ)
        if key in self._pages:
            return
        self._pages[key] = Page(headers, body, asked_with)
        self._bytes += len(body) + OVERHEAD
        while self._bytes > self._most_bytes:
            _, dropped = self._pages.popitem(last=False)
            self._bytes -= len(dropped.body) + OVERHEAD

    def _start_again(self, etag):
        """Forget what was before the change; make the most read of it anew."""
        most_read = nlargest(WARMED, self._pages.values(), key=lambda page: page.reads)
        self._empty(etag)
        if again := [page.asked_with for page in most_read if page.reads]:
            Thread(target=self._warm, args=[again], daemon=True).start()

    def _empty(self, etag):
        self._etag = etag
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._bytes = 0

    def _warm(self, requests):
        for asked_with in requests:
            made = {"REQUEST_METHOD": "GET", "wsgi.input": io.BytesIO()}
            server = {"wsgi.errors": sys.stderr, "wsgi.multithread": True}
            parts = self._ask(asked_with | made | server, lambda *_: None)
            getattr(parts, "close", lambda: None)()
        connections.close_all()


def _query(environ):
    asked = environ.get("QUERY_STRING")
    return parse_qsl(asked, keep_blank_values=True) if asked else []


def _may_be_kept(environ):
    cookies = environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and f"{settings.SESSION_COOKIE_NAME}=" not in cookies
        and "messages=" not in cookies
        and "HTTP_RANGE" not in environ
        and not any(name in NEVER_KEPT for name, _ in _query(environ))
    )


def _is_whole_page(environ, sent):
    status, headers = sent
    names = {name.lower(): value for name, value in headers}
    return (
        environ["REQUEST_METHOD"] == "GET"
        and status.startswith("200")
        and names.get("content-encoding") == "gzip"
        and "set-cookie" not in names
    )


def _send(page, etag, environ, start_response):
    asked = parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))
    if etag in {each.removeprefix("W/") for each in asked}:
        start_response("304 Not Modified", _without(page.headers, OF_THE_BODY))
        return []
    headers, body = page.headers, page.body
    if "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = gzip.decompress(body)
        headers = _without(headers, {"content-encoding", "content-length"})
        headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _without(headers, names):
    return [each for each in headers if each[0].lower() not in names]
