"""The only place that knows how the database finds terms.

An engine keeps one table, `search_terms`: a row per document, known by its place,
which grows with the document's date. `base` is what the rest of `search` calls; the
two others say what differs.
"""

from django.db import connection

from search.engine.base import Engine
from search.engine.postgres import PostgresEngine
from search.engine.sqlite import SqliteEngine

_ENGINES = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}


def engine() -> Engine:
    """The engine of the database in use."""
    return _ENGINES[connection.vendor]()
