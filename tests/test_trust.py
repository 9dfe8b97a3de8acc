"""docs/tillforlitlighet.md names the tests that are marked, and lacks no case."""

from collections import Counter

import pytest

from tests import trust


@pytest.fixture(scope="module")
def marked():
    """Every file of tests is read for it."""
    return trust.marked()


def test_the_table_is_as_the_marks():
    assert trust.check() == []


def test_a_case_that_nothing_shows_is_told(marked):
    tests = {case: shown for case, shown in marked.items() if case != "R5"}

    assert trust.faults(tests) == ["R5: no test is marked with it"]


def test_a_mark_of_no_case_is_told(marked):
    tests = marked | {"R99": ["tests/test_x.py::test_y"]}

    assert trust.faults(tests) == ["R99: there is no such case"]


def test_results_are_counted_by_case(marked):
    results = {"SQLite": Counter({"R5": 3})}

    row = next(row for row in trust.rows(marked, results) if row.startswith("| R5 |"))

    assert row.endswith("| 3 passed on SQLite |")
