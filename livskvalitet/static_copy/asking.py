"""What the site answers an anonymous reader, asked without a server."""

import html
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from livskvalitet import sitemaps
from search.copies import ANYTHING

# Besides what the site map names and what pages link to.
FOUND_BY_PROGRAMS = [
    "/robots.txt",
    "/sitemap.xml",
    "/manifest.webmanifest",
    "/favicon.ico",
    "/.well-known/security.txt",
    "/oppna-data/allt.json",
    "/oppna-data/schema.json",
    "/datasets/dcat",
    "/datasets/dcat.rdf",
]
# Static files are copied as they lie; the rest is for those who sign in or ask.
NOT_COPIED = ("/static/", "/konto/", "/admin/", "/halsa/", "/api/")
# Of addresses with a query only the pages of a list, which the proxy finds by number.
NUMBERED = re.compile(r"sida=[1-9]\d{0,4}", re.ASCII)
LINK = re.compile(r'\s(?:href|src)="([^"]+)"')


class Unanswered(Exception):
    """The site cannot tell what is public now."""


@dataclass(frozen=True)
class Answer:
    """What was sent to a reader."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_public(self) -> bool:
        """Whether it is the same for all: a form that needs a token is not."""
        is_kept = "no-store" not in self.headers.get("cache-control", "")
        return self.status == 200 and "set-cookie" not in self.headers and is_kept

    @property
    def is_page(self) -> bool:
        return self._type.startswith("text/html")

    @property
    def _type(self) -> str:
        return self.headers.get("content-type", "")

    def links(self, address: str) -> Iterator[str]:
        """The site's own addresses that a page links to or shows, without a query but
        for the pages of a list."""
        for found in LINK.findall(self.body.decode()):
            yield from _own(urljoin(address, html.unescape(found)))

    def mentions(self, address: str) -> list[str]:
        """Every address of ours that is named; ANYTHING when that cannot be read."""
        if self.is_page:
            return sorted(set(self.links(address)))
        if address.endswith(".xlsx"):
            return [ANYTHING]
        if "xml" in self._type or self._type.startswith(("text/", "application/json")):
            text = html.unescape(self.body.decode())
            ours = re.findall(
                re.escape(settings.SITE_ADDRESS) + r"(/[^\s\"'<>,;|]*)", text
            )
            return sorted({path for each in ours for path in _own(each)})
        return []


def _own(address: str) -> Iterator[str]:
    parts = urlsplit(address)
    is_ours = f"{parts.scheme}://{parts.netloc}" in {"://", settings.SITE_ADDRESS}
    path = unquote(parts.path)
    is_plain = (
        path.startswith("/")
        and not set("\t\n?") & set(path)
        and ".." not in path.split("/")
    )
    is_page = path.endswith("/") and NUMBERED.fullmatch(parts.query)
    if not (is_ours and is_plain) or path.startswith(NOT_COPIED):
        return
    if is_page or not parts.query:
        yield f"{path}?{parts.query}" if is_page else path


class Site:
    """The site as a reader without cookies meets it."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()
        self._scheme, _, self._host = settings.SITE_ADDRESS.partition("://")

    def ask(self, address: str) -> Answer:
        """Raises Unanswered when the site says that it is down."""
        sent: list = []
        parts = self._application(
            self._environ(address), lambda *said, **_: sent.extend(said)
        )
        try:
            body = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        headers = {name.lower(): value for name, value in sent[1]}
        answer = Answer(int(sent[0].split()[0]), headers, body)
        if answer.status == 503:
            raise Unanswered(address)
        return answer

    def _environ(self, address: str) -> dict[str, object]:
        host, _, port = self._host.partition(":")
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "RAW_URI": quote(address, safe="/?="),
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": port or ("443" if self._scheme == "https" else "80"),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self._scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def first_addresses() -> set[str]:
    """Where the walk through the site begins."""
    named = {unquote(urlsplit(each).path) for each in sitemaps.addresses()}
    return named | set(FOUND_BY_PROGRAMS)
