"""All that there is of one contribution, as a ZIP for the city's diary: every text that
was handed in, every act with its message, and whether the chain of acts holds."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime

from kunskapsbank.chain import hashed_text, is_whole, tells_the_truth
from kunskapsbank.comparison import compare
from kunskapsbank.enums import Status
from kunskapsbank.models import Entry, ReviewEvent, Snapshot, StoredFile, Version
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

    A draft is its author's: of one that was handed in and taken back there is what
    was handed in, and of others nothing.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = []
        for name, content in _files(entry):
            digest = hashlib.sha256()
            with archive.open(_item(name), "w") as file:
                for piece in content:
                    file.write(piece)
                    digest.update(piece)
                    yield from sink.taken()
            sums.append(f"{digest.hexdigest()}  {name}\n")
        archive.writestr(_item("kontrollsummor.txt"), "".join(sums))
    yield from sink.taken()


def _item(name: str) -> zipfile.ZipInfo:
    item = zipfile.ZipInfo(name, _now())
    item.compress_type = zipfile.ZIP_DEFLATED
    item.external_attr = 0o644 << 16
    return item


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
    versions = entry.versions.select_related("author").order_by("number")
    private = entry.versions.never_handed_in().values("pk")
    version_list = list(versions.exclude(pk__in=private))
    yield "LAS-MIG.txt", [_readme(entry, events, len(version_list))]
    for version in version_list:
        yield from _texts(version)
    yield "handelser.json", [_json(_chain(events))]
    yield "handelser.csv", [_csv(events)]
    yield from _attachments(version_list)


def _texts(version: Version) -> Iterator[tuple[str, Iterable[bytes]]]:
    handed_in = _handed_in(version)
    is_draft = version.status == Status.DRAFT
    data = handed_in[-1].text if is_draft else as_data(version)
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
            for each in handed_in
        ],
    }
    yield f"{folder}/text.json", [_json(about)]
    rows = compare({}, data)
    title = data["title"]
    context = {"version": version, "title": title, "rows": rows}
    template = "kunskapsbank/reviewing/diary_text.html"
    yield f"{folder}/text.html", [render_to_string(template, context).encode()]
    yield f"{folder}/text.md", [_markdown(title, rows)]


def _handed_in(version: Version) -> list[Snapshot]:
    return list(version.snapshots.order_by("lock"))


def _markdown(title: str, rows) -> bytes:
    parts = [f"# {title}\n"]
    for row in rows:
        told = [part.text for part in row.after]
        text = "\n".join(f"- {each}" for each in told) if row.is_list else "".join(told)
        parts.append(f"## {row.label}\n\n{text}\n")
    return "\n".join(parts).encode()


def _chain(events: list[ReviewEvent]) -> dict[str, Any]:
    return {
        "kedjan_ar_hel": is_whole(events),
        "namn_och_meddelanden_stammer": all(map(_is_true, events)),
        "handelser": [_event(each) | _proof(each) for each in events],
    }


def _proof(event: ReviewEvent) -> dict[str, Any]:
    """What anybody needs to count the sums anew, without this site."""
    detail = getattr(event, "detail", None)
    return {
        "underlag": hashed_text(event),
        "namnets_salt": detail.name_salt if detail else "",
        "meddelandets_salt": detail.message_salt if detail else "",
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
{count} version(er) och {len(events)} händelse(r). Av ett utkast som har varit
inskickat finns det som skickades in. Andra utkast är inte med.

version-…/text.html  texten att läsa, en mapp för varje version
version-…/text.md    samma text som Markdown
version-…/text.json  allt om versionen, med varje text som har lämnats in
version-…/filer/     filer som hör till versionen
handelser.csv        allt som har hänt, med namn och meddelanden
handelser.json       samma sak, om kedjan är hel, och vad som behövs för att räkna om
kontrollsummor.txt   SHA-256 för varje fil i paketet (sha256sum --check)
LAS-MIG.txt          den här filen

{state}
Så kontrollerar du kedjan: kontrollsumman för en händelse är SHA-256 över texten i
"underlag" i handelser.json. I den står händelsens uppgifter och kontrollsumman för
händelsen före. "name_hash" i underlaget är SHA-256 över namnets salt, ett kolon och
namnet, och "message_hash" samma sak för meddelandet. Är namnet eller meddelandet
raderat är saltet också det.

I handelser.csv har celler som annars kunde tolkas som formler fått en apostrof först.

Paketet innehåller personuppgifter. Namn och meddelanden är inte offentliga på
webbplatsen.
""".encode()


def _attachments(versions: list[Version]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files of each version, each under its own number so that no two collide."""
    for version in versions:
        for place, (content_hash, name) in enumerate(_files_of(version), start=1):
            path = f"version-{version.number}/filer/{place}-{name}"
            try:
                yield path, [_content(content_hash)]
            except FileNotFoundError:
                yield f"{path}.SAKNAS.txt", [b"Filen finns inte i lagret.\n"]


def _content(content_hash: str) -> bytes:
    stored = StoredFile.objects.filter(hash=content_hash).first()
    if stored is None:
        raise FileNotFoundError(content_hash)
    return storage.read(stored.stored_name)


def _files_of(version: Version) -> list[tuple[str, str]]:
    """Hash and name of what the text has, and had each time that it was handed in."""
    texts = [snapshot.text for snapshot in _handed_in(version)]
    if version.status != Status.DRAFT:
        texts.insert(0, as_data(version))
    files = [each for text in texts for each in text.get("attachments", [])]
    return list(dict.fromkeys((each["hash"], each["name"]) for each in files))
