"""Small screens, large text, wide spacing and small targets (trust D11-D14)."""

import pytest

from tests.browser import pages, scripts

NARROW = {"width": 320, "height": 800}
# 1280 by 1024 at 400 %
ZOOMED = {"width": 320, "height": 256}
DOUBLE_TEXT = "html { font-size: 200% }"
# WCAG 1.4.12
SPACED_TEXT = """
    * {
      line-height: 1.5 !important;
      letter-spacing: .12em !important;
      word-spacing: .16em !important;
    }
    p { margin-block-end: 2em !important }
"""
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 100_000,
}
COUNT_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pages.every()
def test_narrow_page_shows_everything_without_sideways_scroll(open_page, path):
    page = open_page(path, viewport=NARROW)
    assert page.evaluate(scripts.TEXT_FAULTS) == []

    page.set_viewport_size(ZOOMED)
    assert page.evaluate(scripts.TEXT_FAULTS) == []


@pages.every()
def test_wide_page_cuts_nothing(open_page, path):
    page = open_page(path)
    for width in (768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(scripts.TEXT_FAULTS) == []


@pages.every()
@pytest.mark.parametrize(
    ("style", "widths"),
    [(DOUBLE_TEXT, (640, 1280)), (SPACED_TEXT, (320, 1280))],
    ids=["double-text", "spaced-text"],
)
def test_larger_text_cuts_nothing(open_page, path, style, widths):
    page = open_page(path, bypass_csp=True)
    page.add_style_tag(content=style)

    faults = {width: faults_at(page, width) for width in widths}

    assert faults == dict.fromkeys(widths, [])


def faults_at(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(scripts.TEXT_FAULTS)


@pages.every()
def test_targets_are_large_enough(open_page, path):
    page = open_page(path)
    assert page.evaluate(scripts.SMALL_TARGETS) == []

    page.set_viewport_size(NARROW)
    assert page.evaluate(scripts.SMALL_TARGETS) == []


@pages.some("start", "viljeinriktning", "good-example", "list")
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_a_slow_page_loads(open_page, path, width):
    page = open_page(path, before=load_slowly, viewport={"width": width, "height": 800})
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => null)")

    assert page.evaluate("() => window.shifts") < 0.01


def load_slowly(page):
    page.add_init_script(COUNT_SHIFTS)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
