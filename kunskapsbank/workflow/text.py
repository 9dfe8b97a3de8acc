"""What a version's text is: its fields and ties, made clean, compared and copied.

Nothing here moves a version; `drafts` and `review` call it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import CharField, Field, TextField
from django.utils import timezone

from accounts.models import User
from kunskapsbank import checks
from kunskapsbank.enums import Kind, PublicName, Scan
from kunskapsbank.exceptions import Incomplete, InvalidText, MessageMissing
from kunskapsbank.models import Snapshot, StoredFile, Tag, Version

FIELDS = (
    "kind",
    "title",
    "summary",
    "background",
    "implementation",
    "result",
    "lessons",
    "outcome",
    "period_start",
    "period_end",
    "place",
    "address",
    "address_language",
    "public_name",
)
TIES = ("organisations", "prioriteringar", "tags")
# Given as dicts, as `copied` makes them; acts on files are in `attachments`.
FILES = "attachments"
# What a draft keeps as it was typed, until it is made into ties: never public.
TYPED = "typed"
_TYPED_ROOM = 5000
# What must be there when a text is submitted; a draft may lack anything.
REQUIRED: dict[str, tuple[str, ...]] = {
    Kind.GOOD_EXAMPLE: ("implementation", "result"),
    Kind.EXPERIENCE: ("implementation", "outcome", "lessons"),
    Kind.RESEARCH: ("result", "address"),
    Kind.LINK: ("address",),
}
REQUIRED_OF_ALL = ("title", "summary", "public_name")
_PLEASE = {
    "title": "Skriv en rubrik",
    "summary": "Skriv en kort sammanfattning",
    "implementation": "Berätta hur det gick till",
    "result": "Berätta vad det ledde till",
    "lessons": "Berätta vad ni skulle göra annorlunda",
    "outcome": "Välj hur det gick",
    "address": "Skriv en länk",
    "public_name": "Välj vilket namn som ska visas",
}
_ALL_FIELDS = {field.name for field in Version._meta.get_fields()}
_BYLINE_ROOM = 120
# Control characters, and marks that turn the direction of what follows.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are stored: composed (NFC), and without what cannot be kept.

    Raises InvalidText for what no draft may hold (too long, no such choice, years that
    cannot be or in the wrong order), and TypeError for what is no part of a text.
    """
    if unknown := values.keys() - {*FIELDS, *TIES, FILES, TYPED}:
        raise TypeError(f"not part of a text: {', '.join(sorted(unknown))}")
    clean = {name: _clean(name, value) for name, value in values.items()}
    faults = {
        name: fault
        for name, value in clean.items()
        if name in FIELDS and (fault := _fault(name, value))
    }
    if faults:
        raise InvalidText(f"faults in {', '.join(faults)}", faults=faults)
    return clean


def check_period(version: Version) -> None:
    """Raise InvalidText if the years are in the wrong order."""
    start, end = version.period_start, version.period_end
    if start and end and end < start:
        faults = {"period_end": "Slutåret är före startåret"}
        raise InvalidText("period", faults=faults)


def check_complete(version: Version) -> None:
    """Raise Incomplete, with what to do about each field that is not ready."""
    wanted = (*REQUIRED_OF_ALL, *REQUIRED[version.kind])
    missing = [name for name in wanted if not getattr(version, name).strip()]
    faults = {name: _PLEASE[name] for name in missing}
    if version.address and _has_bad_address(version):
        faults["address"] = "Länken ska börja med https:// eller http://"
    names_organisation = version.public_name == PublicName.ORGANISATION
    if names_organisation and not version.organisations.exists():
        faults["organisations"] = "Välj organisationen som ska visas"
    if fault := _fault_of_files(version):
        faults[FILES] = fault
    names_author = version.public_name == PublicName.NAME
    if names_author and version.author and not version.author.name:
        faults["public_name"] = "Skriv ditt namn, eller välj ett annat alternativ"
    faults |= _personal_numbers(version)
    if faults:
        raise Incomplete(f"version {version.pk} is incomplete", faults=faults)


def _personal_numbers(version: Version) -> dict[str, str]:
    """A fault for each field that holds a personal number (trust A11)."""
    return {
        name: f"Ta bort personnumret {found[0]}"
        for name in checks.TEXTS
        if (found := checks.personal_numbers(getattr(version, name)))
    }


def as_data(version: Version) -> dict[str, Any]:
    """The whole text as plain values, ties as sorted lists of natural keys."""
    data = {name: getattr(version, name) for name in FIELDS}
    data["byline"] = version.byline
    for name in TIES:
        objects = getattr(version, name).all()
        data[name] = sorted(
            each.natural_key()[0]
            for each in objects
            if not getattr(each, "is_forbidden", False)
        )
    data[FILES] = [_file_as_data(each) for each in _attachments(version)]
    return data


def write(version: Version, values: dict[str, Any], *, by: User) -> None:
    """Store clean values in a version that the caller has locked; raises its lock."""
    fields = {name: value for name, value in values.items() if name in FIELDS}
    for name, value in fields.items():
        setattr(version, name, value)
    check_period(version)
    version.lock += 1
    version.saved_at = timezone.now()
    updated = {*fields, "lock", "saved_at", "tab", "sequence", "edited_by"}
    if TYPED in values:
        version.typed = values[TYPED]
        updated.add(TYPED)
    if "title" in fields:
        updated.add("sort_key")
    version.save(update_fields=updated)
    for name in values.keys() & set(TIES):
        objects = values[name]
        if name == "tags":
            objects = _kept_tags(version, objects)
        getattr(version, name).set(objects)
    if FILES in values:
        _write_files(version, values[FILES])
    version.writers.add(by)


def touch(version: Version, *, by: User) -> None:
    """Raise the lock of a version whose files have changed; its text is the same."""
    version.lock += 1
    version.saved_at = timezone.now()
    version.save(update_fields=["lock", "saved_at"])
    version.writers.add(by)


def copied(source: Version) -> dict[str, Any]:
    """The values of `source`, ready to `write` in another version."""
    values = {name: getattr(source, name) for name in FIELDS}
    values |= {name: list(getattr(source, name).all()) for name in TIES}
    files = [
        _file_as_data(each)
        | {"people": each.people, "shows_children": each.shows_children}
        for each in _attachments(source)
    ]
    return values | {FILES: files}


def keep(version: Version, moment: datetime) -> Snapshot:
    """Keep the text as it is now, since somebody else will read it."""
    snapshot, _ = Snapshot.objects.get_or_create(
        version=version,
        lock=version.lock,
        defaults={"text": as_data(version), "made_at": moment},
    )
    return snapshot


def byline_of(version: Version) -> str:
    """Who is named: by the author's choice, and after whoever wrote what is changed."""
    own = _own_byline(version)
    source = version.based_on
    if source is None or not source.byline or source.author_id == version.author_id:
        return own
    both = f"{source.byline}, ändrat av {own}"
    return both if own and len(both) <= _BYLINE_ROOM else source.byline


def _own_byline(version: Version) -> str:
    if version.public_name == PublicName.NAME and version.author:
        return version.author.name
    if version.public_name == PublicName.ORGANISATION:
        organisation = version.organisations.order_by("sort_key").first()
        return organisation.name[:_BYLINE_ROOM] if organisation else ""
    return ""


def plain(text: str) -> str:
    """The text composed (NFC), its lines ended alike, without what cannot be kept."""
    # A lone surrogate is half a character, and no database stores it.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines))


def said(message: str) -> str:
    """A message that must be there, made clean; raises MessageMissing."""
    clean = plain(message).strip()
    if not clean:
        raise MessageMissing("no message")
    return clean


def _field(name: str) -> Field:
    return cast(Field, Version._meta.get_field(name))


def _clean(name: str, value: Any) -> Any:
    if name in TIES or name == FILES:
        return list(value)
    if name == TYPED:
        return {key: plain(each)[:_TYPED_ROOM] for key, each in value.items() if each}
    field = _field(name)
    if not isinstance(field, CharField | TextField):
        return value
    text = plain(str(value or ""))
    return text if isinstance(field, TextField) else " ".join(text.split())


def _fault(name: str, value: Any) -> str:
    """What is wrong with a value even in a draft; empty when nothing is."""
    field = _field(name)
    if isinstance(field, CharField | TextField):
        if excess := max(len(value) - (field.max_length or len(value)), 0):
            return f"Korta {field.verbose_name} med {excess} tecken"
        choices = dict(field.flatchoices)
        is_choice = not choices or value in choices or (field.blank and not value)
        return "" if is_choice else "Välj ett av alternativen"
    if not isinstance(value, int | None):
        return "Skriv ett årtal med fyra siffror"
    try:
        field.run_validators(value)
    except ValidationError:
        return "Skriv ett årtal med fyra siffror"
    return ""


def _has_bad_address(version: Version) -> bool:
    try:
        version.clean_fields(exclude=_ALL_FIELDS - {"address"})
    except ValidationError:
        return True
    return not version.address.startswith(("https://", "http://"))


def _kept_tags(version: Version, tags: list[Tag]) -> list[Tag]:
    """The tags as they are now, one that was merged as what it became; and those that
    the version has and nobody sees while they are forbidden."""
    hidden = version.tags.filter(is_forbidden=True)
    there = _locked_tags([*tags, *hidden])
    found = {each.pk for each in there}
    gone = [each.key for each in tags if each.pk not in found]
    return there + _locked_tags(Tag.objects.called(gone).values())


def _locked_tags(tags: Iterable[Tag]) -> list[Tag]:
    """Those that are there still, which nobody merges until this has ended."""
    rows = Tag.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(rows.filter(pk__in=[each.pk for each in tags]))


def _attachments(version: Version):
    if FILES in getattr(version, "_prefetched_objects_cache", {}):
        return version.attachments.all()
    return version.attachments.select_related("file")


def _file_as_data(attachment) -> dict[str, Any]:
    return {
        "name": attachment.name,
        "hash": attachment.file.hash,
        "alt": attachment.alt,
        "decorative": attachment.is_decorative,
        "language": attachment.language,
    }


def _write_files(version: Version, files: list[dict[str, Any]]) -> None:
    """Make the version's files these, in this order."""
    for each in version.attachments.all():
        each.delete()
    for position, given in enumerate(files, start=1):
        rest = {**given}
        stored = StoredFile.objects.get(hash=rest.pop("hash"))
        decorative = rest.pop("decorative")
        version.attachments.create(
            file=stored, is_decorative=decorative, position=position, **rest
        )


def _fault_of_files(version: Version) -> str:
    """What is not ready about the files; empty when they are."""
    for each in _attachments(version):
        if each.file.scan == Scan.INFECTED:
            return f"Ta bort filen {each.name}, som antivirusprogrammet har stoppat"
        if each.file.is_image and not (each.alt or each.is_decorative):
            return (
                f"Beskriv bilden {each.name}, eller kryssa i att den bara är dekoration"
            )
        if not each.is_described:
            return f"Svara på om någon går att känna igen på bilden {each.name}"
    return ""
