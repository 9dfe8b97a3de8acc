"""What any engine does, in SQL that is the same for all of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from search.analysis.fields import Tokens
from search.matching import Match


class Row(NamedTuple):
    """What ranking and counting need of a document that matches."""

    place: int
    facets: str
    confirmed: bool


class Engine(ABC):
    place: str  # the column that holds the place
    insert: str
    condition: str

    @abstractmethod
    def values(self, place: int, tokens: Tokens) -> tuple:
        """What `insert` takes for one document."""

    @abstractmethod
    def rendered(self, match: Match) -> str:
        """`match` in the engine's own query language, as `condition` takes it."""

    def write(self, rows: Iterable[tuple[int, Tokens]]) -> None:
        """Index documents anew, whether they were indexed or not."""
        values = [self.values(place, tokens) for place, tokens in rows]
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

    def newest(self, match: Match | None, limit: int) -> list[Row]:
        """The `limit` newest documents that match, newest first; any without one."""
        sql = "SELECT d.place, d.facets, d.confirmed FROM search_indexeddocument d"
        values: list = []
        if match is not None:
            sql += (
                f" JOIN (SELECT {self.place} AS place FROM search_terms"
                f" WHERE {self.condition} ORDER BY {self.place} DESC LIMIT %s) t"
                " ON t.place = d.place"
            )
            values = [self.rendered(match), limit]
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY d.place DESC LIMIT %s", [*values, limit])
            return [Row(place, facets, bool(ok)) for place, facets, ok in cursor]

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
