"""`make soak`: read, write and review near the limit, while processes are killed.

    python -m tests.soak.soak --minutes 10 --database both --write

On each database a site of its own is served by two processes and a worker behind nginx
with deploy/nginx.conf, and four readers, three writers and a reviewer ask as fast as
they are answered. Every few seconds a process is killed as by kill -9. It ends with 1
if there was any error but a clean 503, if anything that was acknowledged is lost, or if
the processes grow.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livskvalitet.settings_test")
django.setup()

from livskvalitet.worker import Worker
from tests import postgres
from tests.soak.front import FrontedSite
from tests.soak.killing import Killer, Memory, Supervisor
from tests.soak.people import SAVES, Reader, Reviewer, Tally, Writer

TABLE = Path("docs/uthallighet.md")
DATABASES = ("sqlite", "postgresql")
READERS, WRITERS = 4, 3
WORKERS = 2
DRAFTS_A_MINUTE = 300
GROWTH = 1.15  # of the last third's memory over the first's, at most
COLUMNS = (
    *(
        "database",
        "minutes",
        "kills",
        "restarts",
        "read",
        "saved",
        "submitted",
        "published",
    ),
    *("copies", "503", "errors", "lost", "p50 ms", "p99 ms", "MB first", "MB last"),
)


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.soak.soak")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE}")
    options = parser.parse_args(arguments)
    chosen = DATABASES if options.database == "both" else [options.database]
    rows, faults = [], []
    for name in chosen:
        row, found = soak(name, options.minutes)
        rows.append(row)
        faults += [f"{name}: {each}" for each in found]
    said = table(rows)
    print(said)
    for fault in faults:
        print(f"FAULT {fault}")
    if options.write:
        TABLE.write_text(page(said, arguments), encoding="utf-8")
    return int(bool(faults))


def soak(name, minutes):
    """A row of the table, and what was wrong."""
    print(f"{name}: setting up ...", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as folder,
        database(name, folder) as url,
    ):
        site = FrontedSite(Path(folder), url, **settings(folder))
        for command in (["migrate"], ["load_content"], ["collectstatic", "--noinput"]):
            manage(site, *command)
        with (
            site.beside(),
            site.fronted(),
            site.served(workers=WORKERS),
            Worker(site.variables) as worker,
        ):
            manage(site, "export_static")
            print(f"{name}: {minutes} minutes ...", flush=True)
            tally, memory = run(site, worker, minutes)
            lost = site.run(f"inside.lost({tally.saved}, {tally.reached})")
    return row_of(name, minutes, tally, memory, lost), faults_of(tally, memory, lost)


@contextmanager
def database(name, folder):
    if name == "sqlite":
        yield f"sqlite:///{folder}/site.sqlite3"
        return
    with postgres.server(is_durable=True) as running:
        yield running.url


def settings(folder):
    return {
        "DJANGO_SETTINGS_MODULE": "livskvalitet.settings",
        "STATIC_ROOT": f"{folder}/static",
        "STATIC_COPY_ROOT": f"{folder}/copy",
        "RELEASE": "soak",
        "LOCK_TIMEOUT": "10",
        "STATEMENT_TIMEOUT": "15",
    }


def manage(site, *command):
    subprocess.run(
        [sys.executable, "manage.py", *command, "--verbosity", "0"],
        env=site.variables,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def run(site, worker, minutes):
    tally, over = Tally(), threading.Event()
    made = site.run(f"inside.prepare_many({int(minutes * DRAFTS_A_MINUTE)})")
    drafts, waiting = made["drafts"], []
    memory = Memory(site, over)
    people = [
        *(Reader(site, tally, over) for _ in range(READERS)),
        *(Writer(site, tally, over, drafts, waiting) for _ in range(WRITERS)),
        Reviewer(site, tally, over, made["moderator"], waiting),
        Killer(site, worker, tally, over),
        Supervisor(site, WORKERS, tally, over),
        memory,
    ]
    for each in people:
        each.start()
    over.wait(minutes * 60)
    over.set()
    for each in people:
        each.join(60)
    return tally, memory


def faults_of(tally, memory, lost):
    first, last = memory.thirds()
    found = [f"an error: {about}" for about in tally.errors[:5]]
    found += [f"lost: {each}" for each in lost[:5]]
    if last > first * GROWTH:
        found.append(f"the processes grow: from {first:.0f} to {last:.0f} MB")
    if not tally.counts["published"]:
        found.append("nothing was published")
    if (away := tally.counts["503"] + tally.counts["copies"]) > tally.counts["read"]:
        found.append(f"the site was away {away} times")
    return found


def row_of(name, minutes, tally, memory, lost):
    times = sorted(tally.seconds)
    counts = tally.counts
    p50, p99 = (f"{times[int(len(times) * part)] * 1000:.0f}" for part in (0.5, 0.99))
    numbers = [counts[each] for each in COLUMNS[2:11]]
    sizes = [f"{each:.0f}" for each in memory.thirds()]
    return [name, minutes, *numbers, len(lost), p50, p99, *sizes]


def table(rows):
    lines = [COLUMNS, ["---"] * len(COLUMNS), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def page(said, arguments):
    command = f"python -m tests.soak.soak {' '.join(arguments)}".strip()
    about = (__doc__ or "").partition("--write\n\n")[2]
    return f"""# How long it holds

{about.strip()}

Each text is saved {SAVES} times, handed in and published. *read* are pages from the
site, *copies* pages that the proxy took from the static copy while the site was away,
and *503* clean refusals with `Retry-After`, which were asked again. *lost* is what had
been acknowledged and was not there at the end. *restarts* are those of the whole site,
which gives up when a process dies as soon as it is started anew; systemd starts it
again on a server. *MB* is one process, in the first and the last third of the time.

{said}

Run {date.today()} on {os.cpu_count()} cores ({platform.machine()}, Python
{platform.python_version()}) with `{command}`.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
