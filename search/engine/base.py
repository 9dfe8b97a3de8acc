"""What any engine does, in SQL that is the same for all of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from sys import intern
from typing import NamedTuple

from django.db import connection

from search.analysis.fields import Tokens
from search.matching import Match

_NEWEST = "SELECT place FROM search_indexeddocument ORDER BY place DESC LIMIT %s"
_VERY_MANY = 60_000


class Row(NamedTuple):
    """What ranking and counting need of a document that matches."""

    place: int
    facets: tuple[str, ...]
    confirmed: bool


class Entry(NamedTuple):
    """What is written of a document."""

    place: int
    tokens: Tokens
    facets: str
    confirmed: bool


class Engine(ABC):
    place: str  # the column that holds the place
    insert: str
    condition: str
    newest_matching: str  # the places that match, newest first, so many
    newest_of_many: str = ""  # the same, when very many match
    rows_at: str  # place, facets and whether confirmed, at the given places

    @abstractmethod
    def values(self, entry: Entry) -> tuple:
        """What `insert` takes for one document."""

    @abstractmethod
    def rendered(self, match: Match) -> str:
        """`match` in the engine's own query language, as `condition` takes it."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Index documents anew, whether they were indexed or not."""
        values = [self.values(entry) for entry in entries]
        self.delete([value[0] for value in values])
        with connection.cursor() as cursor:
            cursor.executemany(self.insert, values)

    def delete(self, places: Sequence[int]) -> None:
        sql = f"DELETE FROM search_terms WHERE {self.place} = %s"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [[place] for place in places])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_terms")

    def newest(self, match: Match | None, limit: int, likely: int = 0) -> list[int]:
        """Places of the `limit` newest documents that match, newest first; of any
        without a match. `likely` is about how many match, if that is known.
        """
        many = self.newest_of_many if likely > _VERY_MANY else ""
        sql = many or self.newest_matching if match else _NEWEST
        values: list = [self.rendered(match), limit] if match else [limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [place for (place,) in cursor.fetchall()]

    @abstractmethod
    def given(self, places: Sequence[int]) -> str | list[int]:
        """`places` as `rows_at` takes them."""

    def rows(self, places: Sequence[int]) -> list[Row]:
        """What stands at these places, in no order."""
        with connection.cursor() as cursor:
            cursor.execute(self.rows_at, [self.given(places)])
            return [
                Row(place, tuple(map(intern, facets.split())), bool(ok))
                for place, facets, ok in cursor.fetchall()
            ]

    def scores(self, weighed: Sequence[tuple[int, Match]]) -> dict[int, int]:
        """For each place the sum of the weights of what matches it."""
        branch = f"SELECT {self.place} AS place, %s AS weight FROM search_terms"
        union = " UNION ALL ".join(f"{branch} WHERE {self.condition}" for _ in weighed)
        sql = f"SELECT place, SUM(weight) FROM ({union}) each GROUP BY place"
        values = [
            v for weight, match in weighed for v in (weight, self.rendered(match))
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return {place: int(weight) for place, weight in cursor.fetchall()}

    def places(self, match: Match) -> list[int]:
        """All documents that match, however many, in the order of their places."""
        sql = (
            f"SELECT {self.place} FROM search_terms WHERE {self.condition}"
            f" ORDER BY {self.place}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.rendered(match)])
            return [place for (place,) in cursor.fetchall()]
