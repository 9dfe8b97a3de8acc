"""Swedish words, as people write them, come together under the same terms."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.compounds import parts
from search.analysis.encoding import FILLER, encode, facet_token
from search.analysis.stems import stem
from search.analysis.stopwords import listed
from search.analysis.words import clean, fold, words

LISTS = Path(__file__).parent / "words"


def groups(name):
    return [line.split() for line in (LISTS / f"{name}.txt").read_text().splitlines()]


def texts(text):
    return [word.text for word in words(clean(text))]


def stems(*some):
    return {stem(word) for word in some}


# -- Stems


@pytest.mark.parametrize("group", groups("development"), ids=" ".join)
def test_forms_of_a_word_have_one_stem(group):
    assert len(stems(*group)) == 1


def test_forms_that_the_rules_were_not_made_from_mostly_have_one_stem():
    held_out = groups("held_out")

    together = [group for group in held_out if len(stems(*group)) == 1]

    assert len(together) / len(held_out) >= 0.9


@pytest.mark.parametrize("pair", groups("apart"), ids=" ".join)
def test_different_words_stay_apart(pair):
    assert len(stems(*pair)) == 2


# -- Words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hälsa, VÅRD & omsorg!", ["hälsa", "vård", "omsorg"]),
        ("ha\u0308lsa", ["hälsa"]),
        ("cykel\u00advägar", ["cykelvägar"]),
        ("ll\u0338", ["ll"]),
        ("EU:s mål", ["eu", "mål"]),
        ("barn- och ungdom", ["barn", "och", "ungdom"]),
        ("snake_case 2016–2024", ["snake", "case", "2016", "2024"]),
        ("a\x00b", ["ab"]),
        ("... – !", []),
    ],
)
def test_words_of_a_text(text, expected):
    assert texts(text) == expected


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_hyphenated_word_is_its_parts_and_the_whole(hyphen):
    found = list(words(clean(f"en gc{hyphen}väg")))

    assert [word.text for word in found] == ["en", "gc", "väg"]
    assert [word.joined for word in found] == ["", "", "gcväg"]


def test_words_know_where_they_stand():
    text = clean("Ny gc-väg, EU:s Öresund")

    assert [text[word.start : word.end] for word in words(text)] == [
        *["Ny", "gc", "väg", "EU:s", "Öresund"]
    ]


def test_word_of_any_length_is_cut():
    assert texts("a" * 10_000) == ["a" * 60]


def test_fold_takes_away_dots_and_accents():
    assert fold("åäöéüø") == "aaoeuo"


# -- Compounds

KNOWN = stems(
    *listed(
        """
        cykel väg vatten dag barn kvalitet liv program skola gata kyrka plats möte
        bibliotek slag lag miljö mål kultur samma ser och plan familj hem
        """
    )
)
WHOLE = listed(
    """
    cykel cyklarna kulturell barnslig planering landskap vattnets platserna miljöer
    planeten skolning väg okänd 2030 programmets
    """
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cykelväg", "cykel väg"),
        ("cykelvägarna", "cykel väg"),
        ("dagvatten", "dag vatten"),
        ("barnkonventionen", "barn"),
        ("skolplan", "skola plan"),
        ("gatuplan", "gata plan"),
        ("kyrkogata", "kyrka gata"),
        ("familjehem", "familj hem"),
        ("mötesplatser", "möte plats"),
        ("bibliotekslagen", "bibliotek lag"),
        ("miljökvalitetsmål", "miljö kvalitet mål"),
        ("livskvalitetsprogrammet", "liv kvalitet program"),
    ],
)
def test_compound_is_parted(word, expected):
    assert parts(word, KNOWN) == stems(*expected.split())


@pytest.mark.parametrize("word", sorted(WHOLE))
def test_word_of_one_part_is_not_parted(word):
    assert parts(word, KNOWN) == frozenset()


def test_parts_are_known_words_only():
    assert parts("cykelväg", stems("cykel")) == frozenset()


def test_very_long_word_is_left_whole():
    assert parts("väg" * 20, KNOWN) == frozenset()


# -- Encoding


@given(st.text(), st.text())
def test_tokens_are_plain_and_differ_as_their_terms_do(one, other):
    tokens = encode(one), encode(other)

    for token in tokens:
        assert token.isascii()
        assert token.isalnum()
        assert token == token.lower()
    assert (tokens[0] == tokens[1]) == (one == other)


def test_token_of_a_facet_is_no_word():
    token = facet_token("kind", "good_example")

    assert token.isalnum()
    assert FILLER in token
    assert FILLER not in encode("zebra åäö ÿ")
