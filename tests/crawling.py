"""A walk through the whole site from the start page, made once in each process.

Every address that a page links to is asked for. An address with a query string is
visited when a page without one links to it, so that lists are filtered in one step
and not in every combination. If the walk is not to be whole, only the first few are:
of each list those with a query, of each route the rest.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from unittest.mock import patch
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from programme import pdf
from tests import html_tree
from tests.matrix import FULL_MATRIX

FIRST_FEW = 4
READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT", "PRAGMA", "BEGIN", "SET ", "SHOW")


@dataclass
class Page:
    """One answer. `clicks` is how far it is from the start page."""

    address: str
    clicks: int
    response: object = field(repr=False)
    writes: list[str] = field(repr=False)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def is_html(self) -> bool:
        return self.response.headers.get("Content-Type", "").startswith("text/html")

    @property
    def is_filtered(self) -> bool:
        return "?" in self.address

    @cached_property
    def body(self) -> str:
        return self.response.content.decode()

    @cached_property
    def _read(self):
        return html_tree.read(self.body)

    @property
    def tree(self) -> html_tree.Element:
        return self._read[0]

    @property
    def tag_faults(self) -> list[str]:
        return self._read[1]

    @cached_property
    def route(self) -> str:
        return _route(urlsplit(self.address).path)

    @property
    def title(self) -> str:
        return self.tree.all("title")[0].text

    @property
    def is_indexed(self) -> bool:
        """Whether search engines are asked to come: a page, in full, and no design."""
        robots = [
            each["content"]
            for each in self.tree.all("meta")
            if each["name"] == "robots"
        ]
        return not self.is_filtered and "noindex" not in " ".join(robots)

    def links(self) -> Iterator[html_tree.Element]:
        return iter(self.tree.all("a"))

    def addresses(self) -> Iterator[str]:
        """The site's own addresses that the page links to, with their fragments."""
        for link in self.links():
            if address := internal(link["href"], self.address):
                yield address


@dataclass
class Crawl:
    pages: dict[str, Page] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    linked_from: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> list[Page]:
        return [page for page in self.pages.values() if page.is_html]

    def at(self, address: str) -> Page:
        """The page that an address leads to, by way of its redirect if it has one."""
        return self.pages[self.redirects.get(address, address)]

    def one_of_each_route(self) -> list[Page]:
        """For each route its page with the most text."""
        longest: dict[str, Page] = {}
        for page in sorted(self.html, key=lambda page: len(page.body)):
            longest[f"{page.route}{' filtered' * page.is_filtered}"] = page
        return list(longest.values())


def internal(href: str, base: str) -> str | None:
    """`href` as an address from the root, None when it leads somewhere else."""
    joined = urljoin(f"{settings.SITE_ADDRESS}{base}", href)
    # The pages for signing in are tried by themselves, in tests/accounts.
    if joined.startswith(f"{settings.SITE_ADDRESS}/konto/"):
        return None
    if not joined.startswith(f"{settings.SITE_ADDRESS}/"):
        return None
    return joined.removeprefix(settings.SITE_ADDRESS)


def crawl(*, whole: bool = FULL_MATRIX) -> Crawl:
    """Needs a database that holds the content; changes nothing in it."""
    return _crawled(whole)


@cache
def _crawled(whole: bool) -> Crawl:
    with patch.object(pdf, "make", return_value=b"%PDF-1.7"):  # takes seconds for each
        return _walked(whole)


def _walked(whole: bool) -> Crawl:
    found, alike = Crawl(), Counter()
    queue = deque([("/", 0)])
    while queue:
        address, clicks = queue.popleft()
        if address in found.pages or address in found.redirects:
            continue
        path, _, query = address.partition("?")
        kind = (path, "filtered") if query else _route(path)
        alike[kind] += 1
        if alike[kind] > FIRST_FEW and not whole:
            continue
        page = _visit(found, address, clicks)
        if not page.is_html:
            continue
        for linked in page.addresses():
            target = urldefrag(linked).url
            if page.is_filtered and "?" in target:
                continue
            found.linked_from.setdefault(target, page.address)
            queue.append((target, clicks + 1))
    return found


def _route(path: str) -> str:
    """Its name, or what it looks like; the path itself where there is none."""
    try:
        match = resolve(path)
    except Resolver404:
        return path
    return match.view_name or match.route


def _visit(found: Crawl, address: str, clicks: int) -> Page:
    page = get(address, clicks)
    if page.status in {301, 302}:
        found.redirects[address] = page.response.headers["Location"]
        address = found.redirects[address]
        if address in found.pages:
            return found.pages[address]
        page = get(address, clicks)
    return found.pages.setdefault(address, page)


def get(address: str, clicks: int = 0) -> Page:
    """Ask for an address as a reader without cookies; note what is written."""
    writes: list[str] = []

    def trap(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(READS):
            writes.append(sql)
        return execute(sql, params, many, context)

    client = _client()
    client.cookies.clear()
    with connection.execute_wrapper(trap):
        response = client.get(address)
    return Page(address, clicks, response, writes)


@cache
def _client() -> Client:
    """One for all, since a client builds the whole site anew."""
    return Client()
