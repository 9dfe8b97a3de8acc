"""How fast the site is, beside nginx with a plain file: `make bench`.

Per engine and size, the site runs twice as in production, with its page cache and
without. They and nginx are asked in turn, several rounds; the table has the medians.
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
ROUNDS, SHORT_ROUNDS = 3, 1
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
        with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as name:
            folder = Path(name)
            with database(engine, folder) as url:
                variables = production(folder, url)
                for size in options.sizes:
                    _say(f"{engine}: making {size} contributions ...")
                    _prepare(variables, size)
                    _say(f"{engine}: measuring with {size} ...")
                    yield _measured(engine, size, variables, folder, options)


def _prepare(variables, size):
    command = [sys.executable, "-m", "tests.bench.contributions", str(size)]
    subprocess.run(command, env=variables, check=True)


def _measured(engine, size, variables, folder, options):
    with ExitStack() as running:
        beside = running.enter_context(nginx(folder / f"nginx-{size}", FILE_KILOBYTES))
        kept = running.enter_context(site(variables, CACHE_MB))
        made = running.enter_context(site(variables, 0))
        loads, bytes_of = _rounds(beside, kept, made, options)
        memory = {"with cache": kept.megabytes(), "without": made.megabytes()}
    return Measured(engine, size, loads, bytes_of, memory)


def _rounds(beside, kept, made, options):
    """What each page takes, by page and by how it is asked for, and its bytes."""
    seconds = SHORT_SECONDS if options.short else SECONDS
    rounds: dict[tuple[str, str], list[Load]] = defaultdict(list)
    etags, bytes_of = {}, {}
    for page, path in PAGES.items():
        etags[page], bytes_of[page] = _warm(kept, path), _bytes(made, path)
    for _ in range(SHORT_ROUNDS if options.short else ROUNDS):
        for page, path in PAGES.items():
            etag = etags[page]
            if page not in NEVER_KEPT:
                nginx_file = load(beside, "/file.html", seconds["kept"])
                rounds["nginx", "200"].append(nginx_file)
                rounds[page, "kept"].append(load(kept, path, seconds["kept"]))
                rounds[page, "kept 304"].append(load(kept, path, seconds["kept"], etag))
            rounds[page, "made"].append(load(made, path, seconds["made"]))
            rounds[page, "made 304"].append(load(made, path, seconds["kept"], etag))
    return {key: middle(some) for key, some in rounds.items()}, bytes_of


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
