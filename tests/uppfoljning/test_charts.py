"""Where the parts of a chart go. All values are made up."""

from decimal import Decimal

import pytest

from tests.uppfoljning.test_directions import series
from uppfoljning.charts import draw


def chart_of(text, first=2000, **options):
    return draw([("own", series(text, first))], **options)


def line_of(text, **options):
    return chart_of(text, **options).lines[0]


def test_line_goes_from_corner_to_corner():
    line = line_of("0 5 10")

    assert line.path == "M0 100L50 50L100 0"
    assert (line.first.x, line.last.x) == (0, 100)
    assert line.lone == []


def test_gap_breaks_the_line():
    assert line_of("0 10 - 10 0").path == "M0 100L25 0M75 0L100 100"


def test_years_stand_at_their_true_distance():
    assert line_of("0 10 10 - - 0").path == "M0 100L20 0L40 0"
    assert [dot.x for dot in line_of("0 10 10 - - 0").lone] == [100]


def test_series_of_every_fourth_year_has_no_gaps():
    assert line_of("0 - - - 5 - - - 10").path == "M0 100L50 50L100 0"


def test_one_point_stands_in_the_middle():
    chart = chart_of("70")
    (dot,) = chart.lines[0].lone

    assert (dot.x, chart.lines[0].path) == (50, "")
    assert chart.first_year == chart.last_year == 2000


@pytest.mark.parametrize(
    ("values", "labels", "cut_at"),
    [
        ("71 71 72 74 75 75 77", ["70", "72", "74", "76", "78"], "70"),
        ("0 10", ["0", "5", "10"], None),
        ("3 10", ["0", "5", "10"], None),
        ("-4 3", ["−5", "−2,5", "0", "2,5", "5"], None),
        ("-9 -3", ["−10", "−8", "−6", "−4", "−2"], None),
        ("12 12 12", ["8", "10", "12", "14", "16"], "8"),
        ("0 0", ["−1", "0", "1"], None),
        ("1.1 2.2", ["1", "1,5", "2", "2,5"], "1"),
        ("12000 14500", ["12 000", "13 000", "14 000", "15 000"], "12 000"),
        ("0.01 0.02", ["0,01", "0,015", "0,02"], "0,01"),
    ],
)
def test_vertical_axis_has_round_levels(values, labels, cut_at):
    chart = chart_of(values)

    assert [tick.label.replace("\xa0", " ") for tick in chart.ticks] == labels
    assert (chart.cut_at or "").replace("\xa0", " ") == (cut_at or "")


def test_line_of_equal_values_lies_inside():
    assert 20 < line_of("12 12 12").first.y < 80


def test_zero_is_marked_where_values_lie_on_both_sides():
    assert chart_of("-5 5").zero == 50
    assert chart_of("1 5").zero is None


def test_axis_of_shares_ends_at_a_hundred():
    assert chart_of("100 100", limit=100).ticks[-1].label == "100"
    assert chart_of("98 99 100", limit=100).ticks[-1].label == "100"


def test_series_share_one_axis():
    women = [(2000, Decimal(0)), (2001, Decimal(10))]

    chart = draw([("women", women)], among=[series("-10 20 20", 1999)])

    assert (chart.first_year, chart.last_year) == (1999, 2001)
    assert chart.lines[0].path == "M50 66.67L100 33.33"


def test_forty_years_fit():
    line = line_of(" ".join(str(40 + year % 7) for year in range(40)))

    assert line.path.count("L") == 39


@pytest.mark.parametrize("values", ["", "- -"])
def test_nothing_is_drawn_of_nothing(values):
    assert chart_of(values) is None


@pytest.mark.parametrize(
    ("values", "below"),
    [("0 10 0", (True, True)), ("10 0 10", (False, False)), ("5", (False, False))],
)
def test_ends_are_written_where_the_line_does_not_go(values, below):
    line = line_of(values)

    assert (line.is_first_below, line.is_last_below) == below
