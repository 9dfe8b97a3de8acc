"""Run what parses a file in a process with little time, memory and nothing to tell.

`python -m kunskapsbank.uploads.sandbox` reads a file's kind and content, and writes
what it made of it: one line of JSON, then the parts that the line gives the sizes of.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from kunskapsbank.uploads.refusals import Refused

CPU_SECONDS = 20
WALL_SECONDS = 40
# For the file before ours: each process looks at one at a time, so that no crowd of
# them takes all the turns that pages are made in.
WAIT_SECONDS = 5
MEMORY = 1_500_000_000
START = ["-m", "kunskapsbank.uploads.sandbox"]
_looking = Lock()
_ROOT = Path(__file__).resolve().parent.parent.parent


def run(kind: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """What is known of an "image" or "document", and the parts made of it.

    Raises Refused with the reason, which is too_heavy when the process was ended, and
    busy when others have their turn.
    """
    command = [sys.executable, *START, kind]
    # None of our secrets: only what Python needs to start.
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    try:
        with _turn():
            done = subprocess.run(
                command,
                input=content,
                capture_output=True,
                timeout=WALL_SECONDS,
                cwd=_ROOT,
                env=kept | {"PYTHONDONTWRITEBYTECODE": "1"},
            )
    except subprocess.TimeoutExpired as fault:
        raise Refused("too_heavy") from fault
    line, _, rest = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise Refused("too_heavy")
    told = json.loads(line)
    if "refused" in told:
        raise Refused(told["refused"], **told["facts"])
    return told["facts"], _parted(rest, told["sizes"])


@contextmanager
def _turn() -> Iterator[None]:
    if not _looking.acquire(timeout=WAIT_SECONDS):
        raise Refused("busy")
    try:
        yield
    finally:
        _looking.release()


def _parted(rest: bytes, sizes: list[int]) -> list[bytes]:
    parts = []
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return parts


def _confine() -> None:
    """Only downwards, and by the process itself, before it has read anything."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _made_of(kind: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    # Imported here, and only what is needed: the process is started for every file.
    if kind == "image":
        from kunskapsbank.uploads import images

        picture = images.remake(content)
        facts = {"width": picture.width, "height": picture.height}
        return facts, [picture.content, picture.thumbnail]
    from kunskapsbank.uploads import documents

    facts, text = documents.examine(content)
    return facts, [text.encode("utf-8", "replace")]


def _answer(kind: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    try:
        facts, parts = _made_of(kind, content)
    except Refused as refusal:
        return {"refused": refusal.code, "facts": refusal.facts}, []
    return {"facts": facts, "sizes": [len(part) for part in parts]}, parts


def main() -> None:
    _confine()
    told, parts = _answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(parts))


if __name__ == "__main__":
    main()
