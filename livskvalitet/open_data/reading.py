"""Which rows are open data, read in few queries, and made into records."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localtime

from kunskapsbank import facets
from kunskapsbank.enums import Kind, Scan
from kunskapsbank.facets import Facets
from kunskapsbank.findable import shown_tags
from kunskapsbank.models import (
    Link,
    Organisation,
    Tag,
    Version,
    VersionAttachment,
)
from kunskapsbank.querysets import VersionQuerySet
from livskvalitet.open_data.identity import (
    CC0,
    CC_BY,
    absolute,
    of_entry,
    of_link,
    of_page,
)
from livskvalitet.open_data.programme_records import prioritering_reference
from livskvalitet.open_data.records import (
    Attachment,
    Contribution,
    EarlierVersion,
    LinkRecord,
    OrganisationRecord,
    OrganisationReference,
    Reference,
    SubjectRecord,
)
from search.sorting import sort_key

# Rows read at a time where all of them are wanted, so that memory stays the same.
CHUNK = 500


def with_ties(versions: VersionQuerySet) -> VersionQuerySet:
    """With all that a record of each says, in four more queries."""
    files = VersionAttachment.objects.select_related("file").order_by("position", "pk")
    return (
        versions.select_related("entry")
        .with_first_published()
        .prefetch_related("organisations", "tags", Prefetch("attachments", files))
    )


def all_contributions() -> Iterator[Contribution]:
    """Every listed contribution by number, some at a time."""
    spread = facets.current()
    versions = with_ties(Version.objects.listed()).order_by("entry_id")
    last = 0
    while chunk := list(versions.filter(entry_id__gt=last)[:CHUNK]):
        yield from (contribution(version, spread) for version in chunk)
        last = chunk[-1].entry_id


def contributions_of(pks: list[int], spread: Facets) -> list[Contribution]:
    """The records of the listed versions with these keys, in the same order."""
    versions = with_ties(Version.objects.listed()).in_order_of(pks)
    return [contribution(version, spread) for version in versions]


def contribution(version: Version, spread: Facets) -> Contribution:
    """The record of a listed version that `with_ties` has read."""
    return Contribution(**contribution_fields(version, spread))


def contribution_fields(version: Version, spread: Facets) -> dict[str, object]:
    number = version.entry.number
    return {
        **_texts_of(version),
        "id": of_entry(number),
        "number": number,
        "page": of_page(version),
        "record": absolute(reverse("api:contribution", args=[number])),
        "organisations": [
            organisation_reference(each) for each in version.organisations.all()
        ],
        "prioriteringar": [
            prioritering_reference(each)
            for each in spread.prioriteringar.get(version.pk, ())
        ],
        "subjects": [
            Reference(id=of_page(tag), title=tag.name) for tag in shown_tags(version)
        ],
        "attachments": [_attachment(each) for each in _served(version)],
        "published": localtime(version.first_published),
        "changed": localtime(version.published_at),
        "confirmed": version.entry.confirmed_on,
        "licence": CC_BY,
        "attribution": f"{version.byline or 'Redaktionen'}, Livskvalitet Helsingborg",
    }


def _texts_of(version):
    return {
        "kind": slugify(Kind(version.kind).label),
        "title": version.title,
        "summary": version.summary,
        "background": version.background,
        "implementation": version.implementation,
        "result": version.result,
        "lessons": version.lessons,
        "outcome": version.get_outcome_display(),
        "period_start": version.period_start,
        "period_end": version.period_end,
        "place": version.place,
        "source": version.address,
        "source_language": version.address_language if version.address else "",
        "byline": version.byline,
        "version": version.number,
    }


def organisation_reference(organisation: Organisation) -> OrganisationReference:
    return OrganisationReference(
        id=of_page(organisation),
        name=organisation.name,
        kind=organisation.get_kind_display(),
    )


def _served(version):
    """The files that readers get; one that waits for the virus scanner is not."""
    return [
        each
        for each in version.attachments.all()
        if each.file.scan not in {Scan.INFECTED, Scan.WAITING}
    ]


def _attachment(each):
    return Attachment(
        url=absolute(each.get_absolute_url()),
        name=each.name,
        media_type=each.file.content_type,
        bytes=each.file.size,
        description=each.alt,
        language="" if each.file.is_image else each.language,
    )


def versions_of(version: Version) -> list[EarlierVersion]:
    """All texts of the entry that anybody may read, the newest first."""
    texts = Version.objects.visible_to(AnonymousUser()).filter(entry=version.entry)
    slug = version.entry.slug
    return [
        EarlierVersion(
            number=each.number,
            title=each.title,
            published=localtime(each.published_at),
            page=absolute(
                reverse("kunskapsbank:entry_version", args=[slug, each.number])
            ),
        )
        for each in texts.order_by("-number")
    ]


def links() -> QuerySet[Link]:
    """The addresses that listed contributions point to."""
    shown = Version.objects.listed().values("entry")
    followed = Link.objects.followed().filter(entry__in=shown)
    return followed.select_related("entry").order_by("pk")


def titles_of(rows: Iterable[Link]) -> dict[int, str]:
    """The title of the listed text, by the key of each link's entry."""
    entries = {link.entry_id for link in rows}
    shown = Version.objects.listed().filter(entry__in=entries)
    return dict(shown.values_list("entry_id", "title"))


def all_links() -> Iterator[LinkRecord]:
    """Every link, some at a time."""
    last = 0
    while chunk := list(links().filter(pk__gt=last)[:CHUNK]):
        yield from link_records(chunk)
        last = chunk[-1].pk


def link_records(rows: list[Link]) -> list[LinkRecord]:
    titles = titles_of(rows)
    # One that was withdrawn between the two readings is left out.
    return [
        link_record(link, titles[link.entry_id])
        for link in rows
        if link.entry_id in titles
    ]


def link_record(link: Link, title: str) -> LinkRecord:
    return LinkRecord(
        id=of_link(link),
        url=link.url,
        contribution=Reference(id=of_entry(link.entry.number), title=title),
        state=link.get_state_display(),
        status_code=link.status_code,
        checked=link.checked_at and localtime(link.checked_at),
        failing_since=link.failing_since and localtime(link.failing_since),
        licence=CC0,
    )


def subjects() -> list[SubjectRecord]:
    """The subjects of listed contributions, in Swedish order."""
    shown = Q(tagged_versions__content_object__in=Version.objects.listed().values("pk"))
    tags = Tag.objects.exclude(is_forbidden=True).annotate(
        uses=Count("tagged_versions", filter=shown)
    )
    return [
        SubjectRecord(
            id=of_page(tag),
            slug=tag.slug,
            name=tag.name,
            contributions=tag.uses,
            licence=CC0,
        )
        for tag in sorted(tags.filter(uses__gt=0), key=lambda tag: sort_key(tag.name))
    ]


def organisations() -> list[OrganisationRecord]:
    """The organisations of listed contributions, in Swedish order."""
    shown = Q(versions__in=Version.objects.listed().values("pk"))
    found = Organisation.objects.annotate(uses=Count("versions", filter=shown))
    return [
        OrganisationRecord(
            id=of_page(each),
            slug=each.slug,
            name=each.name,
            kind=each.get_kind_display(),
            contributions=each.uses,
            licence=CC0,
        )
        for each in found.filter(uses__gt=0).order_by("sort_key")
    ]
