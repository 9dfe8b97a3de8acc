"""Everything that can be found: the documents of all apps."""

from collections.abc import Iterator
from itertools import chain, islice

import kunskapsbank.findable
import programme.findable
import uppfoljning.findable
from search import index
from search.documents import Document

_SAMPLE = 100


def documents() -> Iterator[Document]:
    return chain(
        programme.findable.documents(),
        kunskapsbank.findable.documents(),
        uppfoljning.findable.documents(),
    )


def catch_up() -> int:
    """Make the index what it should be, writing only what differs; gives how many."""
    return index.catch_up(documents())


def difference() -> int:
    """How many documents differ between the index and what is public."""
    return index.difference(documents())


def sampled() -> int:
    """How many of the first documents of each app the index tells of wrongly."""
    apps = (programme.findable, kunskapsbank.findable, uppfoljning.findable)
    return index.lacking(
        document for app in apps for document in islice(app.documents(), _SAMPLE)
    )


def rebuild() -> int:
    """Make the whole index anew, in one transaction; gives how many it then has."""
    return index.rebuild(documents())
