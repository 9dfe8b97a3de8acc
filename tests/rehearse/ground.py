"""What the rehearsal stands on: a folder, ports, processes, and waiting for things."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from tests.postgres import ends_with_parent

PATIENCE = 400.0  # seconds: for a machine that has much else to do


class Failed(Exception):
    """The site did not do what it must; the message says what was seen."""


def say(text: str) -> None:
    print(text, flush=True)


def require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


def wait_until(holds: Callable[[], object], what: str, seconds=PATIENCE) -> float:
    """Wait for it, and give how many seconds it took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise Failed(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


class Running:
    """A process of ours with all that it starts, its log beside it."""

    def __init__(self, name: str, command: list, folder: Path, env=None) -> None:
        self.name = name
        self._log = folder / f"{name}.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*ends_with_parent("TERM"), *map(str, command)],
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def tail(self, lines=15) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])

    def require_alive(self) -> None:
        require(self.process.poll() is None, f"{self.name} ended:\n{self.tail()}")

    def kill(self) -> None:
        """As when the power goes: all at once, with no chance to say goodbye."""
        family = self._family()
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(family, timeout=20)
        self.process.wait()

    def stop(self, signum=signal.SIGTERM, seconds=60.0) -> None:
        """As a restart of its service does; what then lives on is killed."""
        family = self._family()
        if self.process.poll() is None:
            self.process.send_signal(signum)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        for each in psutil.wait_procs(family, timeout=5)[1]:
            each.kill()

    def _family(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            own = psutil.Process(self.process.pid)
            return [own, *own.children(recursive=True)]
        return []


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def environment(**values: object) -> dict[str, str]:
    """Ours without what steers the site, and with what is given."""
    ours = {"LOCAL", "DEBUG", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "CACHE_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {name: str(value) for name, value in values.items()}
