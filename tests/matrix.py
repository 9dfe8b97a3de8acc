"""Whether everything is tried with everything, as `make test-full` does."""

import os

import pytest

FULL_MATRIX = bool(os.environ.get("FULL_MATRIX"))


def first_on_all(*screens):
    """Parameters: the first for every database, the others, which only look different,
    for one."""
    first, *others = screens
    return [first, *(pytest.param(each, marks=pytest.mark.pages) for each in others)]
