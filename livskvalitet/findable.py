"""Everything that can be found: the documents of all apps."""

from collections.abc import Iterator
from itertools import chain

import kunskapsbank.findable
import programme.findable
import uppfoljning.findable
from search import index
from search.documents import Document


def documents() -> Iterator[Document]:
    return chain(
        programme.findable.documents(),
        kunskapsbank.findable.documents(),
        uppfoljning.findable.documents(),
    )


def catch_up() -> int:
    """Make the index what it should be, writing only what differs; gives how many."""
    return index.catch_up(documents())


def rebuild() -> int:
    """Make the whole index anew, in one transaction; gives how many it then has."""
    return index.rebuild(documents())
