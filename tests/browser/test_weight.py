"""How much comes over the wire, on the first visit and on the next."""

import pytest

from tests.browser import pages

pytestmark = pytest.mark.pages

FIRST_VISIT = 150_000
NEXT_VISIT = 15_000


class Traffic:
    """Counts what a page's requests bring, headers included."""

    def __init__(self, page):
        self.forget()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)

    def forget(self):
        self.requests, self.transferred = 0, 0

    def _asked(self, event):
        self.requests += 1

    def _came(self, event):
        self.transferred += event["encodedDataLength"]


@pages.varied(but={"error-500"})
def test_page_is_light_and_lighter_the_next_time(open_page, record_property, path):
    counted = []
    page = open_page(
        path, before=lambda page: counted.append(Traffic(page)), fresh=True
    )
    page.wait_for_load_state("networkidle")
    [traffic] = counted
    first, requests = traffic.transferred, traffic.requests
    traffic.forget()

    page.goto("about:blank")
    page.goto(path)
    page.wait_for_load_state("networkidle")

    # Kept in the report of the run, var/tests/browser-*.xml
    record_property("bytes", first)
    record_property("requests", requests)
    record_property("bytes_again", traffic.transferred)
    assert 0 < first < FIRST_VISIT
    # More than nothing: what has changed, or come back, must be seen.
    assert 0 < traffic.transferred < NEXT_VISIT
