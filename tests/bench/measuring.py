"""Times and processor time of what is done many times over."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from django.db import connection


class Timing(NamedTuple):
    """Milliseconds: of the clock, and of all processors at work."""

    median: float
    p95: float
    cpu: float


def timed(act: Callable[[], object], rounds: int) -> Timing:
    """What `act` takes when it has been done once already."""
    act()
    before = _cpu()
    clock = [_seconds(act) for _ in range(rounds)]
    cpu = (_cpu() - before) / rounds
    p95 = sorted(clock)[int(0.95 * (rounds - 1))]
    return Timing(statistics.median(clock) * 1000, p95 * 1000, cpu * 1000)


def _seconds(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _cpu():
    """Processor seconds of this process, and of the one that serves its queries."""
    if connection.vendor != "postgresql":
        return time.process_time()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = fields.rpartition(")")[2].split()[11:13]
    ticks = os.sysconf("SC_CLK_TCK")
    return time.process_time() + (int(user) + int(system)) / ticks
