"""What a page may cost its reader: how much comes over the wire on the first visit and
on the next, in how many requests, and that nothing moves while it comes."""

import pytest

from tests.browser import pages
from tests.matrix import FULL_MATRIX

pytestmark = [pytest.mark.pages, pytest.mark.thorough]

FIRST_VISIT = 100_000
NEXT_VISIT = 15_000
# The page, its stylesheet, two fonts, icons, and the modules of a list that filters.
MOST_REQUESTS = 12
# As a telephone has it at the edge of the network.
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 90_000,
}
WIDTHS = [1280, 360] if FULL_MATRIX else [360]
BUDGETED = ("start", "viljeinriktning", "fokusomrade", "good-example") + (
    "list",
    "search-found",
)
# What has moved, and the last of what was largest to be painted.
OBSERVE = """
window.budget = {moved: 0, largest: ""};
const each = (type, act) => new PerformanceObserver(
  (list) => list.getEntries().forEach(act)
).observe({type, buffered: true});
each("layout-shift", (entry) => { window.budget.moved += entry.value; });
each("largest-contentful-paint", (entry) => {
  const element = entry.element;
  const isText = element && !entry.url && element.innerText.trim() !== "";
  window.budget.largest = isText ? "text" : element ? element.tagName : "nothing";
});
"""


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


@pages.varied()
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


@pages.some(*BUDGETED)
@pytest.mark.parametrize("width", WIDTHS)
def test_page_keeps_to_its_budget_on_a_slow_network(
    open_page, record_property, path, width
):
    counted = []

    def slow(page):
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)
        counted.append(Traffic(page))
        page.add_init_script(OBSERVE)

    size = {"width": width, "height": 800}
    page = open_page(path, before=slow, fresh=True, viewport=size)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => null)")
    page.wait_for_function("window.budget.largest !== ''")
    budget = page.evaluate("window.budget")

    [traffic] = counted
    record_property("budget", str(budget | {"bytes": traffic.transferred}))
    assert 0 < traffic.transferred < FIRST_VISIT
    assert traffic.requests <= MOST_REQUESTS
    assert budget == {"moved": 0, "largest": "text"}
