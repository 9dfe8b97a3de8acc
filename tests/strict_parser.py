"""What a parser that follows the standard says about a page.

It is thorough and slow, and most of a page is text, which breaks nothing: so it is
given the page with each text, and each value of an attribute, as one letter. Many
pages are then the same, and are read once.
"""

import re
from functools import cache

import html5lib
from html5lib._inputstream import invalid_unicode_re
from html5lib.html5parser import ParseError

# A tag whose quotation marks agree, or what stands between two.
PARTS = re.compile(r"""(<[^\s<>"'](?:"[^"]*"|'[^']*'|[^'"<>])*>)""")
# What Django writes for a sign. Every other reference stays, since it may be wrong.
ESCAPED = re.compile("&(?:amp|lt|gt|quot|#x27);")
VALUE = re.compile('="[^"&]*"')
# What decides how the parser reads on.
TYPE = re.compile(' type="[^"&]*"')
WORDS = re.compile(r"(&[#\w]*;?)|[^<>&]*[^<>&\s][^<>&]*")
SPACE = re.compile(r"\s+")


def faults(page: str) -> list[str]:
    if invalid_unicode_re.search(page):
        return _read(page)
    return _read(page) if _read(shape(page)) else []


def shape(page: str) -> str:
    """The page with one letter for each text: wrong where the page is, and short."""
    return "".join(
        _shape_of_tag(part) if place % 2 else _shape_of_text(part)
        for place, part in enumerate(PARTS.split(ESCAPED.sub("x", page)))
    )


@cache
def _shape_of_tag(tag: str) -> str:
    kept = TYPE.search(tag)
    return VALUE.sub('="x"', tag).replace(' type="x"', kept[0] if kept else "")


def _shape_of_text(text: str) -> str:
    return SPACE.sub(" ", WORDS.sub(lambda found: found[1] or "x", text))


@cache
def _read(page: str) -> list[str]:
    try:
        html5lib.HTMLParser(strict=True).parse(page)
    except ParseError as fault:
        return [f"html5lib: {fault}"]
    return []
