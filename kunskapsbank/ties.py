"""What the facets are read from: the listed versions and what they are tied to."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from django.utils.text import slugify

from kunskapsbank.enums import Scan
from kunskapsbank.models import (
    Organisation,
    Tag,
    TaggedVersion,
    Version,
    VersionAttachment,
)
from kunskapsbank.querysets import VersionQuerySet

Key = tuple[str, int | str]


class Row(NamedTuple):
    pk: int
    entry_id: int
    kind: str
    place: str
    period_start: int | None
    period_end: int | None


class Name(NamedTuple):
    """A facet value as addresses have it and as people know it, and its key; and all
    the ways that texts spell it, of what is no row."""

    value: str
    label: str
    key: Key
    spelt: tuple[str, ...] = ()


def rows(listed: VersionQuerySet) -> list[Row]:
    """The versions, newest first."""
    return [Row(*row) for row in listed.newest_first().values_list(*Row._fields)]


def keys_of(row: Row) -> Iterator[Key]:
    """The facet values that a version has in its own row."""
    yield "typ", row.kind
    if place := slugify(row.place):
        yield "plats", place
    for year in years(row.period_start, row.period_end):
        yield "period", year


def years(first: int | None, last: int | None) -> Iterable[int]:
    """Those that a period has something of; one year when it has but one end."""
    if not (first and last):
        return filter(None, [first, last])
    return range(first, last + 1)


def prioriteringar(listed: VersionQuerySet) -> Iterable[tuple[int, int]]:
    """Pairs of version and prioritering."""
    hung = Version.prioriteringar.through.objects.filter(
        version__in=listed.values("pk")
    )
    return hung.values_list("version_id", "prioritering_id")


def others(listed: VersionQuerySet) -> Iterator[tuple[Key, int]]:
    """Pairs of facet value and version: subjects, organisations and files."""
    tagged = TaggedVersion.objects.filter(content_object__in=listed.values("pk"))
    shown = tagged.filter(tag__is_forbidden=False)
    for tag, version in shown.values_list("tag_id", "content_object_id"):
        yield ("amne", tag), version
    made = Version.organisations.through.objects.filter(version__in=listed.values("pk"))
    for organisation, kind, version in made.values_list(
        "organisation_id", "organisation__kind", "version_id"
    ):
        yield ("org", organisation), version
        yield ("orgtyp", kind), version
    files = VersionAttachment.objects.filter(version__in=listed.values("pk"))
    served = files.exclude(file__scan=Scan.INFECTED)
    for version in served.values_list("version_id", flat=True):
        yield ("fil", "ja"), version


def names(held: Container[Key], rows: Iterable[Row]) -> dict[str, list[Name]]:
    """What the subjects, organisations and places that are `held` are called."""
    tags = Tag.objects.shown().values_list("pk", "slug", "name")
    organisations = Organisation.objects.values_list("pk", "slug", "name")
    return {
        "amne": list(_named("amne", tags, held)),
        "org": list(_named("org", organisations, held)),
        "plats": _places(rows),
    }


def _named(facet, found, held):
    for pk, slug, name in found:
        if (facet, pk) in held:
            yield Name(slug, name, (facet, pk))


def _places(rows):
    """Each place as the newest contribution has it."""
    spelt: dict[str, dict[str, None]] = {}
    for row in rows:
        if slug := slugify(row.place):
            spelt.setdefault(slug, {})[row.place] = None
    return [
        Name(slug, next(iter(spelt[slug])).strip(), ("plats", slug), tuple(spelt[slug]))
        for slug in spelt
    ]
