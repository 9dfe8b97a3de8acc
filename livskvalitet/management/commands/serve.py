"""Make the site ready and serve it: what `make run` starts."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection

from accounts import local
from livskvalitet.metrics.exporter import exporter
from livskvalitet.worker import Worker

ANSWER_SECONDS = 60
# More threads than two in a worker mostly wait for each other, and make some readers
# wait long. Requests with slow headers are cut off after ten seconds, and a worker has
# at most 64 requests at hand: the rest wait in the socket's queue. A worker told to
# stop while it is still starting never does, and is killed.
GRANIAN_OPTIONS = [
    *("--interface", "wsgi", "--no-ws"),
    *("--blocking-threads", "2", "--backpressure", "64"),
    *("--http1-header-read-timeout", "10000"),
    *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
    *("--log-level", "warning"),
]


class Command(BaseCommand):
    help = "Prepare database, content and static files, then serve the site."

    def handle(self, *args: object, **options: object) -> None:
        require_free_port(settings.HOST, settings.PORT)
        require_folder("STATIC_ROOT")
        require_folder("MEDIA_ROOT")
        self.say("Bringing the database up to date ...")
        require_database()
        call_command("migrate", verbosity=0)
        self.say("Loading the content ...")
        call_command("load_content", stdout=self.stdout)
        call_command("local_accounts")
        self.collect_static()
        self.say("Starting the server ...")
        connection.close()
        sys.exit(self.serve())

    def collect_static(self) -> None:
        """Collect the static files, unless none has changed since the last time."""
        mark = settings.STATIC_ROOT / ".collected"
        fingerprint = static_fingerprint()
        if mark.exists() and mark.read_text() == fingerprint:
            return
        self.say("Collecting the static files ...")
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(fingerprint)

    def serve(self) -> int:
        """Run granian, and the worker beside it, until granian ends or we are told to
        stop; give its exit code."""
        # In a session of its own: what a terminal sends reaches it through us, as the
        # one signal that means stop (SIGHUP would make it load everything anew).
        # Every worker must name the same release, also one that is started later.
        with (
            exporter() as for_metrics,
            Worker(variables := self.variables() | for_metrics),
            subprocess.Popen(
                granian_command(), start_new_session=True, env=variables
            ) as server,
        ):
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(signum, lambda *_: server.terminate())
            if wait_for_answer(server):
                self.say_how_to_sign_in()
                self.say(f"\nThe site is at {local_address()}\nStop it with Ctrl+C.")
            return server.wait()

    def variables(self) -> dict[str, str]:
        return {**os.environ, "RELEASE": settings.RELEASE}

    def say_how_to_sign_in(self) -> None:
        if settings.LOCAL:
            self.say(f"\nReady accounts: {', '.join(local.ADDRESSES.values())}")
            self.say(f"Password of each: {local.password()}")
            self.say(f"One-time codes and mails: {local_address()}/lokalt/")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def require_free_port(host: str, port: int) -> None:
    """Raise CommandError with one sentence when the address cannot be listened on."""
    busy = f"Port {port} is in use: stop what uses it, or set PORT to another number."
    if settings.LOCAL and answers("localhost", port):
        raise CommandError(busy)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as fault:
            raise CommandError(
                f"{host} port {port} cannot be used ({fault}): set HOST and PORT to an "
                "address of this computer and a free port."
            ) from fault


def answers(host: str, port: int) -> bool:
    """Whether somebody listens, on any of the addresses that `host` stands for."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except (OSError, OverflowError):
        return False
    return True


def require_database() -> None:
    """Raise CommandError with one sentence when the database cannot be reached."""
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        reason = str(fault).strip().partition("\n")[0]
        raise CommandError(
            f"The database cannot be reached ({reason}): set DATABASE_URL to one that "
            "can, or unset it to use a file in var/."
        ) from fault


def require_folder(name: str) -> None:
    """Raise CommandError when the folder of the setting `name` cannot be written."""
    folder = Path(getattr(settings, name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as fault:
        raise CommandError(
            f"{folder} cannot be used ({fault.strerror}): set {name} to a folder that "
            "may be written to."
        ) from fault


def static_fingerprint() -> str:
    """Changes when a static file does, or the code or packages that collect them."""
    root = Path(settings.BASE_DIR)
    digest = hashlib.sha256()
    for path in [
        root / "requirements.txt",
        root / "livskvalitet" / "staticfiles.py",
        *static_files(),
    ]:
        digest.update(f"{path}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def static_files() -> Iterator[Path]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))


def granian_command() -> list[str]:
    workers = str(min(os.cpu_count() or 1, 4))
    host = settings.HOST
    # granian takes numbers only.
    number = host if ":" in host else socket.gethostbyname(host)
    return [
        *(sys.executable, "-m", "granian", *GRANIAN_OPTIONS, "--workers", workers),
        *("--host", number, "--port", str(settings.PORT)),
        "livskvalitet.wsgi:application",
    ]


def wait_for_answer(server: subprocess.Popen[bytes]) -> bool:
    """True once the start page has been served; False if the server ended first."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while server.poll() is None:
        status = start_page_status()
        if status is not None and status < 400:
            return True
        if status is not None or time.monotonic() > deadline:
            server.terminate()
            server.wait()
            raise CommandError("The start page cannot be served; the reason is above.")
        time.sleep(0.1)
    return False


def start_page_status() -> int | None:
    """The status that the start page answers with; None while nothing answers."""
    link = HTTPConnection(settings.HOST, settings.PORT, timeout=30)
    try:
        link.request("GET", "/", headers={"Host": own_name()})
        return link.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        link.close()


def own_name() -> str:
    """A name that the site answers to; with LOCAL=1 and the port, as a browser says."""
    if settings.LOCAL:
        return f"localhost:{settings.PORT}"
    return settings.ALLOWED_HOSTS[0].removeprefix(".").replace("*", "localhost")


def local_address() -> str:
    # The name and not the number: passkeys need a name.
    host = "localhost" if settings.LOCAL else settings.HOST
    return f"http://{host}:{settings.PORT}"
