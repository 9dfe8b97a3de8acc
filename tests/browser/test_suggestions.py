"""Suggestions while somebody types: by keyboard, by mouse, failing, and not at all."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.checking import check

pytestmark = pytest.mark.pages

ANSWER = {
    "queries": ["cykel", "cykelbanor", "cykling"],
    "pages": [
        {"title": "Ordlista", "address": "/ordlista/", "kind": "Ord i ordlistan"},
        {"title": "Hit går ingen", "address": "https://example.se/", "kind": ""},
    ],
}
FIELDS = {"start": pages.START, "list": pages.ENTRY_LIST, "missing": pages.MISSING}
# What the page does with an answer is done by then.
NEXT_TURN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
SUGGESTIONS = re.compile(r"/sok/forslag/\?q=")


@pytest.fixture
def open_field(open_page):
    """A page and its search field, where suggestions are answered by `answer`."""

    def open_field(path=pages.START, answer=ANSWER, status=200, **options):
        asked = []

        def reply(route):
            asked.append(route.request)
            body = answer if isinstance(answer, str) else json.dumps(answer)
            route.fulfill(status=status, content_type="application/json", body=body)

        page = open_page(
            path, before=lambda page: page.route(SUGGESTIONS, reply), **options
        )
        page.asked = asked
        return page, page.locator("input[name=q]")

    return open_field


def options(page):
    return listbox(page).get_by_role("option")


def listbox(page):
    return page.get_by_role("listbox", name="Förslag")


def active(page, field):
    """The text of the option that the field says is the one at hand."""
    key = field.get_attribute("aria-activedescendant")
    return page.locator(f"[id='{key}']").inner_text() if key else None


def open_list(page, field, text="cyk"):
    field.press_sequentially(text)
    expect(listbox(page)).to_be_visible()


@pytest.mark.parametrize("path", FIELDS.values(), ids=FIELDS)
def test_field_is_a_combobox_that_says_what_it_has(open_field, path):
    page, field = open_field(path)
    expect(field).to_have_role("combobox")
    expect(field).to_have_attribute("aria-expanded", "false")

    open_list(page, field)

    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", listbox(page).get_attribute("id"))
    expect(options(page)).to_have_count(5)
    expect(page.get_by_text("5 förslag. Välj med piltangenterna.")).to_be_attached()
    expect(options(page).nth(3)).to_have_text(
        "Ordlista Ord i ordlistan – gå till sidan"
    )


def test_arrows_go_through_the_options_and_round(open_field):
    page, field = open_field()
    open_list(page, field)
    seen = []

    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp"):
        field.press(key)
        seen.append(active(page, field))

    last = "Hit går ingen\nGå till sidan"
    assert seen == ["cykel", "cykelbanor", "cykel", None, last]
    assert page.locator("[aria-selected=true]").count() == 1
    expect(field).to_be_focused()
    expect(field).to_have_value("cyk")


def test_enter_searches_for_what_is_chosen(open_field):
    page, field = open_field()
    open_list(page, field)

    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**/sok/?q=cykelbanor")


def test_enter_without_a_choice_searches_for_what_was_typed(open_field):
    page, field = open_field()
    open_list(page, field)

    field.press("Enter")

    page.wait_for_url("**/sok/?q=cyk")


def test_enter_on_a_page_goes_there(open_field):
    page, field = open_field()
    open_list(page, field)

    for _ in range(4):
        field.press("ArrowDown")
    field.press("Enter")

    page.wait_for_url("**/ordlista/")


def test_no_answer_leads_to_another_site(open_field):
    page, field = open_field()
    open_list(page, field)

    options(page).last.click()

    expect(listbox(page)).to_be_hidden()
    assert page.url.endswith("/")
    assert "example.se" not in page.url


def test_escape_closes_the_list_and_keeps_the_text(open_field):
    page, field = open_field()
    open_list(page, field)
    field.press("ArrowDown")

    field.press("Escape")

    expect(listbox(page)).to_be_hidden()
    expect(field).to_have_value("cyk")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert active(page, field) is None
    field.press("ArrowDown")  # and it can be had again
    expect(listbox(page)).to_be_visible()


def test_tab_leaves_the_field_and_the_list(open_field):
    page, field = open_field()
    open_list(page, field)

    field.press("Tab")

    expect(page.get_by_role("button", name="Sök")).to_be_focused()
    expect(listbox(page)).to_be_hidden()


def test_mouse_chooses_an_option(open_field):
    page, field = open_field()
    open_list(page, field)

    options(page).first.click()

    page.wait_for_url("**/sok/?q=cykel")


def test_click_beside_closes_the_list(open_field):
    page, field = open_field()
    open_list(page, field)

    page.locator("h1").click()

    expect(listbox(page)).to_be_hidden()


def test_one_letter_is_not_asked_about_and_quick_typing_asks_once(open_field):
    page, field = open_field()

    page.clock.install()
    field.press("c")
    page.clock.fast_forward(1000)
    assert page.asked == []
    page.clock.resume()
    field.press_sequentially("ykel")
    expect(listbox(page)).to_be_visible()

    assert [request.url.partition("?")[2] for request in page.asked] == ["q=cykel"]
    assert "cookie" not in page.asked[0].headers


def test_shorter_text_takes_the_list_away(open_field):
    page, field = open_field()
    open_list(page, field, "cy")

    field.press("Backspace")

    expect(listbox(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "answer"),
    [(500, "fel"), (404, "{}"), (200, "<p>ingen json"), (200, "{}"), (200, "null")],
)
def test_failing_answer_breaks_nothing(open_field, status, answer):
    page, field = open_field(status=status, answer=answer)
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault))

    with page.expect_response(SUGGESTIONS):
        field.press_sequentially("cyk")
    page.evaluate(NEXT_TURN)

    expect(listbox(page)).to_be_hidden()
    field.press("Enter")
    page.wait_for_url("**/sok/?q=cyk")
    assert faults == []


def test_nothing_to_suggest_is_told_and_shows_nothing(open_field):
    page, field = open_field(answer={"queries": [], "pages": []})

    field.press_sequentially("xyz")

    expect(page.get_by_text("Inga förslag.")).to_be_attached()
    expect(listbox(page)).to_be_hidden()


def test_what_is_suggested_is_text_and_nothing_else(open_field):
    markup = "<img src=x onerror=alert(1)>"
    page, field = open_field(answer={"queries": [markup], "pages": []})

    open_list(page, field)

    expect(options(page).first).to_have_text(markup)
    assert page.locator("[role=option] img").count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_open_list_is_accessible_and_fits(open_field, width):
    page, field = open_field(bypass_csp=True, viewport={"width": width, "height": 640})
    open_list(page, field)
    field.press("ArrowDown")

    check(page)
    boxes = [each.bounding_box() for each in options(page).all()]
    assert all(box["height"] >= 44 for box in boxes)
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


def test_chosen_option_is_seen_in_forced_colours(open_field):
    page, field = open_field(forced_colors="active")
    open_list(page, field)
    field.press("ArrowDown")

    outline = "each => getComputedStyle(each).outlineStyle"
    assert options(page).first.evaluate(outline) == "solid"
    assert options(page).last.evaluate(outline) == "none"


def test_field_searches_without_script(open_page):
    page = open_page(pages.START, java_script_enabled=False)
    field = page.locator("input[name=q]")
    assert field.get_attribute("role") is None

    field.fill("cykel")
    field.press("Enter")

    page.wait_for_url("**/sok/?q=cykel")


def test_site_answers_itself(open_page):
    page = open_page(pages.START)

    page.locator("input[name=q]").press_sequentially("cyk")

    expect(options(page).first).to_contain_text("cyk")


def test_header_leads_to_the_search_from_every_page(open_page):
    page = open_page("/ordlista/", viewport={"width": 320, "height": 640})

    page.locator("header").get_by_role("link", name="Sök").click()

    page.wait_for_url("**/sok/")
