"""Many readers at once, by wrk: they keep asking while something happens, and look at
every answer (tests/rehearse/readers.lua)."""

import shutil
import signal
import struct
import subprocess
import zlib
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.rehearse.ground import Failed, require, say, wait_until
from tests.rehearse.proxy import HOST
from tests.rehearse.reader import Reader

SCRIPT = Path(__file__).with_name("readers.lua")
READERS = 16
LONGEST = 3600  # seconds, if nothing ends them before
PATIENCE = 60  # seconds that a reader waits for an answer


class Seen(NamedTuple):
    right: int
    wrong: int  # another status, or another page than before (the copy is one)
    cut: int  # no answer at all
    seconds: float
    p95: float  # milliseconds
    faults: str

    @property
    def rate(self) -> float:
        return self.right / self.seconds

    def __str__(self) -> str:
        failed = f"{self.wrong} wrong, {self.cut} without an answer"
        return (
            f"{self.right} pages read, {self.rate:.0f} a second, "
            f"p95 {self.p95:.0f} ms, {failed}"
        )


class Crowd:
    """Readers who ask for `paths` through the proxy, at most `rate` a second in all."""

    def __init__(self, port: int, log: Path, paths: list[str], *, rate: int) -> None:
        program = shutil.which("wrk")
        if not program:
            raise Failed("wrk is missing: apt install wrk")
        pause = READERS * 1000 // rate
        self._log, self._rate = log, rate
        self._command = [
            *(program, f"-t{READERS}", f"-c{READERS}", f"-d{LONGEST}s"),
            *("-H", f"Host: {HOST}", "-H", "Accept-Encoding: gzip"),
            *("--timeout", f"{PATIENCE}s", "-s", str(SCRIPT)),
            *(f"https://127.0.0.1:{port}", "--", str(pause)),
            *(each for path in paths for each in (path, _ending(port, path))),
        ]

    def __enter__(self) -> "Crowd":
        self._told = self._log.stat().st_size
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.PIPE, text=True
        )
        self.read(self._rate, "readers read")
        return self

    def read(self, count: int, what="readers read on") -> None:
        """Wait until so many more pages have been read, by the proxy's log."""
        with self._log.open("rb") as log:
            log.seek(0, 2)
            seen = 0

            def enough() -> bool:
                nonlocal seen
                seen += log.read().count(b"\n")
                require(self._process.poll() is None, "the readers ended")
                return seen >= count

            wait_until(enough, what)

    def stay(self, seconds: int) -> None:
        """Let them read for so long, if nothing ends them before."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        require(self._process.poll() is None, "the readers ended")

    def __exit__(self, *fault: object) -> None:
        self._process.send_signal(signal.SIGINT)
        said, _ = self._process.communicate(timeout=PATIENCE)
        if fault[0] is None:
            self.seen = _read(said)
            say(f"    {self.seen}")
            require(not self.seen.wrong + self.seen.cut, self.seen.faults or str(said))


def _ending(port: int, path: str) -> str:
    """How the page ends when it is compressed, which tells it from any other."""
    answer = Reader(port).get(path)
    require(answer.status == 200, f"{path} answers {answer.status}")
    text = answer.text.encode()
    return struct.pack("<II", zlib.crc32(text), len(text)).hex()


def _read(said: str) -> Seen:
    faults, _, line = said.partition("told ")
    numbers = line.split()
    require(len(numbers) >= 5, f"wrk said what we do not understand:\n{said}")
    right, wrong, cut = map(int, numbers[:3])
    seconds, p95 = map(float, numbers[3:5])
    return Seen(right, wrong, cut, seconds, p95, faults[-500:])
