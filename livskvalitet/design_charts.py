"""Made-up series for /om/design/, so that charts are seen in their hard cases.

Nothing here may be taken for a statistic: each name says that it is an example.
"""

from collections.abc import Iterator
from decimal import Decimal

from uppfoljning import charts
from uppfoljning.enums.indicators import Wanted
from uppfoljning.models import Indicator
from uppfoljning.series import Figures, Series, Value

_CASES = {
    "med luckor": "71 71.5 72 - 74 75 - - 76 77 79",
    "ett enda värde": "71",
    "negativa värden": "-4 2 -1 3.5 5 -2.5 1",
    "fyrtio år": " ".join(str(90 - year + 6 * (year % 3)) for year in range(40)),
    "alla lika": "12 12 12 12 12 12",
    "stora tal": "120345 118000 121000 99000 95000 97000 90100",
    "nära noll": "0.01 0.02 0.015 0.03 0.02",
}
_LAST = 2024


def examples() -> list[tuple[int, Figures]]:
    """Each case with the key of a strand, so that all five colours are seen."""
    shown = [_figures(name, [_own(words)]) for name, words in _CASES.items()]
    shown.append(_figures("kvinnor och män, och en jämförelse", list(_compared())))
    return [(place % 5 + 1, figures) for place, figures in enumerate(shown)]


def _compared() -> Iterator[Series]:
    yield _own("71 72 71 73 74 75 76 77")
    yield _series("women", "Kvinnor", "68 69 68 71 72 72 74 75")
    yield _series("men", "Män", "74 75 74 75 76 78 78 79")
    yield _series("comparison", "Exempelkommuner", "75 74.5 75 75 76 75 75 75.5")


def _own(words: str) -> Series:
    return _series("own", "Exempelstad", words)


def _series(kind: str, name: str, words: str) -> Series:
    """The last word is the value of _LAST."""
    numbers = [None if word == "-" else Decimal(word) for word in words.split()]
    first = _LAST - len(numbers) + 1
    decimals = max(len(word.partition(".")[2]) for word in words.split())
    values = [
        Value(year, number, "" if number is None else charts.written(number, decimals))
        for year, number in enumerate(numbers, start=first)
    ]
    return Series(kind, name, values)


def _figures(name: str, series: list[Series]) -> Figures:
    indicator = Indicator(
        title=f"Exempel: {name}",
        slug="exempel",
        unit="påhittade tal",
        wanted=Wanted.HIGHER,
        why="Siffrorna är påhittade, för att visa hur diagrammet ritas.",
        source="ingen, siffrorna är påhittade",
    )
    return Figures(indicator, series, None, is_fetched=False, decimals=2)
