"""HTML from somebody's clipboard as Markdown: headings, lists and links are kept.

Word processors write lists as paragraphs, and bold as a style; both are understood.
What is made is text like any other: `kunskapsbank.markdown` decides what is shown.
"""

import re
from html.parser import HTMLParser

ROOM = 400_000  # characters of HTML that are read
_SKIPPED = {"head", "style", "script", "title", "xml", "template", "svg", "math"}
_HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####"} | {
    "h5": "####",
    "h6": "####",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "tr",
    "table",
    "header",
    "footer",
    "dd",
} | {
    "dt",
    "figure",
    "main",
    "aside",
    "pre",
}
_BOLD = {"b", "strong"}
_ITALIC = {"i", "em"}
_INLINE = {"a", "span", "font"} | _BOLD | _ITALIC
_STRUCTURE = {"ul", "ol", "li", "blockquote", "br", "td", "th"}
_EMPTY = {"br", "img", "meta", "link", "hr", "input", "col"}
_LINK = re.compile(r"(https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_PARENTHESES = str.maketrans({"(": "%28", ")": "%29"})
_NUMBERED = re.compile(r"^\s*(\d+|[a-zA-Z])[.)]")
# What would be read as Markdown although it was only text.
_SPECIAL = re.compile(r"([\\`*\[\]])")
_LEADING = re.compile(r"^(\d*)(#{1,6}\s|>|[-+]\s|(?<=\d)[.)]\s)")
# What stands between two blocks of the same kind.
_BETWEEN = {"item": "\n", "quote": "\n>\n", "text": "\n\n"}
_INDENT = re.compile(r"level(\d+)")


def as_markdown(html: str) -> str:
    """The text of an HTML fragment as Markdown, with its headings, lists and links."""
    reader = _Reader()
    reader.feed(html[:ROOM])
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks = []  # pairs of kind ("text", "quote", "item") and Markdown
        self.line = ""
        self.prefix = ""
        self.lists = []  # of open lists: the next number, or None for bullets
        self.quotes = 0
        self.skipping = []
        self.open = []  # what each open inline element ends with
        # What a word processor put before a list paragraph, and how deep it is in it
        self.marker, self.depth = None, 0

    def text(self):
        self._end_block()
        text, before = "", "text"
        for kind, block in self.blocks:
            text += (_BETWEEN[kind] if kind == before else "\n\n") + block
            before = kind
        return text.strip()

    # -- What the parser meets

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        style = values.get("style", "").replace(" ", "").lower()
        if self.skipping or tag in _SKIPPED:
            self.skipping += [tag] if tag not in _EMPTY else []
        elif "mso-list:ignore" in style:
            self.marker, self.depth = "", 1
        elif self.marker is not None:
            self.depth += tag not in _EMPTY
        elif tag in _STRUCTURE or tag in _HEADINGS:
            self._begin_structure(tag, values)
        elif tag in _BLOCKS:
            self._begin_paragraph(values.get("class", ""), style)
        elif tag in _INLINE:
            self._begin_inline(tag, values, style)

    def handle_endtag(self, tag):
        if self.skipping:
            self._end_skipped(tag)
        elif self.marker is not None:
            self._end_in_marker()
        elif tag in _INLINE:
            self._end_inline(tag)
        elif tag in _STRUCTURE or tag in _HEADINGS:
            self._end_structure(tag)
        elif tag in _BLOCKS and not self.lists:
            self._end_block()

    def _end_skipped(self, tag):
        if tag in self.skipping:
            while self.skipping.pop() != tag:
                pass

    def _end_in_marker(self):
        self.depth -= 1
        if self.depth == 0:
            self._end_marker()

    def _begin_structure(self, tag, values):
        if tag == "br":
            self.line += "\n"
            return
        if tag in {"td", "th"}:
            self.line += " "
            return
        self._end_block()
        if tag in _HEADINGS:
            self.prefix = f"{_HEADINGS[tag]} "
        elif tag == "li":
            self._begin_item()
        elif tag == "blockquote":
            self.quotes += 1
        else:
            self.lists.append(_first_number(values) if tag == "ol" else None)

    def _end_structure(self, tag):
        if tag in {"td", "th", "br"}:
            return
        self._end_block()
        if tag in {"ul", "ol"}:
            self.lists[-1:] = []
        elif tag == "blockquote":
            self.quotes = max(self.quotes - 1, 0)

    def handle_data(self, data):
        if self.skipping:
            return
        if self.marker is not None:
            self.marker += data
            return
        words = _SPECIAL.sub(r"\\\1", re.sub(r"[\s\xa0]+", " ", data))
        if not self.line or self.line.endswith(("\n", " ")):
            words = words.lstrip(" ")
        self.line += words

    def unknown_decl(self, data):
        """Word's own conditions say nothing that is needed."""

    # -- Blocks

    def _begin_paragraph(self, names, style):
        if self.lists:  # a paragraph in a list item is the item's own text
            self.line += " " if self.line.strip() else ""
            return
        self._end_block()
        if "msolistparagraph" in names.lower() or "mso-list:" in style:
            level = _INDENT.search(style)
            self.prefix = "  " * (int(level[1]) - 1 if level else 0) + "- "

    def _begin_item(self):
        depth = "   " * max(len(self.lists) - 1, 0)
        number = self.lists[-1] if self.lists else None
        if number is None:
            self.prefix = f"{depth}- "
            return
        self.prefix = f"{depth}{number}. "
        self.lists[-1] += 1

    def _end_block(self):
        while self.open:
            self._close(self.open.pop())
        lines = [line.strip() for line in self.line.strip().split("\n")]
        block, prefix = "\n".join(lines), self.prefix
        self.line, self.prefix = "", ""
        if not block:
            return
        is_item = prefix.lstrip()[:1] == "-" or prefix.lstrip()[:1].isdigit()
        if not prefix:
            block = _LEADING.sub(r"\1\\\2", block)
        else:
            block = prefix + block.replace("\n", " ")
        if self.quotes:
            block = "\n".join("> " + line for line in block.split("\n"))
        kind = "item" if is_item else "quote" if self.quotes else "text"
        self.blocks.append((kind, block))

    def _end_marker(self):
        marker, self.marker = self.marker, None
        if numbered := _NUMBERED.match(marker):
            digits = numbered[1] if numbered[1].isdigit() else "1"
            self.prefix = self.prefix.replace("- ", f"{digits}. ")

    # -- Within a line

    def _begin_inline(self, tag, values, style):
        mark = ""
        weight = re.search(r"font-weight:(\w+)", style)
        is_bold = weight and weight[1] in {"bold", "600", "700", "800", "900"}
        if tag == "a" and _LINK.fullmatch(values.get("href", "").strip()):
            mark = f"]({values['href'].strip().translate(_PARENTHESES)})"
        elif is_bold or (tag in _BOLD and not weight):
            mark = "**"
        elif "font-style:italic" in style or tag in _ITALIC:
            mark = "*"
        if self.prefix.startswith("#"):
            mark = mark if mark.startswith("]") else ""  # a heading is bold already
        self.open.append((tag, mark, len(self.line)))

    def _end_inline(self, tag):
        if any(each[0] == tag for each in self.open):
            while self.open:
                last = self.open.pop()
                self._close(last)
                if last[0] == tag:
                    return

    def _close(self, inline):
        """Put the marks tight round the words, as Markdown wants them."""
        _, mark, start = inline
        words = self.line[start:]
        inner = words.strip()
        if not mark or not inner:
            return
        before = words[: len(words) - len(words.lstrip())]
        after = words[len(words.rstrip()) :]
        first = "[" if mark.startswith("]") else mark
        above = self.line[:start]
        if not before and mark == "**" and above.endswith(mark):
            above, first = above[: -len(mark)], ""  # one bold word in two pieces
        self.line = f"{above}{before}{first}{inner}{mark}{after}"


def _first_number(values):
    start = values.get("start", "")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
