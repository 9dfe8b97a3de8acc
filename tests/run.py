"""Run the test suites one after another, and say at the end what ran and what did not.

`make test` and `make test-full` call this. Each suite is a pytest of its own.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres

REPORTS = Path("var/tests")
# The first is the same browser without its windows, which take most of its time.
CHROMIUM_NAMES = ["chromium-headless-shell", "chromium", "chromium-browser"] + [
    "google-chrome"
]
# Each worker has tests that stand together, and so makes what they share once; whoever
# is done takes over from the others.
IN_ORDER = ["--dist", "worksteal"]
LEFT_OUT = "--ignore=tests/browser"  # need not be read to be left out
NO_CHROMIUM = "no Chromium was found: install chromium, or let CHROMIUM name it"


class NotRun(Exception):
    """A suite could not be run; the message says why."""


@dataclass
class Suite:
    """`marks` choose its tests; `quick` leaves out more, when not all is to be run."""

    name: str
    marks: str
    quick: str = ""
    folder: str = "tests"
    engine: str = "sqlite"
    browser: bool = False
    # How a page looks, and who may ask for what, hang on no database: one engine has
    # all widths, themes and methods.
    has_matrix: bool = True

    @property
    def report(self) -> Path:
        kind = "browser" if self.browser else "python"
        return REPORTS / f"{kind}-{self.engine}.xml"


# `make test-full` runs each test on both databases, but for what hangs on neither: see
# tests/conftest.py. `make test` runs it once, where it tells the most: pages on SQLite,
# and `data`, what asks the database without a page, on PostgreSQL, which a real server
# has. What is marked `engine` is run on both, and what is `thorough` is left out.
PYTHON_SUITES = [
    Suite(
        "Python suite on SQLite",
        "not browser and not bench",
        quick="not thorough and (engine or not data)",
    ),
    Suite(
        "Python suite on PostgreSQL",
        "not browser and not bench",
        quick="not thorough and (engine or data)",
        engine="postgresql",
        has_matrix=False,
    ),
]
BROWSER_SUITES = [
    Suite(
        "Browser suite on SQLite",
        "browser",
        quick="not thorough",
        folder="tests/browser",
        browser=True,
    ),
    Suite(
        "Browser suite on PostgreSQL",
        "browser",
        folder="tests/browser",
        engine="postgresql",
        browser=True,
        has_matrix=False,
    ),
]


@dataclass
class Databases:
    """A server that holds a filled database, or why there is none; what SQLite keeps
    is in files."""

    server: postgres.Server | None
    lacking: str = ""


@dataclass
class Outcome:
    suite: Suite
    passed: bool = False
    summary: str = ""
    not_run: str = ""
    skipped: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the whole matrix")
    parser.add_argument(
        "--fail-on-skip", action="store_true", help="fail when anything did not run"
    )
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    browser_suites = BROWSER_SUITES if options.full else BROWSER_SUITES[:1]
    with databases() as found:
        outcomes = [
            run(suite, found, full=options.full)
            for suite in PYTHON_SUITES + browser_suites
        ]
    report(outcomes)
    return exit_code(outcomes, fail_on_skip=options.fail_on_skip)


def run(suite: Suite, found: Databases, *, full: bool) -> Outcome:
    print(f"\n{suite.name}", flush=True)
    try:
        variables = environment(suite, found)
        if full and suite.has_matrix:
            variables["FULL_MATRIX"] = "1"
        marks = suite.marks if full else chosen(suite)
        return run_pytest(suite, marks, variables)
    except NotRun as reason:
        print(f"Not run: {reason}", flush=True)
        return Outcome(suite, not_run=str(reason))


def chosen(suite: Suite) -> str:
    return " and ".join(filter(None, [suite.marks, suite.quick]))


@contextmanager
def databases() -> Iterator[Databases]:
    """Fill one of each kind, both at once, since each takes half a minute of one core;
    the server runs until all is done."""
    kept = subprocess.Popen([sys.executable, "-m", "tests.database"], env=inherited())
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.server())
            fill(inherited() | {"DATABASE_URL": server.url})
            found = Databases(server)
        except postgres.Unavailable as reason:
            found = Databases(None, str(reason))
        if kept.wait():
            raise SystemExit("the database of SQLite could not be filled: see above")
        yield found


def inherited() -> dict[str, str]:
    return {
        key: value
        for key, value in os.environ.items()
        if key not in {"LOCAL", "DATABASE_URL"}
    }


def environment(suite: Suite, found: Databases) -> dict[str, str]:
    """The variables of one suite; raises NotRun when it lacks something."""
    variables = inherited()
    if suite.browser:
        variables["CHROMIUM"] = chromium()
        # Playwright keeps an event loop in the thread that the tests run in.
        variables["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    if suite.engine == "sqlite":
        return variables
    if not found.server:
        raise NotRun(found.lacking)
    print(found.server.description, flush=True)
    filled = {"DATABASE_URL": found.server.url, "DATABASE_TEMPLATE": "livskvalitet"}
    return variables | filled


def fill(variables: dict[str, str]) -> None:
    """Fill the server's own database, of which the workers make theirs."""
    own = variables | {"DJANGO_SETTINGS_MODULE": "livskvalitet.settings_test"}
    for command in ("migrate", "load_content"):
        manage = [sys.executable, "manage.py", command, "--verbosity", "0"]
        subprocess.run(manage, env=own, check=True, stdout=subprocess.DEVNULL)


def chromium() -> str:
    named = os.environ.get("CHROMIUM")
    found = [shutil.which(name) for name in ([named] if named else CHROMIUM_NAMES)]
    for path in found:
        if path:
            return path
    raise NotRun(NO_CHROMIUM)


def run_pytest(suite: Suite, marks: str, variables: dict[str, str]) -> Outcome:
    suite.report.unlink(missing_ok=True)
    workers = str(min(os.cpu_count() or 1, 4))
    where = [suite.folder] if suite.browser else [suite.folder, LEFT_OUT]
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, *IN_ORDER, "-m", marks]
        + [f"--junitxml={suite.report}", *where],
        env=variables,
    )
    seconds = round(time.monotonic() - started)
    cases = results(suite.report)
    skipped = [line for case in cases if (line := skip(case))]
    return Outcome(
        suite,
        passed=ended.returncode == 0,
        summary=f"{len(cases) - len(skipped) or 'no'} tests ran, in {seconds} s",
        skipped=skipped,
    )


def results(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter("testcase")) if path.exists() else []


def skip(case: ElementTree.Element) -> str | None:
    """Which test was skipped (or expected to fail) and why; None if it ran."""
    skipped = case.find("skipped")
    if skipped is None:
        return None
    return f"{case.get('classname')}.{case.get('name')}: {skipped.get('message')}"


def report(outcomes: list[Outcome]) -> None:
    print("\nWhat ran, and what did not")
    for outcome in outcomes:
        if outcome.not_run:
            print(f"  NOT RUN  {outcome.suite.name}: {outcome.not_run}")
        else:
            word = "ok    " if outcome.passed else "FAILED"
            print(f"  {word}   {outcome.suite.name}: {outcome.summary}")
        for line in outcome.skipped:
            print(f"  SKIPPED  {line}")


def exit_code(outcomes: list[Outcome], *, fail_on_skip: bool) -> int:
    failed = any(not outcome.passed and not outcome.not_run for outcome in outcomes)
    incomplete = any(outcome.not_run or outcome.skipped for outcome in outcomes)
    return int(failed or (fail_on_skip and incomplete))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
