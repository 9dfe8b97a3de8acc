"""Where the parts of a line chart go, in hundredths of its width and height.

The template draws in such hundredths, so that lines, rings and letters keep their size
on every screen and on paper. Years stand at their true distance; a line is broken where
the series has a longer pause than it has otherwise.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from django.utils.formats import number_format

Points = Sequence[tuple[int, Decimal | None]]

PARTS = 3  # about how many the vertical axis is divided into
# The axis begins at zero when the lowest value is this near to it.
NEAR_ZERO = Decimal("0.35")
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MIDDLE = 50.0
# So much of the height lies between two values when a line would cross what is written.
STEEP = 8


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    year: int


@dataclass(frozen=True)
class Line:
    """`path` is for a box of 100 by 100; `lone` are values without a neighbour. The
    first and last values are written below the line where it comes from above."""

    kind: str
    path: str
    lone: list[Dot]
    first: Dot
    last: Dot
    is_first_below: bool
    is_last_below: bool


@dataclass(frozen=True)
class Tick:
    label: str
    at: float


@dataclass(frozen=True)
class Chart:
    """`cut_at` is where the vertical axis begins, None when zero is on it."""

    lines: list[Line]
    ticks: list[Tick]
    first_year: int
    last_year: int
    cut_at: str | None
    zero: float | None


@dataclass(frozen=True)
class Axes:
    first_year: int
    last_year: int
    low: Decimal
    high: Decimal
    step: Decimal

    def dot(self, year: int, value: Decimal) -> Dot:
        return Dot(self._across(year), self.height(value), year)

    def _across(self, year: int) -> float:
        span = self.last_year - self.first_year
        return _hundredths(year - self.first_year, span) if span else MIDDLE

    def height(self, value: Decimal) -> float:
        """From the top, as pictures count."""
        return _hundredths(self.high - value, self.high - self.low)

    @property
    def levels(self) -> list[Decimal]:
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * place for place in range(count + 1)]


def draw(
    series: Sequence[tuple[str, Points]],
    *,
    among: Sequence[Points] = (),
    limit: int | None = None,
) -> Chart | None:
    """The chart of `series`, each a kind and its points; None without any value.

    The axes have room for the points of `among` too. No value can be over `limit`.
    """
    measured = [(kind, _measured(points)) for kind, points in series]
    measured = [(kind, points) for kind, points in measured if points]
    if not measured:
        return None
    room = [_measured(points) for points in among] + [points for _, points in measured]
    axes = _axes([point for points in room for point in points], limit)
    return Chart(
        lines=[_line(kind, points, axes) for kind, points in measured],
        ticks=[Tick(_label(level), axes.height(level)) for level in axes.levels],
        first_year=axes.first_year,
        last_year=axes.last_year,
        cut_at=_label(axes.low) if axes.low > 0 else None,
        zero=axes.height(Decimal(0)) if axes.low < 0 < axes.high else None,
    )


def _measured(points: Points) -> list[tuple[int, Decimal]]:
    return sorted((year, value) for year, value in points if value is not None)


def _axes(points: list[tuple[int, Decimal]], limit: int | None) -> Axes:
    years = [year for year, _ in points]
    values = [value for _, value in points]
    return Axes(min(years), max(years), *_range(min(values), max(values), limit))


def _range(
    lowest: Decimal, highest: Decimal, limit: int | None
) -> tuple[Decimal, Decimal, Decimal]:
    """The axis' ends and the step between its levels, all round numbers."""
    if 0 <= lowest <= highest * NEAR_ZERO:
        lowest = Decimal(0)
    if lowest == highest:
        lowest, highest = _room_around(lowest, limit)
    step = _round_step((highest - lowest) / PARTS)
    low = (lowest / step).to_integral_value(ROUND_FLOOR) * step
    high = (highest / step).to_integral_value(ROUND_CEILING) * step
    return low, high, step


def _room_around(value: Decimal, limit: int | None) -> tuple[Decimal, Decimal]:
    """So that the line of a value that never changes lies in the middle."""
    room = abs(value) / 5 or Decimal(1)
    above = value + room
    if limit is not None and value <= limit:
        above = min(above, Decimal(limit))
    return value - room, above


def _round_step(least: Decimal) -> Decimal:
    """The nearest round number from `least` up: 1, 2, 2.5 or 5 and so many zeros."""
    unit = Decimal(1).scaleb(least.adjusted())
    return next(step * unit for step in STEPS if step * unit >= least)


def _line(kind: str, points: list[tuple[int, Decimal]], axes: Axes) -> Line:
    dots = [axes.dot(year, value) for year, value in points]
    runs = _runs(dots)
    return Line(
        kind=kind,
        path="".join(_path(run) for run in runs if len(run) > 1),
        lone=[run[0] for run in runs if len(run) == 1],
        first=dots[0],
        last=dots[-1],
        is_first_below=dots[1:2] != [] and dots[0].y - dots[1].y > STEEP,
        is_last_below=dots[1:2] != [] and dots[-1].y - dots[-2].y > STEEP,
    )


def _runs(dots: list[Dot]) -> list[list[Dot]]:
    """The dots in groups, parted where a pause is longer than what is usual: some
    statistics are made every second or fourth year."""
    pauses = Counter(later.year - earlier.year for earlier, later in pairwise(dots))
    most = max(pauses.values(), default=0)
    usual = min((pause for pause, count in pauses.items() if count == most), default=0)
    runs = [dots[:1]]
    for earlier, later in pairwise(dots):
        if later.year - earlier.year > usual:
            runs.append([])
        runs[-1].append(later)
    return runs


def _path(run: list[Dot]) -> str:
    return "M" + "L".join(f"{dot.x:g} {dot.y:g}" for dot in run)


def _hundredths(part: int | Decimal, whole: int | Decimal) -> float:
    return round(float(100 * part / whole), 2)


def _label(level: Decimal) -> str:
    level = level.normalize()
    return written(level, max(0, -int(level.as_tuple().exponent)))


def written(number: Decimal, decimals: int) -> str:
    """As Swedish is written: −1 234,5, with a minus that is no hyphen."""
    text = number_format(number, decimals, use_l10n=True, force_grouping=True)
    return text.replace("-", "\N{MINUS SIGN}")
