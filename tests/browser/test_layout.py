"""Small screens, large text, wide spacing and small targets (trust D11-D14)."""

import pytest

from tests.browser import pages, scripts

pytestmark = pytest.mark.pages

NARROW = {"width": 320, "height": 800}
# 1280 by 1024 at 400 %
ZOOMED = {"width": 320, "height": 256}
WIDER = [{"width": width, "height": 800} for width in (640, 1280, 768, 1920)]
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
LARGER = [(DOUBLE_TEXT, WIDER[:2]), (SPACED_TEXT, [NARROW, WIDER[1]])]
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
def test_text_is_whole_and_targets_large_at_every_width(open_page, path):
    page = open_page(path)

    expect_none(
        fault
        for size in [NARROW, ZOOMED, *WIDER]
        for script in [scripts.TEXT_FAULTS, scripts.SMALL_TARGETS]
        for fault in measure(page, script, size)
    )


@pages.every_in_full()
def test_text_is_whole_when_larger(open_page, path):
    page = open_page(path, bypass_csp=True)

    for style, sizes in LARGER:
        added = page.add_style_tag(content=style)
        expect_none(
            fault
            for size in sizes
            for fault in measure(page, scripts.TEXT_FAULTS, size)
        )
        added.evaluate("element => element.remove()")


def measure(page, script, size):
    page.set_viewport_size(size)
    return [f"{size['width']} px: {fault}" for fault in page.evaluate(script)]


def expect_none(faults):
    faults = list(faults)
    assert not faults, "\n".join(faults)


@pages.some("start", "viljeinriktning", "good-example", "list")
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_moves_while_a_slow_page_loads(open_page, path, width):
    page = open_page(
        path, before=load_slowly, fresh=True, viewport={"width": width, "height": 800}
    )
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.fonts.ready.then(() => null)")

    assert page.evaluate("() => window.shifts") < 0.01


def load_slowly(page):
    page.add_init_script(COUNT_SHIFTS)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
