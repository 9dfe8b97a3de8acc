"""A chosen file, checked from the cheapest to the dearest: size, name, first bytes, and
a full reading. What passes is `Prepared`; what does not is `Refused` (trust 5.2.x)."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from kunskapsbank.uploads import names, sandbox
from kunskapsbank.uploads.limits import (
    DOCUMENT_EXTENSIONS,
    IMAGE_EXTENSIONS,
    MAX_DOCUMENT,
    MAX_IMAGE,
    MEGABYTE,
)
from kunskapsbank.uploads.refusals import Refused

PDF = "application/pdf"
WEBP = "image/webp"
_OFFICE = {"doc", "docx", "odt", "rtf", "ppt", "pptx", "odp", "xls", "xlsx", "ods"}
_OFFICE |= {"pages", "key", "numbers", "txt"}
_ADVICE = {"svg": "svg", "svgz": "svg", "heic": "heic", "heif": "heic"}
_IN_WORDS = {
    "jpeg": "en JPG-bild",
    "png": "en PNG-bild",
    "webp": "en WebP-bild",
    "pdf": "en PDF",
}
_SAME = {"jpg": "jpeg"}


@dataclass(frozen=True)
class Prepared:
    """A file ready to be kept; `report` is what is known of a document, and `text`
    what it says."""

    name: str
    content: bytes
    content_type: str
    thumbnail: bytes = b""
    width: int | None = None
    height: int | None = None
    report: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    was_shortened: bool = False

    @property
    def hash(self) -> str:
        """SHA-256 of the content, as hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def prepare(name: str, content: bytes) -> Prepared:
    """The file, ready to be kept; raises Refused with the reason."""
    check_size(name, len(content))
    extension = names.extension_of(name)
    actual = actual_type(content)
    _check_agreement(extension, actual)
    if extension in DOCUMENT_EXTENSIONS:
        report, (text,) = sandbox.run("document", content)
        shown, was_shortened = names.cleaned(name, "pdf")
        return Prepared(
            shown,
            content,
            PDF,
            report=report,
            text=text.decode(),
            was_shortened=was_shortened,
        )
    size, (made, thumbnail) = sandbox.run("image", content)
    shown, was_shortened = names.cleaned(name, "webp")
    return Prepared(
        shown, made, WEBP, thumbnail=thumbnail, was_shortened=was_shortened, **size
    )


def check_size(name: str, size: int) -> None:
    """Raise Refused for a file that by its name or size alone cannot be taken."""
    extension = names.extension_of(name)
    if extension not in IMAGE_EXTENSIONS | DOCUMENT_EXTENSIONS:
        other = "office" if extension in _OFFICE else "type"
        raise Refused(_ADVICE.get(extension, other))
    if not size:
        raise Refused("empty")
    is_document = extension in DOCUMENT_EXTENSIONS
    limit = MAX_DOCUMENT if is_document else MAX_IMAGE
    if size > limit:
        code = "document_too_large" if is_document else "image_too_large"
        raise Refused(code, size=in_words(size), limit=in_words(limit))


def actual_type(content: bytes) -> str:
    """What the first bytes say: jpeg, png, webp or pdf; empty for all else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return ""


def in_words(size: int) -> str:
    """A size in bytes as people say it: "1,8 MB", "212 kB"."""
    if size < MEGABYTE:
        return f"{max(round(size / 1000), 1)} kB"
    # Rounded up, so that what is too large never seems to be just right.
    tenths = -(-size * 10 // MEGABYTE)
    whole, part = divmod(tenths, 10)
    return f"{whole},{part} MB" if part else f"{whole} MB"


def _check_agreement(extension: str, actual: str) -> None:
    if actual == _SAME.get(extension, extension):
        return
    if not actual:
        is_document = extension in DOCUMENT_EXTENSIONS
        raise Refused("not_document" if is_document else "not_image")
    raise Refused("disguised", extension=extension, actual=_IN_WORDS[actual])
