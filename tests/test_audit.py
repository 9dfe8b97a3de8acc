"""What the site is made of (trust 15.1): locked, known, and free to be used."""

import json
import re
from pathlib import Path

import pytest

from tests import audit

FILES = ["requirements.txt", "requirements-server.txt", "requirements-dev.txt"]
CLEAN = {"name": "ett", "version": "1.0", "vulns": []}
FAULTY = {
    "name": "tva",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}],
}
SKIPPED = {"name": "tre", "skip_reason": "not found"}


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_has_a_hash(file):
    text = Path(file).read_text().replace("\\\n", " ")

    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]

    assert len(lines) > 20
    assert [
        line for line in lines if "==" not in line or "--hash=sha256:" not in line
    ] == []


def test_licences_may_go_with_ours():
    assert list(audit.licences_that_may_not()) == []


@pytest.mark.parametrize(
    ("expression", "may"),
    [("MIT", True), ("GPL-3.0-only OR MIT", True), ("MIT AND SSPL-1.0", False)],
)
def test_licences_that_hold_together_must_all_be_allowed(expression, may, monkeypatch):
    monkeypatch.setattr(audit, "names", lambda: ["ett"])
    monkeypatch.setattr(
        audit.metadata, "metadata", lambda name: {"License-Expression": expression}
    )

    assert (list(audit.licences_that_may_not()) == []) == may


@pytest.mark.parametrize(
    ("packages", "fails", "said"),
    [
        ([CLEAN], False, "1 packages looked up, 0 faults"),
        ([CLEAN, FAULTY], True, "tva 2.0: PYSEC-1, mended in 2.1"),
        ([CLEAN, SKIPPED], False, "NOT LOOKED UP: 1 packages: tre"),
        (None, False, "NOT LOOKED UP: the data"),
    ],
)
def test_findings_fail_and_being_offline_does_not(packages, fails, said):
    answer = json.dumps({"dependencies": packages}) if packages else "no answer"

    found, told = audit.told_of_faults(answer)

    assert found == fails
    assert said in told
