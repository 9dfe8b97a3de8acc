"""Every template, opened once: axe (trust D1), and whether text and targets are whole
on small screens, with large text and with wide spacing (D11-D14).

axe asks for WCAG 2.0 to 2.2 A and AA, and best practice, of two states of a page in
`make test`, and in `make test-full` of three that have each width and each theme.
"""

import pytest

from tests.browser import pages, scripts
from tests.browser.checking import violations
from tests.matrix import FULL_MATRIX

pytestmark = pytest.mark.pages

THEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
# Where axe looks: both ends in the themes that the site chooses the colours of.
STATES = [(1280, "light"), (320, "dark")]
if FULL_MATRIX:
    STATES += [(768, "forced colours")]

NARROW = {"width": 320, "height": 800}
# 1280 by 1024 at 400 %
ZOOMED = {"width": 320, "height": 256}
MIDDLE, WIDE = {"width": 640, "height": 800}, {"width": 1280, "height": 800}
SIZES = [NARROW, ZOOMED, MIDDLE, WIDE]
if FULL_MATRIX:
    SIZES += [{"width": width, "height": 800} for width in (768, 1920)]
# Larger than usual: what the style is called, the style, and where it is measured.
LARGER = [
    ("text at 200 %", "html { font-size: 200% }", [MIDDLE, WIDE]),
    # WCAG 1.4.12
    (
        "wide spacing",
        """
        * {
          line-height: 1.5 !important;
          letter-spacing: .12em !important;
          word-spacing: .16em !important;
        }
        p { margin-block-end: 2em !important }
        """,
        [NARROW, WIDE],
    ),
]


@pages.every_in_full()
def test_page_has_no_violation_and_is_whole_at_every_width(open_page, path):
    # Trusted Types would keep axe itself from working.
    page = open_page(path, bypass_csp=True, reduced_motion="reduce")

    faults = [*found_by_axe(page), *not_whole(page), *not_whole_when_larger(page)]

    assert not faults, "\n".join(faults)


def found_by_axe(page):
    for width, theme in STATES:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**THEMES[theme])
        for fault in violations(page):
            yield f"{width} px, {theme}: {fault}"
    page.emulate_media(**THEMES["light"])


def not_whole(page):
    for size in SIZES:
        page.set_viewport_size(size)
        for script in (scripts.TEXT_FAULTS, scripts.SMALL_TARGETS):
            yield from told(size, page.evaluate(script))


def not_whole_when_larger(page):
    for name, style, sizes in LARGER:
        added = page.add_style_tag(content=style)
        for size in sizes:
            page.set_viewport_size(size)
            yield from told(size, page.evaluate(scripts.TEXT_FAULTS), f", {name}")
        added.evaluate("element => element.remove()")


def told(size, faults, how=""):
    where = f"{size['width']} by {size['height']} px"
    return [f"{where}{how}: {fault}" for fault in faults]
