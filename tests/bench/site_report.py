"""The table of `make bench`, and which bars hold."""

import os
import platform
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tests.bench.load import CONNECTIONS, Load

_HOW = {
    "made": "200, made",
    "made 304": "304, made",
    "kept": "200, from the cache",
    "kept 304": "304, from the cache",
}
_GROWTH = {"contribution": 1.1, "list": 1.2, "search": 2.5}
_HEAD = """# How fast the site is

Written by `{command}` (developer's text: `tests/bench/bench_site.py`). Never edit it.

- Date: {day}
- Machine: {machine}
- Command: `{command}`, which took {minutes:.0f} minutes
- Server: granian as `manage.py serve` starts it, with the settings of a real server,
  behind a proxy it trusts; nginx of the same machine with a plain file of 25 kB.
- Load: wrk, {connections} connections, the median of the rounds; in each round both
  sizes and nginx are asked one after the other. CPU is user and system
  time of the site's processes and of the database's, per request. The server and wrk
  share the processors, so requests a second say less than CPU does.
- Contributions: the launch contributions, and made-up ones of the same words; beyond a
  thousand these are copies. Search is never kept in the cache.
"""


class Measured(NamedTuple):
    engine: str
    size: int
    loads: dict[tuple[str, str], Load]
    bytes_of: dict[str, int]
    memory: dict[str, float]

    @property
    def name(self) -> str:
        return f"{self.engine}, {self.size}"

    def how(self, how: str) -> dict[str, Load]:
        """By page, what one way of asking gave."""
        return {page: load for (page, each), load in self.loads.items() if each == how}


class Bar(NamedTuple):
    """What a figure may be: at most `limit`, or with `at_least` no less."""

    number: int
    what: str
    figure: float
    limit: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        if self.at_least:
            return self.figure >= self.limit
        return self.figure <= self.limit


def report(measured: list[Measured], command: str, seconds: float) -> str:
    head = _HEAD.format(
        command=command,
        day=date.today().isoformat(),
        machine=_machine(),
        minutes=seconds / 60,
        connections=CONNECTIONS,
    )
    parts = [head, _bars_table(measured), *map(_table, measured)]
    return "\n".join(parts)


def bars(measured: list[Measured]) -> Iterator[Bar]:
    """Those of the run's own figures; of several pages the worst."""
    for each in measured:
        yield from _against_nginx(each)
        yield from _against_itself(each)
    by_engine: dict[str, list[Measured]] = {}
    for each in measured:
        by_engine.setdefault(each.engine, []).append(each)
    for engine, sizes in by_engine.items():
        if len(sizes) > 1:
            yield from _growth(engine, sizes[0], sizes[-1])


def _against_nginx(each):
    nginx = each.loads["nginx", "200"]
    kept, kept_304 = each.how("kept"), each.how("kept 304")
    rate = min(load.rate for load in kept.values()) / nginx.rate
    cpu = max(load.cpu for load in kept.values()) / nginx.cpu
    cpu_304 = max(load.cpu for load in kept_304.values()) / nginx.cpu
    yield Bar(3, f"cached requests/s, of nginx's ({each.name})", rate, 0.35, True)
    yield Bar(3, f"cached CPU, times nginx's ({each.name})", cpu, 5)
    yield Bar(4, f"cached 304 CPU, times nginx's ({each.name})", cpu_304, 4)


def _against_itself(each):
    made, made_304 = each.how("made"), each.how("made 304")
    share = max(made_304[page].cpu / made[page].cpu for page in made)
    spread = max(load.p99 / load.p50 for load in made.values())
    yield Bar(4, f"304 made, CPU of its own 200's ({each.name})", share, 0.15)
    yield Bar(6, f"p99 of p50, made ({each.name})", spread, 2)


def _growth(engine, first, last):
    for page, limit in _GROWTH.items():
        growth = last.loads[page, "made"].cpu / first.loads[page, "made"].cpu
        what = f"{page} CPU, {last.size} against {first.size} ({engine})"
        yield Bar(5, what, growth, limit)


def _bars_table(measured):
    rows = ["## Bars", "", "| bar | what | figure | limit | |", "|--|--|--:|--:|--|"]
    for each in sorted(bars(measured), key=lambda bar: bar.number):
        sign = "≥" if each.at_least else "≤"
        holds = "holds" if each.holds else "**does not hold**"
        rows.append(
            f"| {each.number} | {each.what} | {each.figure:.2f} |"
            f" {sign} {each.limit} | {holds} |"
        )
    rows += [
        "",
        "Bars 1 and 2 are checked side by side with another system; our part is the",
        "CPU of contribution, list and search when made, below. Bar 7, what comes",
        "over the wire, is held by `tests/browser/test_weight.py`.",
        "",
    ]
    return "\n".join(rows)


def _table(each):
    rows = [
        f"## {each.name} contributions",
        "",
        "| page | kB | answer | requests/s | p50 ms | p99 ms | CPU ms |",
        "|--|--:|--|--:|--:|--:|--:|",
        _row("nginx, plain file", "25", "200", each.loads["nginx", "200"]),
    ]
    for page, size in each.bytes_of.items():
        for how, label in _HOW.items():
            if (page, how) in each.loads:
                kilobytes = f"{size / 1000:.1f}"
                rows.append(_row(page, kilobytes, label, each.loads[page, how]))
    memory = ", ".join(f"{how} {mb:.0f} MB" for how, mb in each.memory.items())
    return "\n".join([*rows, "", f"Memory of the largest process: {memory}.", ""])


def _row(page, kilobytes, label, load):
    rate = f"{load.rate:,.0f}".replace(",", "\N{NO-BREAK SPACE}")
    return (
        f"| {page} | {kilobytes} | {label} | {rate} | {load.p50:.2f} |"
        f" {load.p99:.2f} | {load.cpu:.3f} |"
    )


def _machine():
    told = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = re.search(r"model name\s*:\s*(.+)", told)
    name = model.group(1).strip() if model else platform.processor()
    return f"{os.cpu_count()} cores of {name}, {platform.system()} {platform.machine()}"
