"""The word for where a series is going. All values are made up."""

from decimal import Decimal

import pytest

from uppfoljning.directions import chance_of, trend_of
from uppfoljning.enums.indicators import Direction, Wanted


def series(text, first=2000):
    """A value a year from words; "-" is a year without one."""
    return [
        (first + place, None if word == "-" else Decimal(word))
        for place, word in enumerate(text.split())
    ]


HIGHER, LOWER, NEUTRAL = Wanted.HIGHER, Wanted.LOWER, Wanted.NEUTRAL


@pytest.mark.parametrize(
    ("values", "wanted", "direction"),
    [
        ("1 2 3 4", HIGHER, Direction.RIGHT),
        ("1 2 3 4", LOWER, Direction.WRONG),
        ("1 2 3 4", NEUTRAL, Direction.INCREASING),
        ("4 3 2 1", HIGHER, Direction.WRONG),
        ("4 3 2 1", LOWER, Direction.RIGHT),
        ("4 3 2 1", NEUTRAL, Direction.DECREASING),
        ("-4 -3 -2 -1", HIGHER, Direction.RIGHT),
        ("71 71 72 74 75 75 77", HIGHER, Direction.RIGHT),
        ("12 12 12 13 12 12 12", HIGHER, Direction.UNCHANGED),
        ("5 5 5 5 5 5", LOWER, Direction.UNCHANGED),
        ("1 3 2 4", HIGHER, Direction.UNCHANGED),
        ("1 - 2 - - 3 4", HIGHER, Direction.RIGHT),
        ("1 2 3", HIGHER, Direction.TOO_LITTLE),
        ("1 2 - 3", NEUTRAL, Direction.TOO_LITTLE),
        ("7", HIGHER, Direction.TOO_LITTLE),
        ("- -", HIGHER, Direction.TOO_LITTLE),
        ("", HIGHER, Direction.TOO_LITTLE),
    ],
)
def test_direction_of_series(values, wanted, direction):
    assert trend_of(series(values), wanted).direction == direction


def test_only_the_ten_latest_measurements_count():
    risen_before = series("1 2 3 4 5 6 7 8 9 10 " + "10 " * 9)

    trend = trend_of(risen_before, HIGHER)

    assert trend.words == "oförändrat, 2009–2018"


def test_years_may_come_in_any_order():
    assert trend_of(reversed(series("1 2 3 4")), HIGHER).words == "rätt håll, 2000–2003"


def test_too_little_names_no_years():
    assert trend_of(series("1 2"), HIGHER).words == "för lite data"


@pytest.mark.parametrize(
    ("count", "balance", "chance"),
    # Kendall's table, both tails: 2/24, 2/120, 10/120, and all there is.
    [(4, 6, "0.0833"), (5, 10, "0.0167"), (5, 8, "0.0833"), (4, 0, "1")],
)
def test_chance_is_exact(count, balance, chance):
    assert round(chance_of(count, balance), 4) == Decimal(chance)
