"""Tables of numbers, for `components/counted_table.html` and for files."""

from dataclasses import dataclass

from django.utils.formats import number_format

Value = int | str | None


@dataclass(frozen=True)
class Row:
    """`key` is the label as a program reads it, and `address` the page that it names.

    A value is a number, a text that says why there is none, or None.
    """

    key: str
    label: str
    values: tuple[Value, ...]
    address: str = ""


@dataclass(frozen=True)
class Line:
    """A row with the length of its bar: whole per cent of the greatest number, or None
    when there is nothing to draw."""

    row: Row
    share: int | None

    @property
    def texts(self) -> list[str | None]:
        """The values as they are read, thousands set apart."""
        return [_grouped(value) for value in self.row.values]


@dataclass(frozen=True)
class Table:
    """`name` is that of its file; `columns` head the rows' labels and their values.
    The first number of each row has a bar, if the table `is_drawn`."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_drawn: bool = True

    @property
    def lines(self) -> list[Line]:
        numbers = [_number(row.values[0]) for row in self.rows]
        most = max((each for each in numbers if each), default=0)
        is_drawn = self.is_drawn and most > 0
        return [
            Line(row, round(100 * number / most) if is_drawn and number else None)
            for row, number in zip(self.rows, numbers, strict=True)
        ]


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _grouped(value: Value) -> str | None:
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return value
