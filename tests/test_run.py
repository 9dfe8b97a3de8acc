import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests import run

SUITE = run.PYTHON_SUITES[0]
PASSED = run.Outcome(SUITE, passed=True)
FAILED = run.Outcome(SUITE, passed=False)
NOT_RUN = run.Outcome(SUITE, not_run="no Chromium was found")
SKIPPED = run.Outcome(SUITE, passed=True, skipped=["tests.test_x: no reason"])


@pytest.mark.parametrize(
    ("outcomes", "code", "code_when_strict"),
    [
        ([PASSED], 0, 0),
        ([PASSED, FAILED], 1, 1),
        ([PASSED, NOT_RUN], 0, 1),
        ([PASSED, SKIPPED], 0, 1),
    ],
)
def test_exit_code_counts_what_did_not_run_when_asked(outcomes, code, code_when_strict):
    assert run.exit_code(outcomes, fail_on_skip=False) == code
    assert run.exit_code(outcomes, fail_on_skip=True) == code_when_strict


@pytest.mark.parametrize("suite", run.PYTHON_SUITES + run.BROWSER_SUITES)
def test_suites_choose_by_marks_that_there_are(suite, pytestconfig):
    known = {each.partition("(")[0].partition(":")[0] for each in _marks(pytestconfig)}

    named = set(re.findall(r"[\w/]+", run.chosen(suite))) - {"and", "not", "or"}

    assert named <= known
    assert Path(suite.folder).is_dir()


def _marks(pytestconfig):
    return pytestconfig.getini("markers")


def test_report_says_what_did_not_run(capsys):
    run.report([PASSED, FAILED, NOT_RUN, SKIPPED])

    printed = capsys.readouterr().out
    assert f"FAILED   {SUITE.name}" in printed
    assert f"NOT RUN  {SUITE.name}: no Chromium was found" in printed
    assert "SKIPPED  tests.test_x: no reason" in printed


def test_skip_reads_the_reason():
    ran = ElementTree.fromstring('<testcase classname="a" name="b"/>')
    skipped = ElementTree.fromstring(
        '<testcase classname="a" name="b"><skipped message="c"/></testcase>'
    )

    assert run.skip(ran) is None
    assert run.skip(skipped) == "a.b: c"


def test_chromium_that_is_not_there_is_said(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")

    with pytest.raises(run.NotRun, match="let CHROMIUM name it"):
        run.chromium()
