"""Asking other servers whether an address answers, without being led astray.

People write the addresses, so nothing here may reach what only our own machine can see
(trust 1.3.6). The standard library's connection is used, since it alone lets us connect
to the very address that was checked and hang up when the time is out.
"""

import contextlib
import http.client
import ipaddress
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kunskapsbank.enums import LinkState

SECONDS = 5  # for one address, its redirects included
MAX_REDIRECTS = 3
MAX_ADDRESS = 2000  # characters
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
AGENT = "Livskvalitet Helsingborg (kontroll av länkar)"
_CLOSED = {401, 403, 407, 429, 451}
_GONE = {404, 410}
_REDIRECTS = {301, 302, 303, 307, 308}


class Forbidden(Exception):
    """The address leads to what is not open on the web."""


@dataclass(frozen=True)
class Answer:
    """`status` is HTTP's, None when there was no answer."""

    state: LinkState
    status: int | None = None


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


def ask(url: str, *, may_connect: Callable[[str, int], bool] = is_public) -> Answer:
    """What the address answers, within SECONDS; raises nothing.

    Every address that the name stands for must pass `may_connect`, and so must those
    of at most MAX_REDIRECTS redirects.
    """
    deadline = time.monotonic() + SECONDS
    try:
        status = _follow(url, deadline, may_connect)
    except Forbidden:
        return Answer(LinkState.FORBIDDEN)
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(LinkState.SILENT)
    return Answer(_state_of(status), status)


def _state_of(status: int) -> LinkState:
    if status < 300:
        return LinkState.ANSWERS
    if status in _GONE:
        return LinkState.MISSING
    return LinkState.CLOSED if status in _CLOSED else LinkState.FAILING


def _follow(url: str, deadline: float, may_connect: Callable) -> int:
    for _ in range(MAX_REDIRECTS + 1):
        status, onward = _ask_once("HEAD", url, deadline, may_connect)
        if status >= 400:
            # Many servers refuse HEAD, each in its own way.
            status, onward = _ask_once("GET", url, deadline, may_connect)
        if status not in _REDIRECTS or not onward:
            return status
        url = urljoin(url, onward)
    return status


def _ask_once(
    method: str, url: str, deadline: float, may_connect: Callable
) -> tuple[int, str]:
    """The status and where it leads; nothing of the page itself is read."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or len(url) > MAX_ADDRESS:
        raise Forbidden(parts.scheme)
    name = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or PORTS[parts.scheme]
    link = socket.create_connection(
        (_checked(name, port, may_connect), port), timeout=_left(deadline)
    )
    # Who answers a little at a time would never meet the socket's own time limit. The
    # timer has a hand of its own on the line, since TLS takes over the first.
    line = socket.socket(fileno=os.dup(link.fileno()))
    hang_up = threading.Timer(_left(deadline), _shut, [line])
    hang_up.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            link = context.wrap_socket(link, server_hostname=name)
        return _speak(link, method, name, port, parts)
    finally:
        hang_up.cancel()
        line.close()
        link.close()


def _speak(
    link: socket.socket, method: str, name: str, port: int, parts: SplitResult
) -> tuple[int, str]:
    connection = http.client.HTTPConnection(name, port)
    connection.sock = link
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    # The connection is closed whatever the answer is, and so ends with its headers.
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
    connection.request(method, _ascii(target), headers=headers)
    response = connection.getresponse()
    return response.status, response.headers.get("Location", "")


def _checked(name: str, port: int, may_connect: Callable) -> str:
    """One address of the name; raises Forbidden if any of them may not be asked."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(may_connect(each, port) for each in addresses):
        raise Forbidden(name)
    return addresses[0]


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
