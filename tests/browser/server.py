"""The real site for the browser: what `make run` starts, on a port of its own."""

import fcntl
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
from psycopg import sql

from livskvalitet.management.commands.serve import static_fingerprint
from tests import database as kept_database
from tests.browser import pages
from tests.postgres import ends_with_parent

START_SECONDS = 300
STOP_SECONDS = 40
# What the launch content does not have: a contribution that is no longer shown.
WITHDRAW = f"""
from kunskapsbank.models import Entry
from search import generation
entry = Entry.objects.get(slug="{pages.WITHDRAWN}")
entry.state = "withdrawn"
entry.state_reason = "Bidraget är återtaget."
entry.save()
generation.touch()
"""
# The page for faults answers when nothing else does, so no address leads to it.
RENDER_500 = """
from django.template.loader import render_to_string
print(render_to_string("500.html"))
"""
# Each line is code; the answer is what it prints, and its fault.
RUN_WHAT_IS_TOLD = """
import contextlib, io, json, sys, traceback
import django
django.setup()
for line in sys.stdin:
    said, fault = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
    except Exception:
        fault = traceback.format_exc()
    print(json.dumps([said.getvalue(), fault]), flush=True)
"""
MANAGE_SECONDS = 60


# The environment of each site that runs, by its address, and its manager, by its port.
RUNNING = {}
MANAGERS = {}


class NotServed(Exception):
    """The site could not be started or stopped; the message holds what it said."""


@contextmanager
def site(folder, name):
    """Give the address of the site while it runs; raise NotServed if it does not.

    `name` tells servers that run at the same time apart.
    """
    with database(name) as url:
        port = free_port()
        variables = environment(folder, port, url)
        address = f"http://localhost:{port}"
        RUNNING[address] = variables
        process = started(variables, address, folder / "server.log")
        manager = MANAGERS[variables["PORT"]] = Manager(variables)
        try:
            manage(variables, WITHDRAW)
            (folder / "500.html").write_text(
                manage(variables, RENDER_500), encoding="utf-8"
            )
            yield address
        finally:
            manager.stop()
            stop(process)


def started(variables, address, log):
    """The server's process, once it answers.

    One site at a time makes the static files, and the others find them made.
    """
    collected = Path(variables["STATIC_ROOT"]) / ".collected"
    with (kept_database.FOLDER / "site.lock").open("w") as lock, log.open("w") as said:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(variables, said)
        try:
            wait_until(collected.exists, process, address, log)
            fcntl.flock(lock, fcntl.LOCK_UN)
            wait_until(lambda: answers(address), process, address, log)
        except BaseException:
            stop(process)
            raise
    return process


def environment(folder, port, database_url):
    inherited = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DEBUG", "DATABASE_URL", "HOST", "MEDIA_ROOT", "STATIC_ROOT"}
        and not key.startswith(("DJANGO_", "PYTEST_"))
    }
    own = {"LOCAL": "1", "PORT": str(port), "RELEASE": "browser-tests"}
    # What one process changes, another shows within a second: too late for a test.
    own["PAGE_CACHE_MB"] = "0"
    own["STATIC_ROOT"] = str(static_folder())
    if database_url:
        own["DATABASE_URL"] = database_url
    elif kept := kept_database.kept():
        shutil.copy(kept, folder / "livskvalitet.sqlite3")
    return inherited | own | {"VAR_DIR": str(folder), "PYTHONUNBUFFERED": "1"}


def static_folder():
    """The folder of the static files as they are now; it is kept between runs."""
    kept_database.FOLDER.mkdir(parents=True, exist_ok=True)
    now = kept_database.FOLDER / f"static-{static_fingerprint()[:16]}"
    for old in kept_database.FOLDER.glob("static-*"):
        if old != now:
            shutil.rmtree(old, ignore_errors=True)
    return now.absolute()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def database(name):
    """A new database on the server of DATABASE_URL; None if that is unset."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith(("postgres:", "postgresql:")):
        yield None
        return
    own = f"browser_{name}_{os.getpid()}"
    identifier = sql.Identifier(own)
    template = sql.Identifier(os.environ.get("DATABASE_TEMPLATE", "template1"))
    # Nobody may be connected to a template, so we are not.
    beside = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(beside, autocommit=True) as link:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        link.execute(create.format(identifier, template))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{own}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            link.execute(drop.format(identifier))


def start(variables, output):
    return subprocess.Popen(
        [*ends_with_parent("TERM"), sys.executable, "manage.py", "serve"],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,  # Ctrl+C is ours to handle
    )


def wait_until(condition, process, address, log):
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise NotServed(f"{address} does not answer:\n{log.read_text()}")


def answers(address):
    try:
        return urlopen(address, timeout=10).status == 200
    except HTTPError as fault:
        raise NotServed(f"{address}: {fault}") from fault
    except (URLError, OSError):
        return False


def manage(variables, code):
    """What `code` prints when it is run with the site's settings and database."""
    said, fault = MANAGERS[variables["PORT"]].run(code)
    if fault:
        raise NotServed(fault)
    return said


class Manager:
    """Runs code in one process, since to start Django takes longer than most code."""

    def __init__(self, variables):
        self.process = subprocess.Popen(
            [*ends_with_parent("TERM"), sys.executable, "-c", RUN_WHAT_IS_TOLD],
            env={"DJANGO_SETTINGS_MODULE": "livskvalitet.settings"} | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code):
        """What the code prints, and what was raised."""
        self.process.stdin.write(f"{json.dumps(code)}\n")
        self.process.stdin.flush()
        answered, _, _ = select.select([self.process.stdout], [], [], MANAGE_SECONDS)
        line = self.process.stdout.readline() if answered else ""
        return json.loads(line) if line else ("", f"no answer to: {code}")

    def stop(self):
        self.process.kill()
        self.process.communicate()


def stop(process):
    """End the server and what it started, the hard way if it does not listen."""
    started = [*children(process.pid)]
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired as fault:
        for pid in [*started, process.pid]:
            kill_group(pid)
        process.wait()
        raise NotServed(f"the server did not stop in {STOP_SECONDS} s") from fault


def children(pid):
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in listed.read_text().split()] if listed.exists() else []


def kill_group(pid):
    """Both the server and its own child lead a session, so they are their groups."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
