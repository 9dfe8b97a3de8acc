"""What holds on every page, looked at in the middle of a story."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_axe import OPTIONS

# Where scripts are turned off no timer ever rings, and axe waits for one.
WITHOUT_TIMERS = """() => {
  const later = (act, _, ...given) => void Promise.resolve().then(() => act(...given));
  if (matchMedia("(scripting: none)").matches) {
    window.setTimeout = later;
  }
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


def check(page):
    """Nothing for axe to say, and nothing that makes the page scroll sideways.

    The page must be opened with `bypass_csp`, or the policy stops axe.
    """
    page.wait_for_load_state()  # a click does not wait for the page it leads to
    page.evaluate(WITHOUT_TIMERS)
    results = Axe().run(page, options=OPTIONS).response
    found = [(each["id"], each["nodes"][0]["html"]) for each in results["violations"]]
    assert found == [], f"{page.url}: {found}"
    assert not page.evaluate(TOO_WIDE), f"{page.url} is too wide"
