"""Reads searches and views out of a web server's access log, a line at a time.

The format is nginx's "combined", with what may stand after it. Granian's own default
leaves out the query, so it gives nothing; this --access-log-fmt gives the same:

    %(addr)s - - [%(time)s] "%(method)s %(path)s?%(query_string)s %(protocol)s"
    %(status)d 0 "-" "%(header{user-agent})s"

Anybody can write what they like in a log, by asking for it: nothing here is trusted,
and what cannot be read is counted and passed over.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import parse_qs, urlsplit

from django.utils.http import MONTHS
from django.utils.timezone import localdate

T = TypeVar("T")

PATHS = {"/sok/", "/kunskapsbank/"}
LONGEST_LINE = 32_768  # bytes; a server takes no longer request, address and agent
_MOST_FIELDS = 100
_GZIP = b"\x1f\x8b"
_LINE = re.compile(
    r"(?P<address>\S{1,100}) \S+ \S+ \[(?P<time>[^\]]{1,40})\] "
    r'"(?P<method>[A-Z]{1,10}) (?P<target>\S+) HTTP/\d(?:\.\d)?" (?P<status>\d{3}) \S+'
    r' "(?:[^"\\]|\\.)*" "(?P<agent>(?:[^"\\]|\\.)*)"'
)
_SEEN = {"200", "304"}  # the page was shown
_BOT = re.compile(
    r"bot|crawl|spider|slurp|scan|monitor|preview|headless|curl|wget|python|java/|"
    r"okhttp|go-http|httpclient|libwww|axios|node|scrapy|facebookexternal|feed",
    re.I,
)
_BROWSER = re.compile(r"Mozilla/|Opera/")
_NETWORK = {4: 24, 6: 48}  # bits of an address that are looked at


class LogUnreadable(Exception):
    """A file that is not there, or is broken; nothing is known of the rest of it."""


@dataclass(frozen=True)
class Search:
    """Somebody searched. `network` is a truncated address; neither it nor `agent` is
    to be kept."""

    day: Date
    network: str
    agent: str
    text: str


@dataclass(frozen=True)
class View:
    """A page was shown. Nothing is said of whom to, nor of what was asked for on it."""

    day: Date
    path: str


@dataclass
class Reading:
    """How many lines were read, and how many of them could not be understood."""

    lines: int = 0
    malformed: int = 0

    def searches(self, path: Path) -> Iterator[Search]:
        """Those of people, bots left out. Raises LogUnreadable."""
        yield from self._each(path, _search)

    def views(self, path: Path) -> Iterator[View]:
        """Those of people, bots left out. Raises LogUnreadable."""
        yield from self._each(path, _view)

    def _each(self, path: Path, read: Callable[[bytes], T | None]) -> Iterator[T]:
        try:
            with _opened(path) as file:
                for line in _lines(file):
                    self.lines += 1
                    yield from self._read(line, read)
        except (OSError, EOFError, zlib.error) as fault:
            raise LogUnreadable(f"{path} cannot be read: {fault}") from fault

    def _read(self, line, read):
        try:
            found = read(line)
        except ValueError:
            self.malformed += 1
            return
        if found:
            yield found


def _opened(path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")


def _lines(file) -> Iterator[bytes]:
    """Lines, the too long ones cut to be understood by nobody; never more than one in
    memory."""
    while line := file.readline(LONGEST_LINE):
        if line.endswith(b"\n") or len(line) < LONGEST_LINE:
            yield line
            continue
        while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield b""


def _search(line: bytes) -> Search | None:
    """None for what is no search of a person. Raises ValueError for what is no line."""
    found = _shown(line)
    if not found or not _is_person(found["agent"]):
        return None
    if not (text := _text(found["target"])):
        return None
    day = _day(found["time"])
    return Search(day, _network(found["address"]), found["agent"], text)


def _view(line: bytes) -> View | None:
    """None for what is no view of a person. Raises ValueError for what is no line."""
    found = _shown(line)
    if not found or not _is_person(found["agent"]):
        return None
    return View(_day(found["time"]), found["target"].partition("?")[0])


def _shown(line: bytes) -> re.Match | None:
    """The parts of the line, if a page was shown."""
    found = _LINE.match(line.decode("utf-8", "replace"))
    if found is None:
        raise ValueError("no line of a log")
    return found if found["method"] == "GET" and found["status"] in _SEEN else None


def _text(target):
    """What was searched for; empty when the page is another."""
    parts = urlsplit(target)
    if parts.path not in PATHS or "\\" in target:
        return ""
    fields = parse_qs(parts.query, max_num_fields=_MOST_FIELDS, errors="replace")
    text = fields.get("q", [""])[-1]
    return "" if "\ufffd" in text else text


def _is_person(agent):
    return bool(_BROWSER.match(agent)) and not _BOT.search(agent)


def _day(time):
    if "/" in time:
        day, month, rest = time.split("/", 2)
        # strptime knows the months in the language of the computer only.
        time = f"{day}/{MONTHS.index(month.lower()) + 1}/{rest}"
        return localdate(datetime.strptime(time, "%d/%m/%Y:%H:%M:%S %z"))
    return localdate(datetime.strptime(time, "%Y-%m-%d %H:%M:%S %z"))


def _network(address):
    """So much of an address that many share it."""
    known = ip_address(address)
    known = getattr(known, "ipv4_mapped", None) or known
    bits = _NETWORK[known.version]
    return str(ip_network(f"{known}/{bits}", strict=False))
