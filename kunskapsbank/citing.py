"""How a published text is referred to: in words, and for reference managers."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

SITE = "Livskvalitet Helsingborg"
BANK = "kunskapsbanken"
LICENCE = "CC BY 4.0"
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{each: f"\\{each}" for each in "&%$#_"},
}


@dataclass(frozen=True)
class Reference:
    """One published text. `address` is where that very text stays for good, `version`
    is such as "första versionen"; `is_person` says whether the author has a name that
    may be turned round."""

    author: str
    is_person: bool
    title: str
    number: str
    ordinal: int
    version: str
    published: date
    read: date
    address: str

    def in_words(self) -> str:
        """Author, year, title, where, which version, address and when it was read."""
        published = date_format(self.published, "j F Y")
        read = date_format(self.read, "j F Y")
        return (
            f"{self.author or SITE} ({self.published.year}). ”{self.title}”. {SITE}, "
            f"{BANK}, {self.number}, {self.version}, publicerad {published}. "
            f"{self.address} (hämtad {read})."
        )

    @property
    def key(self) -> str:
        return f"{self.number}-v{self.ordinal}"

    def as_bibtex(self) -> str:
        """An @misc entry in UTF-8, as biblatex and BibTeX read it."""
        fields = {
            "author": self._author_in_bibtex(),
            "title": f"{{{_escaped(self.title)}}}",
            "year": str(self.published.year),
            "month": str(self.published.month),
            "howpublished": _escaped(f"{SITE}, {BANK}"),
            "note": _escaped(f"{self.number}, {self.version}, {LICENCE}"),
            "url": self.address,
            "urldate": self.read.isoformat(),
            "language": "swedish",
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"]) + "\n"

    def _author_in_bibtex(self) -> str:
        """In braces of its own unless it is one person's name: BibTeX would take
        "Natur och kultur" or a comma for parts of names."""
        author = _escaped(self.author or SITE)
        is_plain = self.is_person and not re.search(r",|\band\b", author)
        return author if is_plain else f"{{{author}}}"

    def as_ris(self) -> str:
        """RIS in UTF-8, one tag a line, lines ended as the format wants."""
        tags = [
            ("TY", "ELEC"),
            ("ID", self.key),
            ("AU", self.author or SITE),
            ("TI", self.title),
            ("PY", str(self.published.year)),
            ("DA", f"{self.published:%Y/%m/%d}"),
            ("T2", f"{SITE}, {BANK}"),
            ("PB", "Helsingborgs stad"),
            ("ET", self.version),
            ("M1", self.number),
            ("LA", "sv"),
            ("UR", self.address),
            ("Y2", f"{self.read:%Y/%m/%d}"),
            ("N1", LICENCE),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in tags)


def _line(text: str) -> str:
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(each, each) for each in _line(text))
