"""A real server and a real Chromium; every test below carries the mark `browser`."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.browser import pages, server
from tests.run import CHROMIUM_NAMES

HERE = Path(__file__).parent
# Nothing but the site is asked for anything, and Chromium runs also as root.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MILLISECONDS = 20_000
USUAL = {"viewport": {"width": 1280, "height": 800}, "locale": "sv-SE"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Before tests/conftest.py chooses by the mark."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site_url(site_folder):
    """Each worker serves a site of its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with server.site(site_folder, worker) as address:
        yield address


@pytest.fixture(scope="session")
def base_url(site_url):
    """So that a page is opened by its path alone."""
    return site_url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([named] if named else CHROMIUM_NAMES)]
    path = next(filter(None, found), None)
    if path is None:
        pytest.fail("Chromium was not found: install it, or let CHROMIUM name it")
    return browser_type_launch_args | {"executable_path": path, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def context_for(browser, base_url):
    """The browser context with these options of Playwright's, made once for all."""
    contexts = {}

    def context_for(options):
        key = json.dumps(options, sort_keys=True)
        if key not in contexts:
            contexts[key] = new(browser, base_url, options)
        return contexts[key]

    yield context_for
    for context in contexts.values():
        context.close()


def new(browser, base_url, options):
    context = browser.new_context(base_url=base_url, **USUAL | options)
    context.set_default_timeout(MILLISECONDS)
    return context


@pytest.fixture
def open_page(browser, base_url, context_for, page_500):
    """Open the page of a path; the options are those of Playwright's contexts.

    `fresh` gives the page a context of its own, where nothing has been read before.
    `before` is called with the page before it goes anywhere.
    """
    opened = []

    def open_page(path, *, before=None, fresh=False, **options):
        context = new(browser, base_url, options) if fresh else context_for(options)
        page = context.new_page()
        opened.append(context if fresh else page)
        if path == pages.BROKEN:
            page.route(f"**{path}", lambda route: answer_500(route, page_500))
        if before:
            before(page)
        response = page.goto(path)
        assert response.status == pages.STATUS.get(path, 200)
        return page

    yield open_page
    for each in opened:
        each.close()


@pytest.fixture(scope="session")
def page_500(site_url, site_folder):
    return (site_folder / "500.html").read_text(encoding="utf-8")


def answer_500(route, body):
    route.fulfill(status=500, content_type="text/html; charset=utf-8", body=body)
