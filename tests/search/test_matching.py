"""The keys of what is found, for lists that have rows of their own."""

import pytest

from search import index
from search.finding import Matches, find, matching
from tests.search.samples import document, put

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("empty_index"),
    pytest.mark.engine,
]


def test_keys_are_those_of_the_hits_in_the_same_order():
    index.put_all(
        document(f"nr-{number}", "Cykel" if number % 3 else "Båt", text="En cykel här.")
        for number in range(30)
    )

    hits = [hit.key for hit in find("cykel", page_size=100).hits]

    assert matching("cykel").keys == hits
    assert len(hits) == 30


def test_only_what_has_the_facets_is_given():
    put(a="Cykel", b="Cykel")
    index.put(document("c", "Cykel", kind="link"))

    assert matching("cykel", {"kind": ["link"]}) == Matches(keys=["c"])


@pytest.mark.parametrize("query", ["-cykel", "xyzzy", '"'])
def test_nothing_is_given_when_nothing_is_found(query):
    put(a="Cykel")

    assert matching(query).keys == []


def test_it_tells_what_was_left_out_and_what_was_meant(monkeypatch):
    monkeypatch.setattr("search.finding.MOST", 1)
    put(a="Kollektivtrafik", b="Kollektivtrafik")

    assert matching("kollektivtrafik").more
    assert matching("kollektivtrfik").instead == "kollektivtrafik"
