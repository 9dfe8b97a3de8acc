"""Each check of HTML finds what it is there to find."""

import pytest

from tests import html_checks, html_tree, strict_parser

PAGE = """<!doctype html>
<html lang="sv">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Prov – Livskvalitet Helsingborg</title>
  </head>
  <body>
    <a class="skip-link" href="#innehall">Hoppa till innehållet</a>
    <header></header>
    <main id="innehall" tabindex="-1"><h1>Prov</h1>{}</main>
    <footer></footer>
  </body>
</html>
"""
# What each check must find in the main part of a page; several kinds of fault each.
IN_MAIN = {
    "ids_are_unique": [
        '<p id="a"></p><p id="a"></p>',
        '<p id="a b"></p>',
    ],
    "references_have_a_target": [
        '<section aria-labelledby="borta"></section>',
        '<p aria-describedby="innehall borta"></p>',
        '<label for="innehall">Namn</label>',
    ],
    "fields_have_a_visible_label": [
        '<input name="a" id="a" aria-label="Namn">',
        '<label for="a"></label><input name="a" id="a">',
        '<label>A <input name="a" placeholder="Namn"></label>',
        "<label>A <select></select></label>",
    ],
    "fields_say_what_a_browser_may_fill_in": ['<input name="a" type="email">'],
    "groups_have_a_legend": [
        "<fieldset><p>Välj</p></fieldset>",
        '<input type="radio" name="a">',
        '<input type="checkbox" name="a"><input type="checkbox" name="a">',
    ],
    "forms_can_be_sent": [
        '<form method="get" action="/"><input name="q"></form>',
        '<form method="post" action="/"><button>Skicka</button></form>',
        '<form method="get" action="https://annan.se/"><button>Sök</button></form>',
        "<button>Sök</button>",
    ],
    "nothing_to_press_inside_something_to_press": [
        '<a href="/"><button type="button">Ett</button></a>',
        '<details><summary><a href="/">Ett</a></summary></details>',
        "<label><input><input></label>",
    ],
    "what_is_hidden_takes_no_focus": [
        '<div aria-hidden="true"><a href="/">Ett</a></div>',
        '<p tabindex="3"></p>',
    ],
    "what_is_pressed_has_a_name": [
        '<a href="/"></a>',
        '<a href="/"><svg aria-hidden="true"><title>Ett</title></svg></a>',
        '<button type="button"><span aria-hidden="true">x</span></button>',
    ],
    "lists_hold_items_only": [
        "<ul><p>Ett</p></ul>",
        "<ul></ul>",
        "<ol>Ett</ol>",
        "<li>Ett</li>",
        "<dl><dd>Ett</dd><dt>Två</dt></dl>",
        "<dl><div><dt>Ett</dt></div></dl>",
        "<div><div><dt>Ett</dt></div></div>",
    ],
    "headings_skip_no_level": [
        "<h3>Ett</h3>",
        "<h1>Ett</h1>",
        "<h2></h2>",
    ],
    "blocks_stand_in_blocks": [
        "<p><div></div></p>",
        "<span><ul><li>Ett</li></ul></span>",
        "<h2>Ett<p>Två</p></h2>",
        "<p><a href='/'><div>Ett</div></a></p>",
    ],
    "landmarks_are_few_and_named": [
        "<main></main>",
        "<nav>Ett</nav><nav>Ett</nav>",
        '<aside aria-label="A"></aside><aside aria-label="A"></aside>',
        '<section aria-label="A"></section><section aria-label="A"></section>',
    ],
    "language_is_told": [
        '<p lang="engelska">English</p>',
        '<a href="/" hreflang="">Ett</a>',
    ],
    "pictures_have_words": ['<img src="/a.png">', "<svg></svg>"],
    "tables_are_told": [
        "<table><tr><th scope='col'>År</th></tr></table>",
        "<table><caption>År</caption><tr><th>År</th></tr></table>",
        "<table><caption>År</caption><tr><td>2016</td></tr></table>",
    ],
    "what_scrolls_can_be_reached": ['<div class="table-scroll"></div>'],
    "elements_and_attributes_are_known": [
        "<marquee>Ett</marquee>",
        '<p onclick="x()"></p>',
        '<p align="left"></p>',
        "<p title='Ett'></p>",
    ],
    "roles_and_states_are_known": [
        '<p role="knapp"></p>',
        '<a href="/" aria-current="ja">Ett</a>',
        '<div aria-label="Ett"></div>',
    ],
    "nothing_runs_inline": [
        '<p style="color: red"></p>',
        "<script>x()</script>",
        "<style></style>",
        '<a href=" JavaScript:x()">Ett</a>',
    ],
    "moments_can_be_read_by_machines": [
        "<time>i går</time>",
        '<time datetime="2026-13-01">januari</time>',
    ],
    "details_start_with_their_summary": [
        "<details><p>Ett</p><summary>Två</summary></details>"
    ],
    "nothing_of_the_template_is_left": ["<p>{{ namn }}</p>", "<p>None</p>"],
}
# What each check must find when the frame of the page differs.
IN_FRAME = {
    "language_is_told": ('lang="sv"', 'lang="en"'),
    "landmarks_are_few_and_named": ("<footer></footer>", ""),
    "skip_link_comes_first": ('href="#innehall"', 'href="#main"'),
    "head_tells_what_the_page_is": ("Prov – ", ""),
    "headings_skip_no_level": ("<h1>Prov</h1>", "<h2>Prov</h2><h1>Prov</h1>"),
}


def found_by(check, page):
    tree, _ = html_tree.read(page)
    return [*{each.__name__: each for each in html_checks.CHECKS}[check](tree)]


def test_a_good_page_has_no_faults():
    tree, faults = html_tree.read(PAGE.format("<p>Gott <b>så</b>.</p>"))

    assert faults + html_checks.faults(tree) == []


def test_every_check_is_tried_here():
    names = {check.__name__ for check in html_checks.CHECKS}

    assert names == IN_MAIN.keys() | IN_FRAME.keys()


@pytest.mark.parametrize(
    ("check", "html"),
    [(check, html) for check, cases in IN_MAIN.items() for html in cases],
)
def test_check_finds_fault_in_main(check, html):
    assert found_by(check, PAGE.format(html)) != []


@pytest.mark.parametrize("check", IN_FRAME)
def test_check_finds_fault_in_frame(check):
    assert found_by(check, PAGE.replace(*IN_FRAME[check])) != []


@pytest.mark.parametrize(
    "html",
    [
        "<p>",
        "<p></div>",
        "<b><i></b></i>",
        '<p id="a" id="b"></p>',
        "<div/>",
        "<p>a</br>",
    ],
)
def test_tree_tells_of_tags_that_do_not_match(html):
    _, faults = html_tree.read(html)

    assert faults != []


# As a part of a page, each is what the standard's parser refuses.
REFUSED = [
    "<p>Ett</p></p>",
    "<p>Ett <div>två</div></p>",
    "<b><p>Ett</b></p>",
    '<p class="a" class="b">Ett</p>',
    '<p class="a"id="b">Ett</p>',
    '<p class="a>Ett</p>',
    "<p>Ett &nada; två</p>",
    '<a href="/?a=1&nada;">Ett</a>',
    "<p>Ett\x01</p>",
    "<p>1 < 2</p>",
    "<table><p>Ett</p></table>",
    '<table><input type="text"></table>',
    "<select><p>Ett</p></select>",
    "<!-- -- >",
    "<p/>",
]


@pytest.mark.parametrize("html", REFUSED)
def test_strict_parser_refuses(html):
    assert strict_parser.faults(PAGE.format(html)) != []


def test_strict_parser_reads_pages_that_differ_in_their_words_once():
    first, second = (
        PAGE.format(f'<p class="{word}">{word} &amp; <a href="/{word}/">{word}</a></p>')
        for word in ("ett", "två &lt; tre")
    )

    assert strict_parser.faults(first) == strict_parser.faults(second) == []
    assert strict_parser.shape(first) == strict_parser.shape(second)
    assert strict_parser.shape(first) != strict_parser.shape(PAGE.format("<p>Ett</p>"))


def test_tree_tells_what_a_screen_reader_reads():
    tree, _ = html_tree.read(
        '<p>Ett <span aria-hidden="true">x</span><img alt="två"><b> tre</b></p>'
    )

    assert tree.spoken == "Ett två tre"
