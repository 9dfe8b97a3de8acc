"""What may be about a person is never kept."""

import pytest

from search.personal import may_name_somebody, tells_of_somebody

KNOWN = {"cykel", "skola", "helsingborg", "staden", "stig"}


@pytest.mark.parametrize(
    "text",
    [
        "anna@example.se",
        "anna (at) x @ y",
        "https://example.se/anna",
        "www.example",
        "example.se",
        "19121212-1212",
        "121212 1212",
        "12 12 12 - 12 12",
        "070-123 45 67",
        "+46 70 123 45 67",
        "0701234567",
        "25221",
        "252 21",
        "mål 123456",
        "٠٧٠١٢٣٤٥٦٧",
        "Anna Ek",
        "anna Ek Berg",
        "Anna-Lisa Ek",
        "ANNA EK",
        "Anna von Ek",
        "Anna och Per",
        "vem är Anna Ek",
        "åsa svensson",
        "Svensson",
        "gudrun jónsdóttir",
        "storgatan 12",
        "norra vägen 3 b",
        "abc 12d",
        "abc123",
        "ett två tre fyra fem sex sju",
        "cykel\ninjicerad rad",
        "cykel\x1b[31m",
        "cykel\u202e",
    ],
)
def test_text_that_looks_like_a_person_is_known(text):
    assert tells_of_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "solceller",
        "Solceller",
        "Solceller i Helsingborg",
        "agenda 2030",
        "gc-väg",
        "laddstolpar för elbilar",
        '"stadens träd" -gran',
        "covid-19",
        "ett två tre fyra fem sex",
    ],
)
def test_text_that_says_what_it_is_about_is_let_through(text):
    assert not tells_of_somebody(text)


@pytest.mark.parametrize(
    "query",
    [
        "anna ek",
        "per holm",
        "holm per",
        "kalle anka",
        "cykel kalle anka",
        "anna lisa",
        "maria-lisa ek",
        "nyström-ek skola",
        "bo zqxw i staden",
    ],
)
def test_words_that_no_document_has_may_be_a_name(query):
    assert may_name_somebody(query, KNOWN.__contains__)


@pytest.mark.parametrize(
    "query",
    [
        "solceller",
        "solceller i staden",
        "solceller på skola",
        "cykel helsingborg",
        "bo i staden",
        "maria",
    ],
)
def test_one_strange_word_is_no_name(query):
    assert not may_name_somebody(query, KNOWN.__contains__)
