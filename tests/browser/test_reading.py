"""Anonymous reading of every template: private, without script, by keyboard."""

import re

import pytest

from tests.browser import pages, scripts
from tests.browser.conftest import answer_500
from tests.matrix import FULL_MATRIX

pytestmark = pytest.mark.pages

# The only scripts of what everybody reads, and the pages that have them.
SCRIPTS = {
    "suggest": {
        *("start", "list", "list-filtered", "list-empty", "list-page-2", "list-search"),
        *("search", "search-found", "search-nothing", "error-404"),
    },
    "form": {"follow"},
}
# What has none, as is tried of every page, cannot read otherwise without them.
WITH_SCRIPTS = ["list-filtered", "follow"]
if FULL_MATRIX:
    WITH_SCRIPTS = sorted(set().union(*SCRIPTS.values()))
HASHED = r"^/static/js/(\w+)\.[0-9a-f]+\.js$"
STORED = """async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
# Order is that of the page; menus and rings are those of the parts, which these have.
ON_A_PHONE = pages.VARIED if FULL_MATRIX else ["list-filtered"]


def test_reading_stores_nothing_runs_few_scripts_and_asks_only_the_site(
    open_page, base_url, page_500
):
    """One reader of every page, of whom nothing may be kept on the way."""
    heard = {"asked": [], "said": []}
    page = open_page(
        pages.START, before=lambda page: listen(page, heard, page_500), fresh=True
    )
    faults = []

    for name, path in pages.PAGES.items():
        heard["asked"].clear()
        heard["said"].clear()
        page.goto(path)
        found = found_on(page, heard, f"{base_url}/", pages.STATUS.get(path))
        faults += [
            f"{name}, {what}: {each}"
            for what, each in found.items()
            if each != expected_on(name)[what]
        ]
        page.context.clear_cookies()
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")

    assert not faults, "\n".join(faults)


def found_on(page, heard, site, status):
    # A page without a script asks for nothing when it has come.
    scripts_run = names_of_scripts(page)
    page.wait_for_load_state("networkidle" if scripts_run else "load")
    stored = page.evaluate(STORED)
    return {
        "scripts": scripts_run,
        "cookies": [each["name"] for each in page.context.cookies()],
        "stored": [kind for kind, count in stored.items() if count],
        "elsewhere": [url for url in heard["asked"] if not url.startswith(site)],
        # Chromium itself says so when a page was answered with an error.
        "said": [each for each in heard["said"] if f"status of {status}" not in each],
    }


def expected_on(name):
    return {
        "scripts": [each for each, having in SCRIPTS.items() if name in having],
        "cookies": ["csrf"] if name == "follow" else [],
        **dict.fromkeys(["stored", "elsewhere", "said"], []),
    }


def listen(page, heard, page_500):
    page.on("request", lambda request: heard["asked"].append(request.url))
    page.on("console", lambda message: heard["said"].append(message.text))
    page.on("pageerror", lambda error: heard["said"].append(str(error)))
    page.route(f"**{pages.BROKEN}", lambda route: answer_500(route, page_500))


def names_of_scripts(page):
    run = page.locator("script:not([type='application/ld+json'])")
    sources = run.evaluate_all("all => all.map(each => each.getAttribute('src'))")
    return [re.sub(HASHED, r"\1", each or "inline") for each in sources]


@pages.some(*WITH_SCRIPTS)
def test_page_reads_the_same_without_its_few_scripts(open_page, path):
    with_scripts = open_page(path)
    without = open_page(path, java_script_enabled=False)

    assert without.inner_text("body") == with_scripts.inner_text("body")


@pages.varied()
def test_first_tab_stop_leads_past_the_header(open_page, path):
    page = open_page(path)

    page.keyboard.press("Tab")

    focused = page.evaluate(scripts.FOCUSED)
    assert focused["skipLink"]
    assert focused["seen"]
    assert focused["ring"] >= 3
    assert page.locator(".skip-link").bounding_box()["y"] >= 0

    page.keyboard.press("Enter")

    assert page.evaluate(scripts.FOCUSED)["isMain"]

    page.keyboard.press("Tab")

    assert page.evaluate(scripts.FOCUSED)["inMain"]


@pages.every_in_full()
def test_tab_visits_everything_once_in_order_and_shows_where(open_page, path):
    assert_tab_visits_everything(open_page(path))


@pages.some(*ON_A_PHONE)
def test_tab_visits_everything_on_a_dark_phone_too(open_page, path):
    viewport = {"width": 320, "height": 800}
    page = open_page(path, viewport=viewport, color_scheme="dark")

    assert_tab_visits_everything(page)


def assert_tab_visits_everything(page):
    count = page.evaluate(scripts.LIST_TARGETS)

    steps = walk(page, count + 5)

    assert [step["stop"] for step in steps] == list(range(count))
    assert [step["name"] for step in steps if step["ring"] < 3] == []
    assert [step["name"] for step in steps if not step["seen"]] == []


def walk(page, most):
    """Where Tab leads, until it leaves the page or comes back to where it began.

    A date's day, month and year are stops of their own, and one field.
    """
    steps = []
    for _ in range(most):
        page.keyboard.press("Tab")
        step = page.evaluate(scripts.FOCUSED)
        if step is None or (steps and step["stop"] == steps[0]["stop"]):
            break
        if not (step["isDate"] and step["stop"] == steps[-1]["stop"]):
            steps.append(step)
    return steps
