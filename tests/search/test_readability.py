import pytest

from search.readability import lix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("… – !", 0),
        ("Du är här.", 3),
        ("Du är här. Vi med.", 2.5),
        ("Du är här", 3),
        ("Är du här? Ja! Bra.", 5 / 3),
        ("Helsingborg är fint.", 3 + 100 / 3),
        ("Staden är fin.", 3),  # six letters are not more than six
        ("Åren då änglarna åt öl.", 5 + 100 / 5),
        ("Det gällde 2016–2024.", 4),
        ("I kapitel 4.1 står det.", 5 + 100 / 5),
        ("Välj: te, vatten.", 3),
        ("Välj: Te. Vatten.", 1),
        ("Om vatten\n\nVatten är bra", 2.5),
        ("Om vatten\när bra", 4),
    ],
)
def test_lix_is_sentence_length_plus_share_of_long_words(text, expected):
    assert lix(text) == pytest.approx(expected)


def test_lix_of_a_sentence_that_ends_within_quotation_marks():
    assert lix("Han sa ”kom in.” Hon kom.") == pytest.approx(3)


def test_lix_counts_a_hyphenated_word_once():
    assert lix("Mark- och C-vitamin.") == pytest.approx(3 + 100 / 3)
