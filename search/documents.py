"""What other apps hand in to be found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date

_GROUP = re.compile(r"[a-z_]+")
LONGEST_VALUE = 100
_VALUE = re.compile(rf"[^\s:]{{1,{LONGEST_VALUE}}}")


@dataclass(frozen=True)
class Document:
    """One page as the index takes it.

    `key` is what it is known by for good, such as "entry:17"; `address` may change.
    `kind` becomes the facet of that name. Values of facets are slugs, codes or years,
    not labels: the page that shows them has the labels. `date` is that of the text or
    of its latest confirmation; among equally good hits the newest come first, and
    those that are not `confirmed` last.
    """

    key: str
    kind: str
    address: str
    title: str
    summary: str = ""
    text: str = ""
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    date: Date | None = None
    confirmed: bool = True

    def facet_values(self) -> list[str]:
        """All facets as "group:value", in order, each once.

        Raises ValueError for a group that is not a–z and _, or a value that has a
        space or a colon in it or is longer than `LONGEST_VALUE`.
        """
        pairs = {("kind", self.kind)}
        pairs |= {(group, str(v)) for group, vs in self.facets.items() for v in vs}
        for group, value in pairs:
            if not _GROUP.fullmatch(group) or not _VALUE.fullmatch(value):
                raise ValueError(f"{group}:{value} cannot be a facet")
        return sorted(f"{group}:{value}" for group, value in pairs)
