"""Many requests for one page, by wrk, and what they cost the server."""

import re
import statistics
import subprocess
from collections.abc import Iterable
from typing import NamedTuple

from tests.bench.servers import HEADERS, Running

CONNECTIONS = 16
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class Load(NamedTuple):
    """Requests per second, milliseconds of waiting, and CPU milliseconds of user and
    system, of server and database, per request."""

    rate: float
    p50: float
    p99: float
    cpu: float


def load(server: Running, path: str, seconds: float, etag: str = "") -> Load:
    """Ask for the page again and again; raises RuntimeError if it ever fails."""
    headers = HEADERS | ({"If-None-Match": etag} if etag else {})
    given = [part for each in headers.items() for part in ("-H", ": ".join(each))]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *given]
    address = f"http://127.0.0.1:{server.port}{path}"
    before = server.cpu_seconds()
    ended = subprocess.run([*command, address], capture_output=True, text=True)
    cpu = server.cpu_seconds() - before
    said = ended.stdout
    if ended.returncode or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{address}:\n{said}{ended.stderr}")
    number = int(_found(r"(\d+) requests in", said)[0])
    if not number:
        raise RuntimeError(f"{address} answered nobody in {seconds} s")
    rate = float(_found(r"Requests/sec:\s+([\d.]+)", said)[0])
    return Load(rate, _waited(50, said), _waited(99, said), cpu / number * 1000)


def middle(loads: Iterable[Load]) -> Load:
    """The median of several rounds, figure by figure."""
    return Load(*map(statistics.median, zip(*loads, strict=True)))


def _waited(percent, said):
    number, unit = _found(rf"{percent}%\s+([\d.]+)(us|ms|s)\b", said)
    return float(number) * _MILLISECONDS[unit]


def _found(pattern, said):
    found = re.search(pattern, said)
    if found is None:
        raise RuntimeError(f"wrk said what we do not understand:\n{said}")
    return found.groups()
