"""All that there is of one contribution, as a ZIP for the city's diary: every text that
was handed in, every act with its message, and whether the chain of acts holds."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kunskapsbank.chain import is_whole, tells_the_truth
from kunskapsbank.comparison import compare
from kunskapsbank.enums import Status
from kunskapsbank.models import Entry, ReviewEvent, Version
from kunskapsbank.uploads import storage
from kunskapsbank.workflow.text import as_data

_COLUMNS = [
    ("plats", "position"),
    ("tidpunkt", "happened_at"),
    ("handelse", "act"),
    ("version", "version_number"),
    ("fran_lage", "from_status"),
    ("till_lage", "to_status"),
    ("skal", "reason"),
    ("namn", "actor_name"),
    ("meddelande", "message"),
    ("kontrollsumma", "hash"),
    ("foregaende", "previous_hash"),
]
# A spreadsheet takes a cell that begins so for a formula (trust 1.2.10).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
_CHUNK = 64 * 1024  # bytes


def package(entry: Entry) -> Iterator[bytes]:
    """The ZIP in pieces, made as it is sent; it writes nothing to the database.

    Drafts that nobody has handed in are their authors' and are left out.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(entry):
            with archive.open(zipfile.ZipInfo(name, _now()), "w") as file:
                for piece in content:
                    file.write(piece)
                    yield from sink.taken()
            yield from sink.taken()
    yield from sink.taken()


def neutral(cell: Any) -> str:
    """The value as a cell that no spreadsheet runs (trust 1.2.10)."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Sink(io.RawIOBase):
    """What the archive has written since it was last emptied."""

    def __init__(self):
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> Iterator[bytes]:
        pieces, self._pieces = self._pieces, []
        if pieces:
            yield b"".join(pieces)


def _now() -> tuple[int, int, int, int, int, int]:
    now = localtime()
    return (now.year, now.month, now.day, now.hour, now.minute, now.second)


def _files(entry: Entry) -> Iterator[tuple[str, Iterable[bytes]]]:
    events = list(entry.events.select_related("detail").order_by("position"))
    versions = entry.versions.exclude(status=Status.DRAFT).order_by("number")
    version_list = list(versions.select_related("author"))
    yield "LAS-MIG.txt", [_readme(entry, events, len(version_list))]
    for version in version_list:
        yield from _texts(version)
    yield "handelser.json", [_json(_chain(events))]
    yield "handelser.csv", [_csv(events)]
    yield from _attachments(version_list)


def _texts(version: Version) -> Iterator[tuple[str, Iterable[bytes]]]:
    data = as_data(version)
    folder = f"version-{version.number}"
    about = {
        "nummer": version.number,
        "lage": version.status,
        "inskickad": version.submitted_at,
        "beslutad": version.decided_at,
        "publicerad": version.published_at,
        "undantagen": version.is_suppressed,
        "upphovsperson": str(version.author) if version.author else "",
        "text": data,
        "inlamnade_texter": [
            {"nummer": each.lock, "tidpunkt": each.made_at, "text": each.text}
            for each in version.snapshots.order_by("lock")
        ],
    }
    yield f"{folder}/text.json", [_json(about)]
    rows = compare({}, data)
    context = {"version": version, "rows": rows}
    template = "kunskapsbank/reviewing/diary_text.html"
    yield f"{folder}/text.html", [render_to_string(template, context).encode()]
    yield f"{folder}/text.md", [_markdown(version, rows)]


def _markdown(version: Version, rows) -> bytes:
    parts = [f"# {version.title}\n"]
    for row in rows:
        told = [part.text for part in row.after]
        text = "\n".join(f"- {each}" for each in told) if row.is_list else "".join(told)
        parts.append(f"## {row.label}\n\n{text}\n")
    return "\n".join(parts).encode()


def _chain(events: list[ReviewEvent]) -> dict[str, Any]:
    return {
        "kedjan_ar_hel": is_whole(events),
        "namn_och_meddelanden_stammer": all(map(_is_true, events)),
        "handelser": [_event(each) for each in events],
    }


def _event(event: ReviewEvent) -> dict[str, Any]:
    detail = getattr(event, "detail", None)
    told = {
        "actor_name": detail.actor_name if detail else "",
        "message": detail.message if detail else "",
    }
    names = [name for _, name in _COLUMNS if name not in told]
    values = {name: getattr(event, name) for name in names} | told
    return {column: values[name] for column, name in _COLUMNS}


def _is_true(event: ReviewEvent) -> bool:
    detail = getattr(event, "detail", None)
    return detail is None or tells_the_truth(detail)


def _csv(events: list[ReviewEvent]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column for column, _ in _COLUMNS])
    for event in events:
        writer.writerow([neutral(_plain(each)) for each in _event(event).values()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=2, default=_plain)
    return text.encode()


def _readme(entry: Entry, events: list[ReviewEvent], count: int) -> bytes:
    now = date_format(localtime(), r"j F Y \k\l\o\c\k\a\n H.i")
    whole = is_whole(events) and all(map(_is_true, events))
    state = (
        "Kedjan av händelser är hel, och namn och meddelanden stämmer med den."
        if whole
        else "KEDJAN AV HÄNDELSER STÄMMER INTE. Något är ändrat eller saknas."
    )
    return f"""Bidraget {entry.number} i Livskvalitet Helsingborgs kunskapsbank

Uttaget {now}. Bidraget är {entry.get_state_display()}.
{count} version(er) och {len(events)} händelse(r). Utkast är inte med.

version-…/text.html  texten att läsa, en mapp för varje version
version-…/text.md    samma text som Markdown
version-…/text.json  allt om versionen, med varje text som har lämnats in
version-…/filer/     filer som hör till versionen
handelser.csv        allt som har hänt, med namn och meddelanden
handelser.json       samma sak, och om kedjan är hel
LAS-MIG.txt          den här filen

{state}
Varje händelse har en kontrollsumma (SHA-256) över sina uppgifter och över den
föregående händelsens kontrollsumma. I handelser.csv har celler som annars kunde
tolkas som formler fått en apostrof först.

Paketet innehåller personuppgifter. Namn och meddelanden är inte offentliga på
webbplatsen.
""".encode()


def _attachments(versions: list[Version]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of each version, each under its own number so that no two collide."""
    for version in versions:
        attachments = version.attachments.select_related("file")
        for place, attachment in enumerate(attachments, start=1):
            name = f"version-{version.number}/filer/{place}-{attachment.name}"
            try:
                yield name, [storage.read(attachment.file.stored_name)]
            except FileNotFoundError:
                yield f"{name}.SAKNAS.txt", [b"Filen finns inte i lagret.\n"]
