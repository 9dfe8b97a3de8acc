"""Advice on a text as it is written: kind, short, and never in the way."""

import pytest

from kunskapsbank.plain_language import FEWEST_WORDS, advice

EASY = "Vi gick ut. " * 10
HARD = "Verksamhetsutvecklingen organisationsanpassades " * 12
LONG = "vi gick och såg på en sak i taget " * 4


def test_too_short_a_text_is_left_in_peace():
    assert advice("ord " * (FEWEST_WORDS - 1)) == ""
    assert advice("ord " * FEWEST_WORDS) != ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EASY, "Lätt att läsa (LIX 3)."),
        (HARD, "Svårt att läsa"),
        (LONG, "Den längsta meningen har 36 ord"),
        (
            EASY + "Beträffande platsen.",
            "I stället för ”beträffande” kan du skriva ”om”",
        ),
    ],
)
def test_the_advice_follows_the_text(text, said):
    assert said in advice(text)


def test_addresses_are_not_read_as_words():
    link = "[här](https://www.example.se/verksamhetsutveckling/organisation) "

    assert advice(EASY + link) == advice(EASY + "här ")
