"""`docs/sakerhet.md` names every line of the requirements, and tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "docs" / "sakerhet.md"
_LINES = """
B1 B2 B3 B4 B5 B6 B7 B8
1.2.1 1.2.2 1.2.3 1.2.4 1.2.10+ 1.3.1 1.3.4 1.3.5 1.3.6/15.3.2/13.2.4 1.3.7 1.3.11
2.2.1/2.2.2 2.3.1 2.3.2/2.4.1 2.3.3 2.3.5+
3.2.1/5.4.1 3.3.1–3.3.4 3.4.1 3.4.3–3.4.6 3.4.7+/3.4.8+ 3.5.1/3.5.3 3.7.2
4.1.1 4.1.3/15.3.4
5.1.1 5.2.1 5.2.2 5.2.3/5.2.6+ 5.3.1/5.3.2 5.4.2 5.4.3
6.1.1/6.3.1 6.2.1 6.2.4/6.2.12 6.2.5/6.2.7/6.2.9 6.2.11 6.3.2 6.3.3 6.3.7+/6.3.8+
6.4.1/11.5.1 6.4.3 6.5.1/6.5.3/6.5.5
7.2.4 7.3.1/7.3.2 7.4.1/7.4.2/7.4.3 7.4.5/7.5.2 7.5.1
8.1.1/8.2.1 8.2.2 8.2.3/15.3.3 8.3.2+
11.4.2 12.1.1/12.3.1 13.3.1 13.4.1/.2/.5
14.2.1/14.2.3 14.2.8+ 14.3.1/14.3.2 14.3.3
15.1.1/15.2.1 15.1.2 15.2.2/15.1.3
16.2.1/16.2.2 16.2.5 16.3.1/16.3.2 16.4.1 16.4.2/16.4.3 16.5.1–16.5.3
"""
ROW = re.compile(r"^\| (B?\d[^|]*?) \| (.+) \| (.+) \| (.+) \| (.*) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
# A file of the repository; what only looks like a path is none.
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.\w+)`")
STATES = ("met", "partly", "not met")


def rows():
    return ROW.findall(MAP.read_text())


@cache
def written_in(file):
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_line_is_in_the_map_once():
    assert [line for line, *_ in rows()] == _LINES.split()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_line_names_what_exists(row):
    _, _, state, where, tests = row
    named = TEST.findall(tests)

    assert state.startswith(STATES)
    assert named, "no test shows it"
    assert tests.count("::") == len(named)
    for file, test in named:
        assert test.startswith("test_")
        assert test in written_in(file), f"{file}::{test}"
    for file in FILE.findall(where):
        assert (ROOT / file).is_file(), file


def test_what_is_not_met_in_full_says_why():
    short = [line for line, _, state, *_ in rows() if state in STATES[1:]]

    assert short == []


def test_times_for_mending_are_the_same_on_the_site():
    page = (ROOT / "templates/livskvalitet/about.html").read_text()

    for english, swedish in [
        ("| 48 hours |", "kritiska svagheter inom 48 timmar"),
        ("| 7 days |", "allvarliga inom 7 dagar"),
        ("| 30 days |", "övriga inom 30 dagar"),
    ]:
        assert english in MAP.read_text()
        assert swedish in page
