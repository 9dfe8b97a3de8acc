"""What the public pages are called, by their addresses."""

from collections.abc import Collection, Iterator

from livskvalitet.sitemaps import (
    SITEMAPS,
    Contributions,
    ProgrammePages,
    SitePages,
    Subjects,
)
from livskvalitet.views.pages import site_map
from programme import taxonomy
from search.models import IndexedDocument

# Their pages are as many as the texts, and have their titles in the search index.
_IN_INDEX = (Contributions, ProgrammePages)


def titles(paths: Collection[str]) -> dict[str, str]:
    """Those of the paths that anybody may read now, each with its title, or with the
    path itself where the page has none of its own."""
    if not paths:
        return {}
    found = {path: path for path in SitePages().items()}
    found["/"] = "Startsidan"
    found |= dict(_in_site_map(site_map()))
    indexed = IndexedDocument.objects.filter(address__in=paths)
    found |= dict(indexed.values_list("address", "title"))
    for each in taxonomy.current().prioriteringar:
        found[each.get_absolute_url()] = f"{each.number} {each.text}"
    if not found.keys() >= set(paths):
        found = dict(_listed()) | found
    return {path: found[path] for path in paths if path in found}


def _in_site_map(nodes) -> Iterator[tuple[str, str]]:
    for node in nodes:
        yield node["url"], node["title"]
        yield from _in_site_map(node["children"])


def _listed() -> Iterator[tuple[str, str]]:
    for kind in SITEMAPS.values():
        if kind not in (*_IN_INDEX, SitePages):
            pages, name = kind(), "Ämnet {}" if kind is Subjects else "{}"
            for page in pages.items():
                yield pages.location(page), name.format(page)
