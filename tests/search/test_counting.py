"""Facets and their counts, and what is shown of very many hits."""

from datetime import date

import pytest

from search import finding, index
from search.engine import base
from search.finding import find
from tests.search.samples import document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]


def keys(query, facets):
    return [hit.key for hit in find(query, facets).hits]


# -- Facets


@pytest.fixture
def faceted_documents(empty_index):
    index.put_all(
        [
            document("a", "Skola", kind="link", facets={"tag": ["x", "y"]}),
            document("b", "Skola", kind="link", facets={"tag": ["y"]}),
            document("c", "Skolor", kind="story", facets={"tag": ["z"]}),
            document("d", "Buss", kind="story", facets={"tag": ["x"]}),
        ]
    )


@pytest.mark.usefixtures("faceted_documents")
@pytest.mark.parametrize(
    ("query", "chosen", "expected", "counts"),
    [
        (
            "skola",
            {},
            "abc",
            {"kind": {"link": 2, "story": 1}, "tag": {"x": 1, "y": 2, "z": 1}},
        ),
        (
            "skola",
            {"tag": ["x"]},
            "a",
            {"kind": {"link": 1}, "tag": {"x": 1, "y": 2, "z": 1}},
        ),
        (
            "skola",
            {"tag": ["x", "z"]},
            "ac",
            {"kind": {"link": 1, "story": 1}, "tag": {"x": 1, "y": 2, "z": 1}},
        ),
        (
            "skola",
            {"tag": ["x"], "kind": ["story"]},
            "",
            {"kind": {"link": 1, "story": 0}, "tag": {"x": 0, "z": 1}},
        ),
        ("", {"kind": ["story"]}, "cd", None),
        ("-buss", {"kind": ["story"]}, "", None),
        ("skola", {"kind": []}, "abc", None),
        ("skola", {"kind": ["nothing of the kind"]}, "", None),
    ],
)
def test_facets_narrow_and_count(query, chosen, expected, counts):
    found = find(query, chosen)

    assert {hit.key for hit in found.hits} == set(expected)
    assert found.total == len(expected)
    if counts is not None:
        assert found.facets == counts


@pytest.mark.usefixtures("faceted_documents")
def test_no_facet_that_is_offered_leads_to_an_empty_page():
    for group, values in find("skola", {"tag": ["x"]}).facets.items():
        for value, number in values.items():
            chosen = {"tag": ["x"]} | {group: [value]}
            assert find("skola", chosen).total == number > 0


def test_counts_hold_when_a_facet_is_chosen_though_words_were_loosened():
    index.put_all(
        [
            document("a", "Röd cykel", kind="link"),
            document("b", "Röd buss", kind="story"),
            *(document(f"c{n}", "Cykel", kind="link") for n in range(4)),
            *(document(f"d{n}", "Röd cykel", kind="page") for n in range(3)),
        ]
    )

    offered = find("röd cykel").facets["kind"]

    assert offered == {"link": 5, "page": 3, "story": 1}
    for kind, number in offered.items():
        assert find("röd cykel", {"kind": [kind]}).total == number


def test_choosing_a_facet_does_not_loosen_what_was_strict():
    index.put_all(
        [
            document("a", "Röd cykel", kind="link"),
            document("b", "Röd buss", kind="link"),
            *(document(f"d{n}", "Röd cykel", kind="page") for n in range(6)),
        ]
    )

    assert find("röd cykel").facets["kind"] == {"link": 1, "page": 6}
    assert keys("röd cykel", {"kind": ["link"]}) == ["a"]


def test_beginning_that_very_many_words_have():
    index.put(document("a", "Ett", text=" ".join(f"abc{n}x" for n in range(300))))

    assert keys("abc*", {}) == ["a"]


# -- Many


@pytest.fixture
def many_documents(empty_index, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 5)
    index.put_all(
        document(f"n{n}", "Ett", text="Skola", date=date(2010 + n, 1, 1))
        for n in range(8)
    )


@pytest.mark.usefixtures("many_documents")
def test_beyond_the_most_title_matches_come_first_and_then_the_newest():
    index.put(document("old", "Skola", date=date(1999, 1, 1)))

    found = find("skola")

    assert [hit.key for hit in found.hits] == ["old", "n7", "n6", "n5", "n4"]
    assert (found.total, found.more) == (5, True)


@pytest.mark.usefixtures("many_documents")
def test_the_same_are_found_however_many_the_engine_is_told_to_expect(monkeypatch):
    expected = find("skola")
    monkeypatch.setattr(base, "_VERY_MANY", 0)

    assert find("skola") == expected


@pytest.mark.usefixtures("many_documents")
def test_exactly_the_most_is_counted_exactly():
    for key in ["n0", "n1", "n2"]:
        index.remove(key)

    found = find("skola")

    assert (found.total, found.more) == (5, False)
