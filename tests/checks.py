"""What `make check` looks for in the files themselves, whatever they are written in."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

# Texts by others, kept to the letter.
VERBATIM = {"LICENSE", "programtext.txt"}
VERBATIM_PREFIXES = ("OFL-",)

ADDRESS = re.compile(r"://|index-url|find-links")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")
# A name that promises a secret, given a long literal value that is no Python path.
SECRET = re.compile(
    r"(?:secret|password|token|api_?key)\w*[\"']?\s*[:=]\s*"
    r"[\"'](?!(?:[a-z_]+\.)+[A-Za-z]+[\"'])[^\"'\s]{20,}[\"']",
    re.IGNORECASE,
)
PIN = re.compile(r"^([A-Za-z0-9._-]+(?:\[[^]]*])?==[^ ;\\]+)", re.MULTILINE)

Fault = str
Check = Callable[[Path, str], Iterator[Fault]]


def whitespace(path: Path, text: str) -> Iterator[Fault]:
    if path.name in VERBATIM or path.name.startswith(VERBATIM_PREFIXES):
        return
    if text and not text.endswith("\n"):
        yield f"{path}: no newline at the end"
    if text.endswith("\n\n"):
        yield f"{path}: empty lines at the end"
    for number, line in enumerate(text.split("\n"), start=1):
        if line != line.rstrip():
            yield f"{path}:{number}: space at the end of the line"
        if "\t" in line and path.name != "Makefile":
            yield f"{path}:{number}: tab"


def addresses(path: Path, text: str) -> Iterator[Fault]:
    if not path.match("requirements*.txt"):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if ADDRESS.search(line):
            yield f"{path}:{number}: names an address; compile it with make lock"


def secrets(path: Path, text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        if PRIVATE_KEY.search(line) or SECRET.search(line):
            yield f"{path}:{number}: looks like a secret; take it from the environment"


CHECKS: list[Check] = [whitespace, addresses, secrets]


def main() -> int:
    faults = list(pins_that_differ())
    for path, text in texts():
        for check in CHECKS:
            faults.extend(check(path, text))
    for fault in faults:
        print(fault)
    return int(bool(faults))


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file that is, or would be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        path = Path(name)
        if not path.is_file():
            continue
        try:
            yield path, path.read_bytes().decode()
        except UnicodeDecodeError:
            continue  # a picture, a font


def pins_that_differ() -> Iterator[Fault]:
    """The site must be tested with the versions it runs with."""
    runs, serves, tests = (
        set(PIN.findall(Path(name).read_text()))
        for name in (
            "requirements.txt",
            "requirements-server.txt",
            "requirements-dev.txt",
        )
    )
    for pin in sorted((runs | serves) - tests):
        yield f"requirements-dev.txt: lacks {pin}; compile it with make lock"


if __name__ == "__main__":
    sys.exit(main())
