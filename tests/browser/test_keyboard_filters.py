"""The list of contributions filtered by keyboard, without script (trust D32)."""

import re

import pytest

from tests.browser import pages

pytestmark = pytest.mark.pages

FOCUSED = "() => document.activeElement.outerHTML"
MOST_STEPS = 200


@pytest.fixture
def open_list(open_page):
    def open_list(path=pages.ENTRY_LIST, **options):
        return open_page(path, java_script_enabled=False, **options)

    return open_list


def tab_to(page, selector):
    """Press Tab until the element of `selector` has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.locator(f":is({selector}):focus").count():
            return
    raise AssertionError(f"Tab never came to {selector}")


def press_and_load(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def count(page):
    return int(re.match(r"\d+", page.inner_text("#antal"))[0])


def titles(page):
    return page.locator(".entry-list__title").all_inner_texts()


def test_filter_is_chosen_and_removed_by_keyboard(open_list):
    page = open_list()
    everything = count(page)

    tab_to(page, "[name=vilja][value='2']")
    page.keyboard.press("Space")
    tab_to(page, "[name=typ][value=forskning]")
    page.keyboard.press("Space")
    assert "?" not in page.url  # nothing happens until it is asked for
    tab_to(page, ".filter-groups .button")
    press_and_load(page, "Enter")

    assert "vilja=2" in page.url
    assert "typ=forskning" in page.url
    assert 0 < count(page) < everything
    assert page.title().startswith(f"Kunskapsbanken: {count(page)} bidrag")

    narrowed = count(page)
    tab_to(page, ".chosen-filters__link:has-text('Forskning')")
    press_and_load(page, "Enter")

    assert "typ=" not in page.url
    assert narrowed < count(page) < everything

    tab_to(page, ".chosen-filters__link[data-clear]")
    press_and_load(page, "Enter")

    assert "vilja=" not in page.url
    assert count(page) == everything


def test_filters_on_a_phone_open_by_keyboard(open_list):
    page = open_list(viewport={"width": 320, "height": 640})
    box = page.locator("[name=vilja][value='1']")
    assert not box.is_visible()

    tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert box.is_visible()
    tab_to(page, "[name=vilja][value='1']")
    page.keyboard.press("Space")
    tab_to(page, ".filter-groups .button")
    press_and_load(page, "Enter")

    assert "vilja=1" in page.url
    assert page.locator(".chosen-filters__link").first.is_visible()


def test_list_is_searched_by_keyboard(open_list):
    page = open_list(viewport={"width": 360, "height": 640})
    everything = count(page)

    tab_to(page, "#q")
    page.keyboard.type("hälsan")
    press_and_load(page, "Enter")

    assert 0 < count(page) < everything
    assert page.input_value("#q") == "hälsan"
    assert page.inner_text("#ordning option:checked") == "Bästa träffen först"


def test_search_is_narrowed_by_keyboard_on_a_phone(open_list):
    page = open_list("/sok/", viewport={"width": 360, "height": 640})
    tab_to(page, "#q")
    page.keyboard.type("barn")
    press_and_load(page, "Enter")
    everything = count(page)

    tab_to(page, ".disclosure__summary")
    page.keyboard.press("Enter")
    tab_to(page, ".filter-fold__summary")
    page.keyboard.press("Enter")
    tab_to(page, "[name=amne]")
    page.keyboard.press("Space")
    tab_to(page, ".filter-groups .button")
    press_and_load(page, "Enter")

    assert "q=barn" in page.url
    assert "amne=" in page.url
    assert 0 < count(page) < everything

    tab_to(page, ".chosen-filters__link")
    press_and_load(page, "Enter")

    assert count(page) == everything


def test_more_of_a_long_facet_is_shown_by_keyboard(open_list):
    page = open_list()
    tab_to(page, ".filter-fold__summary:has-text('Ämne')")
    page.keyboard.press("Enter")
    few = page.locator("[name=amne]").count()

    tab_to(page, ".filter-fold__more a")
    press_and_load(page, "Enter")

    assert page.locator("[name=amne]").count() > few
    assert page.locator("[name=amne]").first.is_visible()


def test_order_is_changed_by_keyboard(open_list):
    page = open_list()
    newest = titles(page)

    tab_to(page, "#ordning")
    page.keyboard.press("End")
    tab_to(page, ".sort .button")
    press_and_load(page, "Enter")

    assert "ordning=a-o" in page.url
    assert titles(page) != newest


def test_next_page_is_reached_by_keyboard(open_list):
    page = open_list()
    first = titles(page)

    tab_to(page, "[rel=next]")
    press_and_load(page, "Enter")

    assert "sida=2" in page.url
    assert not set(titles(page)) & set(first)


def test_empty_list_says_what_was_asked_and_offers_a_way_on(open_list):
    page = open_list(pages.EMPTY_LIST)
    assert page.inner_text("#antal").startswith("Inga bidrag")
    assert page.locator(".chosen-filters__link").count() == 3

    tab_to(page, ".empty-list a")
    press_and_load(page, "Enter")

    assert count(page) > 0


def test_address_is_all_that_the_list_depends_on(open_list):
    page = open_list()
    tab_to(page, "[name=vilja][value='3']")
    page.keyboard.press("Space")
    tab_to(page, ".filter-groups .button")
    press_and_load(page, "Enter")

    again = open_list(page.url)

    assert again.inner_text("body") == page.inner_text("body")
    assert again.title() == page.title()
    assert again.locator("[name=vilja]:checked").all() != []
