"""Public pages, kept in each process and answered without Django (ADR 0022).

It is the outermost layer. What it may keep, and which parameters make another page of
an address, the middleware `PublicPages` says in the request's environ. A page is known
by its ETag, which holds release, content generation and date, so that a change makes
every kept page unknown: within a second, and at once in the process that made it.
"""

from collections import OrderedDict
from contextlib import closing
from threading import Lock
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from livskvalitet.kept_page import OVERHEAD, Page, is_whole_page
from livskvalitet.public_etag import Noticed
from livskvalitet.warming import Warming, asked_again

# Where the middleware tells the ETag and, if its view does, the parameters.
MAY_BE_KEPT = "livskvalitet.may_be_kept"
# Free text has no end of values, and a day of the past is asked for by few.
NEVER_KEPT = {"q", "datum"}
MOST_ADDRESSES = 10_000
LONGEST_QUERY = 1_000  # characters: what is kept must not be larger than what counts it


class PageCache:
    """A WSGI layer around `application` that keeps at most `most_bytes` of pages."""

    def __init__(self, application, most_bytes):
        self._application = application
        self._most_bytes = most_bytes
        self._noticed = Noticed()
        self._lock = Lock()
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._warming = Warming(self._ask)
        self._empty(None)

    def __call__(self, environ, start_response):
        if not _may_be_kept(environ) or self.look_for_change() is None:
            return self._application(environ, start_response)
        key = self._key(_door(environ), environ)
        with self._lock:
            page = self._pages.get(key)
            if page:
                self._pages.move_to_end(key)
                page.reads += 1
        if page:
            return page.send(environ, start_response)
        return self._ask(environ, start_response)

    def look_for_change(self):
        """Forget all that was before a change, and begin to make the most read anew.

        Gives the ETag of now; None when the database does not answer.
        """
        etag = self._noticed.now()
        if etag == self._etag or etag is None:
            return etag
        with self._lock:
            if etag != self._etag:
                self._warming.note(self._pages)
                self._empty(etag)
        self._warming.start()
        return etag

    def _key(self, door, environ):
        """Which page is asked for: what its view does not read makes no other."""
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if query:
            named = parse_qsl(query, keep_blank_values=True)
            if (read := self._parameters.get(path)) is not None:
                named = [(name, value) for name, value in named if name in read]
            query = urlencode(named)
        return (door, path, query)

    def _ask(self, environ, start_response, door=None):
        """Let Django make the page, and keep it if that is allowed."""
        sent = []

        def note(status, headers, exc_info=None):
            sent[:] = [status, headers]
            return start_response(status, headers, exc_info)

        door = door or _door(environ)
        parts = self._application(environ, note)
        etag, parameters = environ.get(MAY_BE_KEPT, (None, None))
        with_all_read = parameters is not None or not environ.get("QUERY_STRING")
        if etag != self._etag or not with_all_read or not is_whole_page(environ, *sent):
            return parts
        with closing(parts):
            body = b"".join(parts)
        with self._lock:
            if etag == self._etag:
                self._keep(door, environ, parameters, sent[1], body)
        return [body]

    def _keep(self, door, environ, parameters, headers, body):
        if parameters is not None and len(self._parameters) < MOST_ADDRESSES:
            self._parameters[environ["PATH_INFO"]] = parameters
        key = self._key(door, environ)
        if key in self._pages:
            return
        self._pages[key] = Page(headers, body, asked_again(environ))
        self._bytes += len(body) + OVERHEAD
        while self._bytes > self._most_bytes:
            _, dropped = self._pages.popitem(last=False)
            self._bytes -= len(dropped.body) + OVERHEAD

    def _empty(self, etag):
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._bytes = 0
        self._etag = etag


def _door(environ):
    """How the reader came, of which pages may tell. It is asked before the proxy's
    headers are read; who lies about the scheme gets the public page of another."""
    by_tls = environ.get("HTTP_X_FORWARDED_PROTO") == "https"
    return (environ["wsgi.url_scheme"], by_tls, environ.get("HTTP_HOST"))


def _may_be_kept(environ):
    cookies, query = environ.get("HTTP_COOKIE"), environ.get("QUERY_STRING")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not (cookies and _tells_who(cookies))
        and len(query or "") <= LONGEST_QUERY
        and not (query and NEVER_KEPT.intersection(dict(parse_qsl(query, True))))
    )


def _tells_who(cookies):
    return f"{settings.SESSION_COOKIE_NAME}=" in cookies or "messages=" in cookies
