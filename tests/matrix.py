"""Whether everything is tried with everything, as `make test-full` does."""

import os

import pytest

FULL_MATRIX = bool(os.environ.get("FULL_MATRIX"))
# Widths, and whether scripts run: the first two have each of these once.
SCREENS = [(360, True), (1280, False)]
if FULL_MATRIX:
    SCREENS += [(1280, True), (360, False)]


def first_on_all(*screens):
    """Parameters: the first for every database, the others, which only look different,
    for one."""
    first, *others = screens
    return [first, *(pytest.param(each, marks=pytest.mark.pages) for each in others)]
