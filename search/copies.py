"""Copies of the public pages that stand outside the site (`manage.py export_static`):
what is no longer public is gone from them at once (trust R15, R18).

A copy is a folder in the form of BagIt (RFC 8493): `data/` with the pages and files as
they were sent, `manifest-sha256.txt`, and beside them `mentions.txt`, one line for each
file with every address that it mentions. `current` is a link to the newest.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_tasks import task

CURRENT = "current"
DATA = "data"
MANIFEST = "manifest-sha256.txt"
MENTIONS = "mentions.txt"
# What has left the newest copy and is to be made anew, if it is still public.
MISSING = "missing.txt"
# What has left while a copy may be in the making.
DROPPED = "dropped.txt"
# A file that may hold anything: it goes with whatever goes.
ANYTHING = "*"
# What stands before the number of a page of a list, in the addresses that have one.
PAGE = "?sida="
# Under these lie files that are shown on pages and have no address of their own there.
FILES = "/filer/"


def let_go(*, gone: Iterable[str] = (), changed: Iterable[str] = ()) -> None:
    """Take addresses out of every copy when the transaction is committed, and all that
    mentions one that is `gone`. What is still public is made anew later.

    A task does the same, so that a disk that does not answer then is tried again.
    """
    gone, changed = sorted(gone), sorted(changed)
    if settings.STATIC_COPY_ROOT and (gone or changed):
        drop_later.enqueue(gone, changed)
        transaction.on_commit(lambda: drop(gone, changed), robust=True)


@task()
def drop_later(gone: list[str], changed: list[str]) -> None:
    drop(gone, changed)


def drop(gone: Iterable[str], changed: Iterable[str]) -> None:
    """Delete the files, in every copy and for every copy that is being made."""
    if not root().is_dir():
        return
    with locked():
        with (root() / DROPPED).open("a", encoding="utf-8") as notes:
            notes.writelines(f"gone\t{address}\n" for address in gone)
            notes.writelines(f"changed\t{address}\n" for address in changed)
        for folder in folders():
            take_out(folder, lines_of(folder), set(gone), set(changed))


def take_out(
    folder: Path, lines: dict[str, list[str]], gone: set[str], changed: set[str]
) -> None:
    """Delete from one copy, whose files mention what `lines` say."""
    leaving = _own(lines, gone | changed)
    if gone:
        leaving |= {
            address
            for address, mentioned in lines.items()
            if ANYTHING in mentioned or any(map(_within(gone), mentioned))
        }
    for address in leaving:
        (folder / path_of(address)).unlink(missing_ok=True)
    if leaving:
        _forget(folder, lines, leaving)


def _own(lines: dict[str, list[str]], addresses: set[str]) -> set[str]:
    """Their pages, those below them, and the files that are shown there."""
    pages = set(filter(_within(addresses), lines))
    shown = (each for page in pages for each in lines[page])
    return pages | {each for each in shown if each.startswith(FILES) and each in lines}


def _within(addresses: set[str]) -> Callable[[str], bool]:
    starts = tuple(each if each.endswith("/") else f"{each}/" for each in addresses)
    return lambda address: address in addresses or address.startswith(starts)


def _forget(folder: Path, lines: dict[str, list[str]], leaving: set[str]) -> None:
    for address in leaving:
        lines.pop(address, None)
    write_lines(folder, lines)
    left = {path_of(address) for address in leaving}
    manifest = (folder / MANIFEST).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [
        line for line in manifest if line.rstrip("\n").split("  ", 1)[1] not in left
    ]
    replace(folder / MANIFEST, "".join(kept))
    with (folder / MISSING).open("a", encoding="utf-8") as missing:
        missing.writelines(f"{address}\n" for address in sorted(leaving))


# -- How a copy lies on the disk


def root() -> Path:
    return Path(settings.STATIC_COPY_ROOT)


def folders() -> Iterator[Path]:
    """Every copy that is whole, the oldest first."""
    return iter(sorted(each.parent for each in root().glob(f"2*/{MENTIONS}")))


def path_of(address: str) -> str:
    """Where an answer lies in a copy: a page is the index of a folder, and so is the
    PDF of a page; the further pages of a list lie beside its first."""
    address, _, number = address.partition(PAGE)
    if number:
        return f"{DATA}{address}sida-{number}.html"
    if not address.endswith("/"):
        return DATA + address
    kind = "pdf" if address.endswith("/pdf/") else "html"
    return f"{DATA}{address}index.{kind}"


def lines_of(folder: Path) -> dict[str, list[str]]:
    """For each address in a copy, what it mentions."""
    text = (folder / MENTIONS).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {row[0]: row[1:] for row in rows}


def write_lines(folder: Path, lines: dict[str, list[str]]) -> None:
    rows = ("\t".join([address, *lines[address]]) for address in sorted(lines))
    replace(folder / MENTIONS, "".join(f"{row}\n" for row in rows))


def replace(path: Path, text: str) -> None:
    """Write a file beside and rename it, so that it is there whole or as it was."""
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


@contextmanager
def locked(name: str = ".lock") -> Iterator[None]:
    """One at a time changes what copies there are and what they hold; or does what else
    has a lock of that name."""
    with (root() / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
