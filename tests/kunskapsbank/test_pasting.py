"""What people paste keeps its headings, lists and links, whatever wrote it."""

import pytest

from kunskapsbank import markdown
from kunskapsbank.pasting import ROOM, as_markdown

WORD_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
    "<![if !supportLists]><span style='mso-list:Ignore'>{mark}<span>&nbsp; </span>"
    "</span><![endif]>{text}<o:p></o:p></p>"
)
CASES = {
    "headings": ("<h1>Ett</h1><h3>Tre</h3><p>text</p>", "## Ett\n\n### Tre\n\ntext"),
    "bold and italic": ("<p><b>a</b> och <em>b</em></p>", "**a** och *b*"),
    "bold in two pieces": ("<p><b>fe</b><b>t</b></p>", "**fet**"),
    "bold as a style": ('<span style="font-weight: 700">a</span>', "**a**"),
    "google wraps all in b": ('<b style="font-weight:normal"><p>a</p></b>', "a"),
    "list": ("<ul><li>a</li><li><p>b</p></li></ul><p>c</p>", "- a\n- b\n\nc"),
    "list within": ("<ol><li>a<ul><li>b</li></ul></li></ol>", "1. a\n   - b"),
    "list from three": ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
    "quotation": (
        "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>",
        "> a\n>\n> b\n\nc",
    ),
    "link": ('<a href="https://a.se/?b=1&amp;c">d</a>', "[d](https://a.se/?b=1&c)"),
    "link with parentheses": (
        '<a href="https://a.se/b_(c)">d</a>',
        "[d](https://a.se/b_%28c%29)",
    ),
    "link that is none": ('<a href="javascript:x()">a</a> <a href="/b">b</a>', "a b"),
    "table": ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    "word's bullet": (WORD_ITEM.format(level=1, mark="·", text="a"), "- a"),
    "word's number": (WORD_ITEM.format(level=1, mark="2.", text="a"), "2. a"),
    "style and script": ("<style>p{}</style><script>x()</script><p>a</p>", "a"),
    "line break": ("<p>a<br>b</p>", "a\nb"),
}
LITERAL = ["1. inte lista", "# inte rubrik", "- inte punkt", "* stjärna *", "[hake](x)"]


@pytest.mark.parametrize(("html", "expected"), CASES.values(), ids=CASES)
def test_the_form_of_a_text_is_kept(html, expected):
    assert as_markdown(html) == expected


@pytest.mark.parametrize("text", LITERAL)
def test_what_was_only_text_is_shown_as_text(text):
    shown = markdown.render(as_markdown(f"<p>{text}</p>"))

    assert shown == f"<p>{text}</p>\n"


@pytest.mark.parametrize("html", ["<", "<p", "</p></ul></b>", "<ol><li><b>", "a" * 9])
def test_broken_html_is_read_as_far_as_it_goes(html):
    assert "<ol" not in as_markdown(html)


def test_no_more_is_read_than_there_is_room_for():
    assert len(as_markdown("a" * (ROOM + 1))) == ROOM
