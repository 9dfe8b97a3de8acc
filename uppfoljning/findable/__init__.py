"""What the follow-up has in the search index, a file for each part."""

from collections.abc import Iterator

from search.documents import Document
from uppfoljning.findable import indicators, initiatives, reports


def documents() -> Iterator[Document]:
    """Those of all that readers may see."""
    yield from indicators.documents()
    yield from initiatives.documents()
    yield from reports.documents()
