"""A PDF read in full: nothing in it may run, and how well everybody can read it.
Runs in `sandbox` only.
"""

import io
import re
import time
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from kunskapsbank.uploads.limits import MAX_OBJECTS, MAX_PAGES
from kunskapsbank.uploads.refusals import Refused

_RUNS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition"}
# The last two may name a file on another machine, which a reader's computer then signs
# in to.
_RUNS |= {"/RichMediaExecute", "/GoToE", "/GoToR", "/Thread"}
_SAFE_LINKS = ("http:", "https:", "mailto:", "tel:")
_SCRIPTED = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
_CARRIES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF"}
# Enough to know that there is text, and not pictures of text.
_ENOUGH_TEXT = 2000
# More is not searched for, and takes longer than anybody waits.
_MOST_TEXT = 200_000
_TEXT_SECONDS = 5
_DIVIDED = re.compile(r"(?<=\w)[-\u00ad]\n(?=[a-zåäö])")


def examine(content: bytes) -> tuple[dict[str, Any], str]:
    """What is known of the document (pages, title, author, language, tagged and
    text_length in characters), and its text, of a long one the beginning. Raises
    Refused with why it cannot be used."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refused("encrypted")
        pages = len(reader.pages)
        if not pages:
            raise Refused("not_document")
        if pages > MAX_PAGES:
            raise Refused("too_many_pages", pages=pages, limit=MAX_PAGES)
        _check_nothing_runs(reader)
        text = _text(reader)
        length = len("".join(text.split()))
        return {"pages": pages, **_about(reader), "text_length": length}, text
    except LimitReachedError as fault:
        raise Refused("too_heavy") from fault
    except Refused:
        raise
    # pypdf lets nearly any exception through when a file is broken enough.
    except (PyPdfError, Exception) as fault:
        if isinstance(fault, MemoryError | RecursionError):
            raise Refused("too_heavy") from fault
        raise Refused("not_document") from fault


def _check_nothing_runs(reader: PdfReader) -> None:
    for count, each in enumerate(_dictionaries(reader)):
        if count > MAX_OBJECTS:
            raise Refused("too_heavy")
        keys = each.keys()
        if keys & _SCRIPTED or _name(each, "/S") in _RUNS or _leads_astray(each):
            raise Refused("script")
        if keys & _CARRIES or _name(each, "/Type") in _CARRIES:
            raise Refused("embedded")


def _leads_astray(each: DictionaryObject) -> bool:
    """Whether it is a link to javascript:, file:, another machine or the like, or what
    links of the document begin with."""
    key = "/URI" if _name(each, "/S") == "/URI" else "/Base"
    address = _resolved(each.get(key))
    if isinstance(address, bytes):
        address = address.decode("latin-1")
    text = re.sub(r"[\s\x00-\x1f]", "", str(address or ""))
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
    is_elsewhere = text[:2].replace("\\", "/") == "//"
    is_odd = scheme is not None and scheme[0].lower() not in _SAFE_LINKS
    return is_elsewhere or is_odd


def _name(each: DictionaryObject, key: str) -> str:
    """What is named, also by a reference to where it stands; a dictionary of pypdf's
    does not follow those."""
    value = _resolved(each.get(key))
    return value if isinstance(value, str) else ""


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary in the file, those inside others and in no page included."""
    numbers = {
        (number, generation)
        for generation, found in reader.xref.items()
        for number in found
    } | {(number, 0) for number in reader.xref_objStm}
    for number, generation in numbers:
        if number:
            yield from _within(IndirectObject(number, generation, reader).get_object())
    yield from _within(reader.trailer)


def _within(top: Any) -> Iterator[DictionaryObject]:
    waiting = [top]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            yield each
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += list(each)


def _about(reader: PdfReader) -> dict[str, Any]:
    root: Any = reader.trailer["/Root"].get_object()
    marks = _resolved(root.get("/MarkInfo"))
    marked = isinstance(marks, DictionaryObject) and bool(marks.get("/Marked"))
    tree = _resolved(root.get("/StructTreeRoot"))
    metadata = reader.metadata
    return {
        "title": _one_line(metadata.title if metadata else ""),
        "author": _one_line(metadata.author if metadata else ""),
        "language": str(_resolved(root.get("/Lang")) or "")[:20],
        "tagged": marked and isinstance(tree, DictionaryObject),
    }


def _one_line(text: Any) -> str:
    return " ".join(str(text or "").split())[:200]


def _resolved(value: Any) -> Any:
    found = value.get_object() if hasattr(value, "get_object") else value
    return None if isinstance(found, NullObject) else found


def _text(reader: PdfReader) -> str:
    texts: list[str] = []
    length, began = 0, time.process_time()
    for page in reader.pages:
        is_enough = length > _ENOUGH_TEXT
        is_late = time.process_time() > began + _TEXT_SECONDS
        if length > _MOST_TEXT or (is_enough and is_late):
            break
        try:
            texts.append(page.extract_text())
        except Exception:
            if not is_enough:
                raise
            break
        length += len(texts[-1])
    return _DIVIDED.sub("", "\n".join(texts))[:_MOST_TEXT]
