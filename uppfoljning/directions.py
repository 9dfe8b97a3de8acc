"""Which way a series of values is going, in a word.

The programme sets direction and no targets (chapter 5), so a word is all that is said.
It comes from the Mann–Kendall test for trend (Mann 1945, "Nonparametric tests against
trend", Econometrica 13; Kendall 1975, "Rank Correlation Methods"), which environmental
monitoring uses for short yearly series: it asks only whether later values tend to be
higher than earlier ones, so that gaps, units, negative values and a single odd year do
not decide it. Equal values count as neither, which makes the test say less rather than
more. `RULE` is what readers are told; change both together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations

from uppfoljning.enums.indicators import Direction, Wanted

LATEST = 10  # measurements that are looked at
FEWEST = 4  # with three, no order is rarer than one in three
RAREST = Decimal("0.1")

RULE = (
    "Vi tar de tio senaste mätningarna och jämför varje mätning med alla senare. "
    "Varje par pekar uppåt, nedåt eller åt inget håll. Riktningen är tydlig när paren "
    "drar åt samma håll så ofta att det skulle hända högst en gång av tio om åren låg "
    "i slumpvis ordning. Då säger vi att nyckeltalet ökar eller minskar, och om en "
    "sida är bättre än den andra att det går åt rätt eller fel håll. Annars är det "
    "oförändrat. Med färre än fyra mätningar är det för lite data. Regeln säger inget "
    "om hur stor förändringen är, eller om vad den beror på."
)


@dataclass(frozen=True)
class Trend:
    """`direction` for the years `first` to `last`, which are None without values.
    `way` is 1 for up, -1 for down and 0 for neither, whatever is wanted."""

    direction: Direction
    first: int | None = None
    last: int | None = None
    way: int = 0

    @property
    def words(self) -> str:
        """ "rätt håll, 2014–2023" """
        if self.first is None or self.direction == Direction.TOO_LITTLE:
            return self.direction.label
        return f"{self.direction.label}, {self.first}–{self.last}"


def trend_of(points: Iterable[tuple[int, Decimal | None]], wanted: str) -> Trend:
    """The trend of `points`, each a year and a value, where `wanted` is better."""
    measured = sorted((year, value) for year, value in points if value is not None)
    latest = measured[-LATEST:]
    if not latest:
        return Trend(Direction.TOO_LITTLE)
    way = _way([value for _, value in latest])
    named = _named(way, Wanted(wanted))
    return Trend(named, latest[0][0], latest[-1][0], way or 0)


def direction_of(
    points: Iterable[tuple[int, Decimal | None]], wanted: str
) -> Direction:
    return trend_of(points, wanted).direction


def _named(way: int | None, wanted: Wanted) -> Direction:
    if way is None:
        return Direction.TOO_LITTLE
    if not way:
        return Direction.UNCHANGED
    if wanted == Wanted.NEUTRAL:
        return Direction.INCREASING if way > 0 else Direction.DECREASING
    is_right = (way > 0) == (wanted == Wanted.HIGHER)
    return Direction.RIGHT if is_right else Direction.WRONG


def _way(values: Sequence[Decimal]) -> int | None:
    """1 for up, -1 for down, 0 for neither; None when there are too few to tell."""
    if len(values) < FEWEST:
        return None
    balance = sum(
        (later > earlier) - (later < earlier)
        for earlier, later in combinations(values, 2)
    )
    if not balance or chance_of(len(values), abs(balance)) > RAREST:
        return 0
    return 1 if balance > 0 else -1


def chance_of(count: int, balance: int) -> Decimal:
    """How likely `count` values in a random order are to lean at least as much, up or
    down, as when pairs up less pairs down is `balance`."""
    orders = _orders(count)
    pairs = count * (count - 1) // 2
    leaning = sum(
        number for down, number in enumerate(orders) if abs(pairs - 2 * down) >= balance
    )
    return Decimal(leaning) / Decimal(sum(orders))


@cache
def _orders(count: int) -> list[int]:
    """How many orders of `count` values have 0, 1, 2 … pairs that go down."""
    orders = [1]
    for size in range(2, count + 1):
        longer = [0] * (len(orders) + size - 1)
        for down, number in enumerate(orders):
            for more in range(size):
                longer[down + more] += number
        orders = longer
    return orders
