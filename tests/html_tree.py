"""A page as a tree, read by the house rule that every element is closed in writing.

Stricter than a browser, and much faster than a parser that forgives: what it cannot
read is a fault in the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
}  # fmt: skip


@dataclass(eq=False)
class Element:
    """What is asked of an element is kept: nothing is added once a page is read."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)
    line: int = 0

    def __repr__(self):
        marks = "".join(f' {name}="{self[name]}"' for name in self.attributes)
        return f"<{self.tag}{marks}> on line {self.line}"

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @cached_property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def ancestors(self) -> Iterator["Element"]:
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def walk(self) -> Iterator["Element"]:
        """The element's descendants, in the order of the text."""
        return iter(self._below)

    @cached_property
    def _below(self) -> list["Element"]:
        below = []
        for child in self.elements:
            below.append(child)
            below += child._below
        return below

    def all(self, *tags: str) -> list["Element"]:
        return [each for each in self._below if each.tag in tags]

    def inside(self, *tags: str) -> bool:
        return any(above.tag in tags for above in self.ancestors)

    @cached_property
    def text(self) -> str:
        """All text below, with runs of space as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield " "
            else:
                yield from child._texts()

    @cached_property
    def spoken(self) -> str:
        """The text without what is hidden from screen readers."""
        return " ".join("".join(self._spoken()).split())

    def _spoken(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child["aria-hidden"] != "true":
                yield child["alt"] or child["aria-label"]
                yield " " if child.tag == "br" else "".join(child._spoken())

    @property
    def name(self) -> str:
        """What a screen reader calls the element, as far as our pages need it."""
        if labelled_by := self["aria-labelledby"].split():
            by_id = self.root.by_id
            return " ".join(by_id[each].spoken for each in labelled_by if each in by_id)
        return self["aria-label"] or self.spoken

    @cached_property
    def root(self) -> "Element":
        return list(self.ancestors)[-1] if self.parent else self

    @cached_property
    def by_id(self) -> dict[str, "Element"]:
        """What is below it and has an id."""
        return {each["id"]: each for each in self._below if "id" in each}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element("#document")
        self.open = self.root
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        element = self._append(tag, attrs)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        element = self._append(tag, attrs)
        if tag not in VOID and not (tag == "svg" or element.inside("svg")):
            self.faults.append(f"{element} is closed in its own tag")

    def handle_endtag(self, tag):
        line = self.getpos()[0]
        if tag == self.open.tag:
            self.open = self.open.parent
            return
        self.faults.append(f"</{tag}> on line {line} closes {self.open}")
        for above in self.open.ancestors:
            if above.tag == tag:
                self.open = above.parent
                return

    def handle_data(self, data):
        self.open.children.append(data)

    def _append(self, tag, attrs):
        names = [name for name, _ in attrs]
        element = Element(
            tag,
            {name: value or "" for name, value in attrs},
            self.open,
            line=self.getpos()[0],
        )
        if len(set(names)) < len(names):
            self.faults.append(f"{element} has an attribute twice")
        self.open.children.append(element)
        return element


@lru_cache(maxsize=16)
def read(page: str) -> tuple[Element, list[str]]:
    """The tree of `page`, and what is wrong with its tags; often asked again."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if reader.open is not reader.root:
        reader.faults.append(f"{reader.open} is never closed")
    return reader.root, reader.faults
