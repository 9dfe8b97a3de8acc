"""What holds on every page, also in the middle of a story: axe and the page's width."""

from axe_playwright_python.sync_playwright import Axe

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
    faults = faults_of(page)
    assert faults == [], f"{page.url}: {faults}"


def faults_of(page, options=OPTIONS):
    page.wait_for_load_state()  # a click does not wait for the page it leads to
    page.evaluate(WITHOUT_TIMERS)
    faults = violations(page, options)
    return [*faults, "the page is too wide"] if page.evaluate(TOO_WIDE) else faults


def violations(page, options=OPTIONS):
    """What axe has to say; its script is sent once for each page that is loaded."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    results = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {node['target'][-1]} {node['failureSummary']}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
