"""How fast the site is, beside nginx with a plain file: `make bench`.

Per engine and size, the site runs twice as in production, with its page cache and
without. All of an engine's and nginx are asked in turn, several rounds, so that what
the machine does meanwhile meets them all; the table has the medians.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import postgres
from tests.bench import site_report
from tests.bench.load import Load, load, middle
from tests.bench.servers import Running, nginx, production, site
from tests.bench.site_report import Measured
from tests.browser import pages

SIZES = [1_000, 100_000]
ENGINES = ["sqlite", "postgresql"]
PAGES = {
    "start": pages.START,
    "viljeinriktning": pages.VILJEINRIKTNING,
    "fokusområde": pages.FOKUSOMRADE,
    "contribution": pages.ENTRY,
    "list": pages.ENTRY_LIST,
    "search": "/sok/?q=barn",
}
NEVER_KEPT = {"search"}
FILE_KILOBYTES = 25
CACHE_MB = 64
ROUNDS, SHORT_ROUNDS = 7, 1
# A page that is made takes its time; one that is kept does not.
SECONDS, SHORT_SECONDS = {"made": 2, "kept": 1}, {"made": 1, "kept": 1}


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
    else:
        with postgres.server() as running:
            yield running.url


def measure(options: argparse.Namespace) -> Iterator[Measured]:
    for engine in options.engines:
        with ExitStack() as running:
            temporary = tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp")
            folder = Path(running.enter_context(temporary))
            sites = {
                size: running.enter_context(_sites(engine, size, folder / str(size)))
                for size in options.sizes
            }
            beside = running.enter_context(nginx(folder / "nginx", FILE_KILOBYTES))
            _say(f"{engine}: measuring ...")
            yield from _measured(engine, sites, beside, options)


@contextmanager
def _sites(engine, size, folder):
    """The site with its page cache, and without."""
    folder.mkdir()
    with database(engine, folder) as url:
        variables = production(folder, url)
        _say(f"{engine}: making {size} contributions ...")
        _prepare(variables, size)
        with site(variables, CACHE_MB) as kept, site(variables, 0) as made:
            yield kept, made


def _prepare(variables, size):
    command = [sys.executable, "-m", "tests.bench.contributions", str(size)]
    subprocess.run(command, env=variables, check=True)


def _measured(engine, sites, beside, options):
    loads: dict[int, dict[tuple[str, str], list[Load]]] = {}
    bytes_of, etags = {}, {}
    for size, (kept, made) in sites.items():
        loads[size] = defaultdict(list)
        bytes_of[size] = {page: _bytes(made, path) for page, path in PAGES.items()}
        etags[size] = {page: _warm(kept, path) for page, path in PAGES.items()}
    for _ in range(SHORT_ROUNDS if options.short else ROUNDS):
        for page in PAGES:
            for size, each in sites.items():
                for how, found in _round(
                    page, etags[size][page], each, beside, options
                ):
                    loads[size][how].append(found)
    for size, (kept, made) in sites.items():
        middles = {how: middle(some) for how, some in loads[size].items()}
        memory = {"with cache": kept.megabytes(), "without": made.megabytes()}
        yield Measured(engine, size, middles, bytes_of[size], memory)


def _round(page, etag, sites, beside, options):
    """What a page takes now, by how it is asked for."""
    (kept, made), path = sites, PAGES[page]
    seconds = SHORT_SECONDS if options.short else SECONDS
    if page not in NEVER_KEPT:
        yield ("nginx", "200"), load(beside, "/file.html", seconds["kept"])
        yield (page, "kept"), load(kept, path, seconds["kept"])
        yield (page, "kept 304"), load(kept, path, seconds["kept"], etag)
    yield (page, "made"), load(made, path, seconds["made"])
    yield (page, "made 304"), load(made, path, seconds["kept"], etag)


def _warm(server: Running, path: str) -> str:
    """Its ETag, once every process has made it."""
    for _ in range(40):
        status, headers, _ = server.answer(path)
        if status != 200:
            raise RuntimeError(f"{path} answers {status}")
    return headers["ETag"]


def _bytes(server, path):
    for _ in range(10):
        _, _, body = server.answer(path)
    return len(body)


def _say(text):
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--engines", nargs="*", default=ENGINES, metavar="ENGINE")
    parser.add_argument("--short", action="store_true", help="one short round, no file")
    options = parser.parse_args()
    started = time.monotonic()
    measured = list(measure(options))
    command = f"make bench {os.environ.get('BENCH_COMMAND', '')}".strip()
    report = site_report.report(measured, command, time.monotonic() - started)
    print(report)
    if not options.short:
        Path("docs/prestanda.md").write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
