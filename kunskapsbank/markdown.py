"""Text that people have written, as HTML that is safe to show.

Two walls: the parser knows no HTML, and what it makes is cleaned against a short list.
"""

import re

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TOP_HEADING = 3
MAX_NESTING = 12
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "strong", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_REL = "nofollow ugc noopener"
# A whole address, or a page of this site
_LINK = re.compile(r"(https?://|mailto:|/(?!/))[^\\]*", re.IGNORECASE)
_BARE = re.compile(r'(<a href="([^"]*)")([^>]*>\2</a>)')


def render(text):
    """`text`, CommonMark without HTML and images, as safe HTML.

    Its headings start at h3 and skip no level, whatever levels the writer chose.
    """
    tokens = _parser.parse(text)
    _settle_headings(tokens)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )
    return mark_safe(clean)  # noqa: S308 - cleaned by nh3 on the line above


def render_for_paper(text, site):
    """As `render`, with this site's own addresses beginning with `site`; a link whose
    words are its address is marked, since it need not be written out again."""
    html = render(text).replace('<a href="/', f'<a href="{site}/')
    return mark_safe(_BARE.sub(r'\1 class="bare"\3', html))  # noqa: S308 - as above


def links(text):
    """Pairs of address and words for every link in `text`, in order."""
    for block in _parser.parse(text):
        url, words = None, []
        for token in block.children or []:
            if token.type == "link_open":
                url, words = token.attrs["href"], []
            elif token.type == "link_close":
                yield url, "".join(words)
                url = None
            elif url is not None:
                words.append(token.content)


def plain(text):
    """The words of `text` without the marks, a paragraph or heading on each line."""
    lines = []
    for block in _parser.parse(text):
        if block.type in {"fence", "code_block"}:
            lines.append(block.content)
        lines.append("".join(map(_said, block.children or [])))
    return "\n".join(line.strip() for line in lines if line.strip())


def _said(token):
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _make_parser():
    options = {"html": False, "linkify": True, "maxNesting": MAX_NESTING}
    parser = MarkdownIt("commonmark", options)
    parser.enable("linkify").disable("image")
    parser.validateLink = _LINK.fullmatch
    # Only whole addresses: "t.ex" and "info@example.se" stay as they were written.
    parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return parser


def _settle_headings(tokens):
    levels = []
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while levels and levels[-1] >= written:
                levels.pop()
            levels.append(written)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(TOP_HEADING + len(levels) - 1, 6)}"


_parser = _make_parser()
