"""Dark, forced colours, still, on paper and without any style (trust D16-D20)."""

import re
from collections import Counter

import pytest

from tests.browser import pages, scripts

pytestmark = pytest.mark.pages

STYLE = """([selector, pseudo, name]) =>
    getComputedStyle(document.querySelector(selector), pseudo)[name]"""
# Links on paper that do not say where they lead.
SILENT_LINKS = """links => links
    .filter((each) => each.checkVisibility())
    .filter((each) => {
      const after = getComputedStyle(each, "::after").content;
      return !after.includes(each.getAttribute("href"));
    })
    .map((each) => each.href)"""
# As Playwright has it: it is drawn, and has a size.
SEEN = """all => all.filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    return each.checkVisibility({ visibilityProperty: true }) && width && height;
  }).map((each) => each.outerHTML.slice(0, 80))"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(e => { e.open = true })"
ORDER = [".skip-link", "header nav", "main", "main h1", "footer"]
WHITE, BLACK = "rgb(255, 255, 255)", "rgb(0, 0, 0)"
# A table of contents may stay: it belongs to the text.
# What somebody has written in a form may be printed; what chooses and sends may not.
NOT_ON_PAPER = (
    ".site-header nav, .footer-map, .breadcrumbs, .skip-link, .filter-layout__form, "
    "button"
)
DARK_PAGE, DARK_INK = "rgb(12, 30, 38)", "rgb(234, 241, 242)"


def style(page, selector, name, pseudo=None):
    return page.evaluate(STYLE, [selector, pseudo, name])


def without_style(page):
    page.route("**/*.css", lambda route: route.abort())


@pages.varied()
def test_page_is_dark_still_and_on_paper_as_asked_for(open_page, path):
    page = open_page(path, color_scheme="dark", reduced_motion="no-preference")

    assert style(page, "body", "backgroundColor") == DARK_PAGE
    assert style(page, "body", "color") == DARK_INK
    assert page.evaluate("() => document.getAnimations().length") == 0

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate(scripts.MOVING) == []

    page.emulate_media(media="print")

    expect_paper(page)


def expect_paper(page):
    """White, though the reader's screen is dark, and it says where links lead."""
    assert style(page, "body", "backgroundColor") in {WHITE, "rgba(0, 0, 0, 0)"}
    assert style(page, "body", "color") == BLACK
    on_screen = page.locator(NOT_ON_PAPER).evaluate_all(SEEN)
    assert on_screen == []
    assert page.locator("main h1").is_visible()
    times = page.locator("main time")
    assert len(times.evaluate_all(SEEN)) == times.count()
    assert page.locator("main a[href^='http']").evaluate_all(SILENT_LINKS) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_forced_colours_keep_strands_controls_and_focus(open_page, theme):
    page = open_page(pages.ENTRY_LIST, forced_colors="active", color_scheme=theme)
    ground = style(page, "body", "backgroundColor")

    strands = [
        style(page, f".mark path[data-strand='{key}']", "stroke") for key in range(1, 6)
    ]
    assert len({*strands, ground}) == 6
    label = style(page, ".strand-label", "backgroundColor", "::before")
    assert label not in {ground, "rgba(0, 0, 0, 0)"}
    assert style(page, ".choice__box", "borderTopColor") != ground
    assert style(page, ".button", "borderTopColor") != ground
    assert (
        style(page, ".nav__link[aria-current]", "backgroundColor", "::after") != ground
    )
    page.locator(".choice__box").first.focus()
    page.keyboard.press("Tab")
    focused = page.evaluate(scripts.FOCUSED)
    assert focused["ring"] >= 3


def test_forced_colours_show_what_is_chosen(open_page):
    page = open_page(f"{pages.ENTRY_LIST}?vilja=1", forced_colors="active")

    tick = style(page, ".choice__box:checked", "backgroundColor", "::before")
    assert tick != style(page, ".choice__box:checked", "backgroundColor")


@pages.some("good-example", "framework", "steering-documents")
def test_page_with_a_source_prints_its_address(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")

    links = page.locator("main a[href^='http']")

    assert links.evaluate_all("all => all.filter(e => e.checkVisibility()).length") > 0


@pages.varied()
def test_without_style_the_page_reads_in_order(open_page, path):
    page = open_page(path)
    bare = open_page(path, color_scheme="dark", before=without_style)
    for each in (page, bare):
        each.evaluate(OPEN_ALL)

    # Before the stylesheet has come: white text, so Chromium's own dark ground.
    assert style(bare, "html", "color") == WHITE
    assert style(bare, ".skip-link", "position") == "static"
    order = [bare.locator(each).first for each in ORDER if bare.locator(each).count()]
    tops = [each.bounding_box()["y"] for each in order]
    assert tops == sorted(tops)
    missing = Counter(words(page)) - Counter(words(bare))
    assert missing == {}
    # What only decorates is small; a picture that tells something may be wide.
    wide = bare.locator("svg[aria-hidden=true], img").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().width > 400).length"
    )
    assert wide == 0


def words(page):
    return re.findall(r"\w+", page.inner_text("main").casefold())
