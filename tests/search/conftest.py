"""An index that holds only what a test puts there."""

import pytest

from search import index


@pytest.fixture
def empty_index(db):
    """Without the content of the site."""
    index.rebuild([])
