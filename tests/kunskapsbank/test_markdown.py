from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunskapsbank import markdown

ALLOWED = {
    "a": {"href", "rel"},
    "ol": {"start"},
    **dict.fromkeys(
        [
            "blockquote",
            "br",
            "code",
            "em",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "p",
            "pre",
            "strong",
            "ul",
        ],
        set(),
    ),
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>klicka</a>",
    '<a href="https://example.se" onclick="alert(1)" style="position:fixed">a</a>',
    "<form action=https://evil.example><input name=q></form>",
    "<base href=https://evil.example><meta http-equiv=refresh content=0>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "[klicka](javascript:alert(1))",
    "[klicka](JaVaScRiPt:alert(1))",
    "[klicka](java\tscript:alert(1))",
    "[klicka](&#106;avascript:alert(1))",
    "[klicka](\x01javascript:alert(1))",
    "[klicka](data:text/html;base64,PHNjcmlwdD4=)",
    "[klicka](vbscript:msgbox)",
    "[klicka](file:///etc/passwd)",
    '[klicka](https://example.se "" onmouseover="alert(1)")',
    '[klicka](<https://example.se" onmouseover="alert(1)>)',
    "[klicka](//evil.example)",
    "[klicka](\\\\evil.example)",
    "[klicka](/\\evil.example)",
    "[klicka](konto)",
    "[klicka][x]\n\n[x]: javascript:alert(1)",
    "![bild](https://evil.example/spy.png)",
    "![bild](javascript:alert(1))",
    "<javascript:alert(1)>",
    '<https://example.se/"onmouseover=alert(1)>',
    '```html" onmouseover=alert(1)\n<script>alert(1)</script>\n```',
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# <img src=x onerror=alert(1)>",
    "a\x00b <scr\x00ipt>alert(1)</scr\x00ipt>",
    "\u202e<script>alert(1)</script>",
]


class Reader(HTMLParser):
    """Collects what is not on the list of tags, attributes and schemes."""

    def __init__(self):
        super().__init__()
        self.unwanted = []
        self.rels = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()):
                self.unwanted.append((tag, name, value))
            if name == "href" and not value.startswith(
                ("http://", "https://", "mailto:", "/")
            ):
                self.unwanted.append((tag, name, value))
            if name == "href" and value.startswith(("//", "/\\")):
                self.unwanted.append((tag, name, value))
        if tag not in ALLOWED:
            self.unwanted.append(tag)
        if tag == "a":
            self.rels.append(dict(attrs).get("rel"))

    def handle_comment(self, data):
        self.unwanted.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left(text):
    assert read(markdown.render(text)).unwanted == []


@pytest.mark.parametrize("wrap", ["> {}", "- {}", "1. {}", "# {}", "**{}**", "[{}](/)"])
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_is_left_inside_other_text(text, wrap):
    assert read(markdown.render(wrap.format(text))).unwanted == []


@given(st.text(alphabet="<>\"'`[]()!#*_&;:/=\\ \nabjs-1.&x", max_size=120))
def test_no_text_makes_anything_unwanted(text):
    assert read(markdown.render(text)).unwanted == []


def test_html_is_shown_as_it_was_written():
    assert markdown.render("<b>Nej</b>") == "<p>&lt;b&gt;Nej&lt;/b&gt;</p>\n"


def test_text_is_given_form():
    text = "Ett **stycke**.\n\n1. Först\n2. Sedan\n\n> Citat"

    assert markdown.render(text) == (
        "<p>Ett <strong>stycke</strong>.</p>\n"
        "<ol>\n<li>Först</li>\n<li>Sedan</li>\n</ol>\n"
        "<blockquote>\n<p>Citat</p>\n</blockquote>\n"
    )


@pytest.mark.parametrize(
    "text",
    ["[hit](https://example.se/å)", "https://example.se/", "<https://example.se/>"],
)
def test_links_pass_nothing_on_and_say_whose_they_are(text):
    assert read(markdown.render(text)).rels == ["nofollow ugc noopener"]


@pytest.mark.parametrize("text", ["[a](b)", "[a](//b)", "[a](tel:112)"])
def test_other_links_stay_as_they_were_written(text):
    assert markdown.render(text) == f"<p>{text}</p>\n"


def test_links_to_pages_of_the_site_are_links():
    html = markdown.render("[prioriteringen](/prioritering/2016-4-3-1-b/)")

    assert 'href="/prioritering/2016-4-3-1-b/"' in html


@pytest.mark.parametrize("text", ["t.ex. så.se", "namn@example.se", "10.0.0.1"])
def test_only_whole_addresses_become_links(text):
    assert markdown.render(text) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# Ett", [3]),
        ("### Tre", [3]),
        ("# Ett\n\n## Två\n\n# Ett", [3, 4, 3]),
        ("# Ett\n\n##### Fem", [3, 4]),
        ("## Två\n\n# Ett", [3, 3]),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5", [3, 4, 5, 6, 6]),
    ],
)
def test_headings_start_at_three_and_skip_no_level(text, levels):
    html = markdown.render(text)

    assert [int(part[0]) for part in html.split("<h")[1:]] == levels


@pytest.mark.parametrize("mark", ["> ", "- ", "* ", "[", "![", "**", "`", "<", "("])
def test_deep_nesting_is_cut_short(mark):
    html = markdown.render(mark * 2500)

    assert html.count("<blockquote>") + html.count("<ul>") <= markdown.MAX_NESTING
    assert read(html).unwanted == []
