"""A real server and a real Chromium; every test below carries the mark `browser`."""

import os
import shutil
from pathlib import Path

import pytest

from tests.browser import pages, server

HERE = Path(__file__).parent
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome"]
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


def pytest_collection_modifyitems(items):
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


@pytest.fixture
def open_page(new_context, site_folder):
    """Open the page of a path in a context of its own; the options are Playwright's."""

    def open_page(path, *, before=None, **options):
        page = new_context(**USUAL | options).new_page()
        page.set_default_timeout(MILLISECONDS)
        if path == pages.BROKEN:
            body = (site_folder / "500.html").read_text()
            page.route(f"**{path}", lambda route: _answer_500(route, body))
        if before:
            before(page)
        response = page.goto(path)
        assert response.status == pages.STATUS.get(path, 200)
        return page

    return open_page


def _answer_500(route, body):
    route.fulfill(status=500, content_type="text/html; charset=utf-8", body=body)
