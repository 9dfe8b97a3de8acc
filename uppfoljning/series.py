"""An indicator's values as readers meet them: one series for each place and gender.

Values are the source's. What is computed here, the trend, is the site's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from uppfoljning import charts
from uppfoljning.directions import Trend, trend_of
from uppfoljning.enums.indicators import Gender, Origin
from uppfoljning.models import Indicator, Measurement

MOST_DECIMALS = 2
# Below this, two decimals would hide most of the number.
SMALL = Decimal("0.1")
PERCENT = "procent"


@dataclass(frozen=True)
class Value:
    """What the source says for a year; `number` is None where it has none."""

    year: int
    number: Decimal | None
    text: str
    status: str = ""


@dataclass(frozen=True)
class Series:
    """`kind` is own, women, men or comparison."""

    kind: str
    name: str
    values: list[Value] = field(default_factory=list)

    @cached_property
    def measured(self) -> list[Value]:
        return [value for value in self.values if value.number is not None]

    @property
    def first(self) -> Value:
        return self.measured[0]

    @property
    def last(self) -> Value:
        return self.measured[-1]

    @property
    def points(self) -> list[tuple[int, Decimal | None]]:
        return [(value.year, value.number) for value in self.values]

    def at(self, year: int) -> Value | None:
        return next((value for value in self.values if value.year == year), None)


@dataclass(frozen=True)
class Figures:
    """An indicator with its series, the own ones first, none of them empty."""

    indicator: Indicator
    series: list[Series]
    fetched_at: datetime | None
    is_fetched: bool
    decimals: int

    def written(self, number: Decimal | None) -> str:
        """With as many decimals as all the other values."""
        return "" if number is None else charts.written(number, self.decimals)

    @property
    def is_empty(self) -> bool:
        return not self.series

    def _of(self, *kinds: str) -> list[Series]:
        return [each for each in self.series if each.kind in kinds]

    @property
    def own(self) -> Series | None:
        return next(iter(self._of("own")), None)

    @property
    def by_gender(self) -> list[Series]:
        return self._of("women", "men")

    @property
    def comparison(self) -> Series | None:
        """What charts compare with: the first that has values."""
        return next(iter(self._of("comparison")), None)

    @cached_property
    def trend(self) -> Trend:
        return trend_of(self.own.points if self.own else [], self.indicator.wanted)

    @cached_property
    def years(self) -> list[int]:
        return sorted({value.year for each in self.series for value in each.values})

    @property
    def rows(self) -> list[tuple[int, list[Value | None]]]:
        """The table: each year with the value of each series, None where none is."""
        return [(year, [each.at(year) for each in self.series]) for year in self.years]

    @property
    def _limit(self) -> int | None:
        return 100 if self.indicator.unit == PERCENT else None

    @property
    def charted(self) -> list[Series]:
        """What the first chart shows."""
        return [each for each in (self.own, self.comparison) if each]

    @cached_property
    def chart(self) -> charts.Chart | None:
        return self._drawn(self.charted) if self.own else None

    @cached_property
    def gender_chart(self) -> charts.Chart | None:
        return self._drawn(self.by_gender)

    def _drawn(self, shown: list[Series]) -> charts.Chart | None:
        """On the axes that all of the indicator's charts have in common."""
        drawn = [*self._of("own", "women", "men"), *filter(None, [self.comparison])]
        return charts.draw(
            [(each.kind, each.points) for each in shown],
            among=[each.points for each in drawn],
            limit=self._limit,
        )


def figures_of(indicator: Indicator) -> Figures:
    """The figures of an indicator that was read `with_values`."""
    rows = [each for each in indicator.measurements.all() if each.place.is_active]
    decimals = _decimals(row.value for row in rows)
    by_series: dict[tuple[str, str], list[Value]] = {}
    for row in sorted(filter(_is_shown, rows), key=_place_in_order):
        by_series.setdefault(_series_of(row), []).append(_value(row, decimals))
    series = [Series(kind, name, values) for (kind, name), values in by_series.items()]
    came = max((row.fetched_at for row in rows), default=None)
    return Figures(
        indicator,
        [each for each in series if each.measured],
        indicator.asked_at or came,
        any(row.origin == Origin.FETCHED for row in rows),
        decimals,
    )


def _place_in_order(row: Measurement) -> tuple:
    genders = [Gender.TOTAL, Gender.WOMEN, Gender.MEN]
    place = row.place
    its = (not place.is_own, place.position, genders.index(Gender(row.gender)))
    return (*its, row.period)


def _is_shown(row: Measurement) -> bool:
    """The women and men of other places are in the CSV alone."""
    return row.place.is_own or row.gender == Gender.TOTAL


def _series_of(row: Measurement) -> tuple[str, str]:
    """Its kind and name."""
    if not row.place.is_own:
        return "comparison", row.place.short_title
    return {
        Gender.TOTAL: ("own", row.place.short_title),
        Gender.WOMEN: ("women", "Kvinnor"),
        Gender.MEN: ("men", "Män"),
    }[Gender(row.gender)]


def _value(row: Measurement, decimals: int) -> Value:
    text = "" if row.value is None else charts.written(row.value, decimals)
    return Value(row.period, row.value, text, row.status)


def _decimals(numbers: Iterable[Decimal | None]) -> int:
    """As many as the values have, so that a column has the same, within reason."""
    known = [number for number in numbers if number is not None]
    largest = max((abs(number) for number in known), default=SMALL)
    most = MOST_DECIMALS if largest >= SMALL else 2 * MOST_DECIMALS
    wanted = (-number.normalize().as_tuple().exponent for number in known)
    return min(max(wanted, default=0), most) if known else 0
