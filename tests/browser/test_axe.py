"""axe-core on every template (trust D1): WCAG 2.0 to 2.2 A and AA, and best practice.

One state of each page in `make test`; all widths and themes in `make test-full`. What
a theme can spoil is the colours, so in the dark and the forced one only they are asked
about.
"""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import pages
from tests.matrix import FULL_MATRIX

pytestmark = pytest.mark.pages

OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
            "best-practice",
        ],
    },
    "rules": {"target-size": {"enabled": True}},
}
THEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}
STATES = [(1280, "light")]
if FULL_MATRIX:
    STATES += [(768, "light"), (320, "light")]
    STATES += product([1280, 768, 320], ["dark", "forced colours"])
COLOURS = {"runOnly": {"type": "tag", "values": ["cat.color"]}}


@pages.every()
def test_axe_finds_no_violation(open_page, path):
    # Trusted Types would keep axe itself from working.
    page = open_page(path, bypass_csp=True, reduced_motion="reduce")
    page.evaluate(Axe().axe_script)

    found = {state: violations(page, *state) for state in STATES}

    assert {state: each for state, each in found.items() if each} == {}


def violations(page, width, theme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(**THEMES[theme])
    options = OPTIONS if theme == "light" else OPTIONS | COLOURS
    results = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {node['target'][-1]} {node['failureSummary']}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
