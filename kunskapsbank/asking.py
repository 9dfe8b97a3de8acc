"""Asking other servers whether an address answers, without being led astray.

People write the addresses, so nothing here may reach what only our own machine can see
(trust 1.3.6). The standard library's connection is used, since it alone lets us connect
to the very address that was checked and hang up when the time is out.
"""

import contextlib
import http.client
import io
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from kunskapsbank.enums import LinkState

SECONDS = 5  # for one address, its redirects included
MAX_REDIRECTS = 3
MAX_ADDRESS = 2000  # characters
MAX_ANSWER = 64 * 1024  # bytes that are read of one answer, its headers included
MAX_PLACES = 3  # addresses of one name that are tried
LONGEST_WAIT = timedelta(days=30)
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CLOSED = {401, 403, 407, 429, 451}
_GONE = {404, 410}
_REDIRECTS = {301, 302, 303, 307, 308}
_UNCHANGED = 304
_TOO_MANY = 429
_BUSY = 503


class Forbidden(Exception):
    """The address leads to what is not open on the web."""


@dataclass(frozen=True)
class Answer:
    """`status` is HTTP's, None when there was no answer. `later` is how long the server
    wants to be left alone, None when it does not say. The rest is what it wants to be
    asked with next time."""

    state: LinkState
    status: int | None = None
    later: timedelta | None = None
    etag: str = ""
    last_modified: str = ""

    @property
    def is_put_off(self) -> bool:
        """Whether it says nothing of the page, only that we ask at the wrong time."""
        return _is_put_off(self.status, self.later)


@dataclass(frozen=True)
class _Told:
    """What one request was answered with."""

    status: int
    onward: str
    etag: str
    last_modified: str
    later: timedelta | None

    @property
    def is_put_off(self) -> bool:
        return _is_put_off(self.status, self.later)


def _is_put_off(status: int | None, later: timedelta | None) -> bool:
    return status == _TOO_MANY or (status == _BUSY and later is not None)


def is_public(address: str, port: int) -> bool:
    """Whether it is a place on the open internet, at the web's own ports."""
    places = [ipaddress.ip_address(address)]
    if isinstance(places[0], ipaddress.IPv6Address):
        places += _carried_by(places[0])
    is_open = all(each.is_global and not each.is_multicast for each in places)
    return port in PORTS.values() and is_open


def _carried_by(place: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The old kind of address that a gateway would lead on to: an address of 6to4 or
    NAT64 may be open to all and still stand for one of our own machines."""
    if place.sixtofour:
        return [place.sixtofour]
    return [ipaddress.IPv4Address(place.packed[-4:])] if place in NAT64 else []


def agent() -> str:
    """Who we are and where we can be found, for whoever reads their server's log."""
    return f"LivskvalitetHelsingborg-lankkontroll/1.0 (+{settings.SITE_ADDRESS}/om/)"


def ask(
    url: str,
    *,
    may_connect: Callable[[str, int], bool] = is_public,
    etag: str = "",
    last_modified: str = "",
) -> Answer:
    """What the address answers, within SECONDS; raises nothing.

    Every address that the name stands for must pass `may_connect`, and so must those
    of at most MAX_REDIRECTS redirects. `etag` and `last_modified` are from the answer
    before, and are given back unless there are others.
    """
    deadline = time.monotonic() + SECONDS
    known = _conditions(etag, last_modified)
    try:
        told = _follow(url, deadline, may_connect, known)
    except Forbidden:
        return Answer(LinkState.FORBIDDEN)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(LinkState.SILENT)
    if told.status == _UNCHANGED:
        marks = {
            "etag": told.etag or etag,
            "last_modified": told.last_modified or last_modified,
        }
    else:
        marks = {"etag": told.etag, "last_modified": told.last_modified}
    return Answer(_state_of(told), told.status, told.later, **marks)


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


def _state_of(told: _Told) -> LinkState:
    if told.status < 300 or told.status == _UNCHANGED:
        return LinkState.ANSWERS
    if told.status in _GONE:
        return LinkState.MISSING
    is_closed = told.status in _CLOSED or told.is_put_off
    return LinkState.CLOSED if is_closed else LinkState.FAILING


def _follow(url: str, deadline: float, may_connect: Callable, known: dict) -> _Told:
    for _ in range(MAX_REDIRECTS + 1):
        told = _ask_either_way(url, deadline, may_connect, known)
        if told.status not in _REDIRECTS or not told.onward:
            return told
        url = urljoin(url, told.onward)
    return told


def _ask_either_way(
    url: str, deadline: float, may_connect: Callable, known: dict
) -> _Told:
    """HEAD, and GET where that is refused: many servers refuse it, each in its own
    way. One that asks to be left alone is not asked twice."""
    try:
        told = _ask_once("HEAD", url, deadline, may_connect, known)
    except (http.client.HTTPException, ConnectionError):
        return _ask_once("GET", url, deadline, may_connect, known)
    if told.status >= 400 and not told.is_put_off:
        return _ask_once("GET", url, deadline, may_connect, known)
    return told


def _ask_once(
    method: str, url: str, deadline: float, may_connect: Callable, known: dict
) -> _Told:
    """What one server said; nothing of the page itself is kept."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or len(url) > MAX_ADDRESS:
        raise Forbidden(parts.scheme)
    name = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or PORTS[parts.scheme]
    link = _connected(_checked(name, port, deadline, may_connect), port, deadline)
    # Who answers a little at a time would never meet the socket's own time limit. The
    # timer has a hand of its own on the line, since TLS takes over the first.
    line = socket.socket(fileno=os.dup(link.fileno()))
    hang_up = threading.Timer(_left(deadline), _shut, [line])
    hang_up.daemon = True
    hang_up.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            link = context.wrap_socket(link, server_hostname=name)
        return _speak(link, method, name, port, parts, known)
    finally:
        hang_up.cancel()
        line.close()
        link.close()


def _connected(places: list[str], port: int, deadline: float) -> socket.socket:
    """A line to the first that answers, of those that were checked and no other."""
    fault: OSError = TimeoutError()
    for place in places[:MAX_PLACES]:
        try:
            return socket.create_connection((place, port), timeout=_left(deadline))
        except OSError as refused:
            fault = refused
    raise fault


class _Bounded(io.RawIOBase):
    """Reads from a line until MAX_ANSWER bytes have come."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._room = MAX_ANSWER

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._room <= 0:
            raise ValueError("the answer is too long")
        count = self._link.recv_into(memoryview(buffer)[: self._room])
        self._room -= count
        return count


class _Line:
    """The part of a socket that `http.client` uses, with an end to what it reads."""

    def __init__(self, link: socket.socket) -> None:
        self.sendall = link.sendall
        self.close = link.close
        self._link = link

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Bounded(self._link))


def _speak(
    link: socket.socket,
    method: str,
    name: str,
    port: int,
    parts: SplitResult,
    known: dict[str, str],
) -> _Told:
    connection = http.client.HTTPConnection(name, port)
    connection.sock = _Line(link)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The connection is closed whatever the answer is, and so ends with its headers.
    headers = {"User-Agent": agent(), "Accept": "*/*", "Connection": "close", **known}
    connection.request(method, _ascii(target), headers=headers)
    response = connection.getresponse()
    found = response.headers
    return _Told(
        response.status,
        found.get("Location", ""),
        _mark(found.get("ETag", ""), 200),
        _mark(found.get("Last-Modified", ""), 100),
        _wait(found.get("Retry-After", "")),
    )


def _mark(value: str, room: int) -> str:
    """What may be sent back as it came; anything odd is as good as nothing."""
    return (
        value if len(value) <= room and value.isascii() and value.isprintable() else ""
    )


def _wait(value: str) -> timedelta | None:
    """Retry-After, in seconds or as a date (RFC 9110 section 10.2.3)."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = min(int(value[:9]), int(LONGEST_WAIT.total_seconds()))
        return timedelta(seconds=seconds)
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        wait = moment - datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return max(timedelta(0), min(wait, LONGEST_WAIT))


def _checked(name: str, port: int, deadline: float, may_connect: Callable) -> list[str]:
    """The addresses of the name; raises Forbidden if any of them may not be asked."""
    addresses = list(dict.fromkeys(_places_of(name, port, deadline)))
    if not addresses or not all(may_connect(each, port) for each in addresses):
        raise Forbidden(name)
    return addresses


def _places_of(name: str, port: int, deadline: float) -> list[str]:
    """Looked up in a thread that is left behind when the time is out, since a name
    server that hangs heeds no time limit."""
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as fault:
            found.append(fault)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not found:
        raise TimeoutError(name)
    if isinstance(found[0], Exception):
        raise found[0]
    return [str(each[4][0]) for each in found[0]]


def _ascii(target: str) -> str:
    """A path with letters such as ö as browsers send it."""
    return quote(target, safe="/?&=%:;,@+$!*'()~#[]")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _shut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may have ended already
        line.shutdown(socket.SHUT_RDWR)
