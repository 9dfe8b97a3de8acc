"""Makes a copy of everything public: wholly, and then in the place of the one before.

`search.copies` says how it lies on the disk, and takes out of it what is hidden.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from livskvalitet.static_copy.asking import Answer, Site, first_addresses
from search import copies

# How many copies are left beside the newest.
KEPT = 1
MAIN = b'<main id="innehall" tabindex="-1">'
UNAVAILABLE = "/503.html"
# One copy at a time is made or mended, since each forgets what the others must drop.
MAKING = ".making.lock"
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class NoPlace(Exception):
    """No folder is named for copies."""


class Copy:
    """A copy in the making."""

    def __init__(self, folder: Path, made_at: datetime) -> None:
        self.folder = folder
        self.mentions: dict[str, list[str]] = {}
        self.checksums: dict[str, str] = {}
        self._site = Site()
        self._notice = _notice(made_at, "sv")
        self._english_notice = _notice(made_at, "en")
        self._before = copies.root() / copies.CURRENT

    def take(self, addresses: Iterable[str], *, follow: bool) -> None:
        """Ask for the addresses and keep what is public, and with `follow` all that
        the pages link to."""
        waiting, seen = sorted(addresses, reverse=True), set(addresses)
        while waiting:
            address = waiting.pop()
            answer = self._site.ask(address)
            if not answer.is_public:
                continue
            self.keep(address, answer)
            if follow and answer.is_page:
                new = set(answer.links(address)) - seen
                seen |= new
                waiting.extend(sorted(new, reverse=True))

    def keep(self, address: str, answer: Answer) -> None:
        body = answer.body
        if answer.is_page:
            is_english = address == reverse("in_english")
            body = noticed(body, self._english_notice if is_english else self._notice)
        self.mentions[address] = answer.mentions(address)
        self.write(copies.path_of(address), body)

    def write(self, name: str, body: bytes) -> None:
        """One file, which takes no new room when the copy before has the same."""
        self.checksums[name] = hashlib.sha256(body).hexdigest()
        path, before = self.folder / name, self._before / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".unfinished-{path.name}"[:200])
        unfinished.unlink(missing_ok=True)
        if before.is_file() and before.read_bytes() == body:
            os.link(before, unfinished)
        else:
            unfinished.write_bytes(body)
        os.replace(unfinished, path)

    def take_static_files(self) -> None:
        for file in sorted(settings.STATIC_ROOT.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                name = f"{copies.DATA}/static/{file.relative_to(settings.STATIC_ROOT)}"
                self.write(name, file.read_bytes())

    def finish(self) -> None:
        """Write what a receiver checks it by."""
        rows = sorted(self.checksums.items())
        text = "".join(f"{checksum}  {name}\n" for name, checksum in rows)
        copies.replace(self.folder / copies.MANIFEST, text)
        copies.replace(self.folder / "bagit.txt", BAGIT)
        copies.write_lines(self.folder, self.mentions)


def make(only: Iterable[str] = ()) -> Copy:
    """Make a copy, and let the proxy serve it. Raises NoPlace, Unanswered when the site
    is down, and OSError when it cannot be written: the one before is then as it was.

    `only` names addresses to copy and no others, to try the proxy with.
    """
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    with copies.locked(MAKING):
        return _make(root, only)


def _make(root: Path, only: Iterable[str]) -> Copy:
    now = timezone.localtime()
    # To the microsecond: a copy made in the same second must not meet the one before.
    stamp = f"{now:%Y-%m-%dT%H%M%S.%f}"
    folder = root / f".making-{stamp}"
    _clear_unfinished(root)
    begun_at = _dropped_so_far()
    made = Copy(folder, now)
    if only:
        made.take(only, follow=False)
    else:
        made.take(first_addresses(), follow=True)
    made.take_static_files()
    made.write(copies.DATA + UNAVAILABLE, render_to_string("503.html").encode())
    with copies.locked():
        made.finish()
        _drop_since(made, begun_at)
        os.replace(folder, root / stamp)
        _lead_to(root, stamp)
    _erase_old(root)
    return made


def mend() -> int:
    """Make anew what has been taken out of the newest copy, as far as it is public;
    gives how many files. Raises Unanswered when the site cannot tell."""
    folder = (_root() / copies.CURRENT).resolve()
    if not (folder / copies.MISSING).exists():
        return 0
    with copies.locked(MAKING):
        return _mend(folder)


def _mend(folder: Path) -> int:
    missing = folder / copies.MISSING
    while missing.exists():
        seen = _dropped_so_far()
        addresses = set(missing.read_text(encoding="utf-8").splitlines())
        answers = _public_answers(addresses)
        with copies.locked():
            # What was hidden while the site was asked is asked for again.
            if _dropped_so_far() == seen:
                _put_back(folder, answers)
                missing.unlink()
                return len(answers)
    return 0


def _public_answers(addresses: Iterable[str]) -> dict[str, Answer]:
    site = Site()
    answers = {address: site.ask(address) for address in sorted(addresses)}
    return {address: each for address, each in answers.items() if each.is_public}


def _put_back(folder: Path, answers: dict[str, Answer]) -> None:
    made = Copy(folder, timezone.localtime())
    made.mentions = copies.lines_of(folder)
    made.checksums = _manifest(folder)
    for address, answer in answers.items():
        made.keep(address, answer)
    made.finish()


def _dropped_so_far() -> int:
    dropped = copies.root() / copies.DROPPED
    return dropped.stat().st_size if dropped.exists() else 0


def _notice(made_at: datetime, language: str) -> bytes:
    with translation.override(language):
        day = date_format(made_at, "j F Y")
    context = {"language": language, "day": day, "time": f"{made_at:%H.%M}"}
    return render_to_string("livskvalitet/static_copy_notice.html", context).encode()


def noticed(page: bytes, notice: bytes) -> bytes:
    """A page that says first of all that it is a copy."""
    place = MAIN if MAIN in page else b"<body>"
    return page.replace(place, place + notice, 1)


def _root() -> Path:
    if not settings.STATIC_COPY_ROOT:
        raise NoPlace
    return copies.root()


def _manifest(folder: Path) -> dict[str, str]:
    text = (folder / copies.MANIFEST).read_text(encoding="utf-8")
    rows = (line.split("  ", 1) for line in text.splitlines())
    return {name: checksum for checksum, name in rows}


def _drop_since(made: Copy, begun_at: int) -> None:
    """Take out what was hidden or changed while the copy was made."""
    dropped = copies.root() / copies.DROPPED
    if not dropped.exists():
        return
    rows = [line.split("\t") for line in dropped.read_text()[begun_at:].splitlines()]
    gone = {address for kind, address in rows if kind == "gone"}
    changed = {address for kind, address in rows if kind == "changed"}
    copies.take_out(made.folder, made.mentions, gone, changed)
    dropped.unlink()


def _lead_to(root: Path, stamp: str) -> None:
    link = root / f".{copies.CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(stamp)
    os.replace(link, root / copies.CURRENT)


def _erase_old(root: Path) -> None:
    for folder in sorted(root.glob("2*"))[: -1 - KEPT]:
        shutil.rmtree(folder)


def _clear_unfinished(root: Path) -> None:
    for folder in root.glob(".making-*"):
        shutil.rmtree(folder)
