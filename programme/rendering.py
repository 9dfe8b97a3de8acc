"""Decided text as HTML, without a character that is not in the text.

A stored body marks its blocks with a prefix (see `programme.models.text`); the prefix
becomes an element, and the rest is shown as it stands.
"""

import re
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from programme import taxonomy
from programme.models import Term

# Lines without a blank one between; a form sends \r\n where a fixture has \n
_PARAGRAPH = re.compile(r"[^\r\n]+(?:\r?\n[^\r\n]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"”]*[\w/]")


class BlockKind(Enum):
    """What a block is; the value is the prefix that marks it."""

    QUOTATION = "> "
    LIST = "• "
    FIGURE_CAPTION = "Figur: "
    NOTE = "*"
    PARAGRAPH = ""


@dataclass(frozen=True)
class Line:
    """Text without its prefix, and where in the body it starts."""

    text: str
    offset: int


@dataclass(frozen=True)
class Block:
    """A part of a body: one line, or one per item of a list."""

    kind: BlockKind
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class _Mark:
    """Something to put into a line: between two characters, or round some of them."""

    start: int
    end: int
    html: SafeString


class GlossaryLinker:
    """Links the first occurrence of each term; one linker serves one page.

    Only a term's `forms` are looked for, since a term may also be an everyday word.
    """

    def __init__(self, terms: Iterable):
        self._term_of = {form.casefold(): term for term in terms for form in term.forms}
        longest_first = sorted(self._term_of, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?<![\w/-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])",
            re.IGNORECASE,
        )
        self._linked: set[str] = set()

    @classmethod
    def from_glossary(cls, content_generation: int | None = None):
        """A linker for one page; the words and their pattern are kept in process."""
        kept = taxonomy.keep(cls, _from_terms, content_generation)
        linker = copy(kept)
        linker._linked = set()
        return linker

    def marks(self, text: str, *, taken: Iterable[tuple[int, int]] = ()) -> list[_Mark]:
        """A link for each term met for the first time, outside the `taken` spans."""
        if not self._term_of:
            return []
        return [
            self._mark(match)
            for match in self._pattern.finditer(text)
            if not any(a < match.end() and match.start() < b for a, b in taken)
            and self._is_first(match)
        ]

    def terms_in(self, text: str) -> set[str]:
        """The slugs of all terms that `text` uses."""
        if not self._term_of:
            return set()
        return {
            self._term_of[m[0].casefold()].slug for m in self._pattern.finditer(text)
        }

    def _is_first(self, match) -> bool:
        slug = self._term_of[match[0].casefold()].slug
        if slug in self._linked:
            return False
        self._linked.add(slug)
        return True

    def _mark(self, match) -> _Mark:
        term = self._term_of[match[0].casefold()]
        link = format_html(
            '<a class="term" href="{}">{}</a>', term.get_absolute_url(), match[0]
        )
        return _Mark(match.start(), match.end(), link)


def _from_terms() -> GlossaryLinker:
    return GlossaryLinker(Term.objects.all())


def blocks(body: str) -> list[Block]:
    """The blocks of `body` in order; list items next to each other are one list."""
    parsed: list[Block] = []
    for paragraph in _PARAGRAPH.finditer(body):
        pieces = _pieces(paragraph[0], paragraph.start())
        for kind, group in groupby(pieces, key=lambda piece: piece[0]):
            lines = tuple(line for _, line in group)
            if kind is BlockKind.LIST:
                parsed.append(Block(kind, lines))
            else:
                parsed += [Block(kind, (line,)) for line in lines]
    return parsed


def body_html(body: str, *, footnotes=(), linker=None, picture="") -> SafeString:
    """`body` block by block; `picture` stands before the figure caption, if any."""
    parsed = blocks(body)
    places = _places([line for block in parsed for line in block.lines], footnotes)
    return format_html_join(
        "\n\n", "{}", ((_block(block, places, linker, picture),) for block in parsed)
    )


def line_html(text: str, *, footnotes=(), linker=None) -> SafeString:
    """One sentence, without an element round it."""
    line = Line(text, 0)
    return _line(line, _places([line], footnotes), linker)


def address_links(text: str) -> SafeString:
    """`text` with the web addresses in it as links."""
    return _with_marks(text, _addresses(text))


def _pieces(paragraph: str, offset: int) -> Iterable[tuple[BlockKind, Line]]:
    """The paragraph as one piece, or as one for each of its list items."""
    lines = paragraph.splitlines(keepends=True)
    if not any(line.startswith(BlockKind.LIST.value) for line in lines):
        yield _piece(paragraph, offset)
        return
    for line in lines:
        yield _piece(line.rstrip("\r\n"), offset)
        offset += len(line)


def _piece(text: str, offset: int) -> tuple[BlockKind, Line]:
    kind = next(kind for kind in BlockKind if text.startswith(kind.value))
    # the asterisk is the document's own: the note is read with it
    prefix = "" if kind is BlockKind.NOTE else kind.value
    return kind, Line(text.removeprefix(prefix), offset + len(prefix))


def _places(lines: list[Line], footnotes) -> dict[int, list[_Mark]]:
    """Footnote references by the offset of the line that each belongs to."""
    places: dict[int, list[_Mark]] = {line.offset: [] for line in lines}
    for footnote in footnotes if lines else ():
        before = [line for line in lines if line.offset <= footnote.offset]
        line = before[-1] if before else lines[0]
        at = max(0, min(footnote.offset - line.offset, len(line.text)))
        places[line.offset].append(_Mark(at, at, _reference(footnote.number)))
    return places


def _reference(number: int) -> SafeString:
    return format_html(
        '<sup class="footnote-ref"><a id="fotnotsref-{0}" href="#fotnot-{0}"'
        ' role="doc-noteref" aria-label="Fotnot {0}">{0}</a></sup>',
        number,
    )


def _block(block: Block, places, linker, picture) -> SafeString:
    lines = [_line(line, places, linker) for line in block.lines]
    match block.kind:
        case BlockKind.LIST:
            items = format_html_join("\n", "<li>{}</li>", ((line,) for line in lines))
            return format_html("<ul>{}</ul>", items)
        case BlockKind.QUOTATION:
            return format_html(
                '<blockquote class="quotation"><p>{}</p></blockquote>', lines[0]
            )
        case BlockKind.FIGURE_CAPTION:
            return format_html(
                '{}<p class="figure-caption">{}</p>',
                conditional_escape(picture),
                *lines,
            )
    return format_html("<p>{}</p>", lines[0])


def _line(line: Line, places, linker) -> SafeString:
    references = places[line.offset]
    addresses = _addresses(line.text)
    taken = [(mark.start, mark.end) for mark in (*references, *addresses)]
    terms = linker.marks(line.text, taken=taken) if linker else []
    return _with_marks(line.text, [*references, *addresses, *terms])


def _addresses(text: str) -> list[_Mark]:
    return [
        _Mark(
            match.start(), match.end(), format_html('<a href="{0}">{0}</a>', match[0])
        )
        for match in _ADDRESS.finditer(text)
    ]


def _with_marks(text: str, marks: Iterable[_Mark]) -> SafeString:
    parts = []
    position = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        parts += [text[position : mark.start], mark.html]
        position = mark.end
    parts.append(text[position:])
    return format_html_join("", "{}", ((part,) for part in parts))
