"""A contribution's own page."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language_info
from django.views.generic import TemplateView

from kunskapsbank import belonging, facets, freshness
from kunskapsbank.broken_links import BROKEN, broken_in
from kunskapsbank.citing import Reference
from kunskapsbank.enums import Act, EntryState, PublicName
from kunskapsbank.models import Entry, ReviewEvent, Version, VersionAttachment
from kunskapsbank.views.collections import WITH_COLLECTIONS, collections_of
from programme import pdf
from programme.views.text import START
from search.sorting import sort_key

RELATED_LENGTH = 4
SECTIONS = [
    ("background", "Bakgrund"),
    ("implementation", "Så gick det till"),
    ("result", "Resultat"),
    ("lessons", "Lärdomar"),
]
LATER_EVENTS = ReviewEvent.objects.filter(
    entry=OuterRef("entry"), version_number=OuterRef("number")
).exclude(act__in=[Act.LOADED, Act.CONFIRMED])
# Whether nobody has touched a launch contribution's text since it was loaded; what
# becomes of a proposal to change it shows nowhere until it is published.
AS_LOADED = {"is_as_loaded": Q(entry__launch_key__isnull=False) & ~Exists(LATER_EVENTS)}
# Most have none, and are not asked for them.
FILES = VersionAttachment.objects.filter(version=OuterRef("pk"))
WITH_FILES = {"has_files": Exists(FILES)}
_IN_ORDER = ["första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde"] + [
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
]
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_IN_SWEDISH = f"{LICENCE}deed.sv"


@cache
def _whole():
    """Listed versions with all that the page of one asks; put together once, since
    that takes longer than to read one."""
    listed = Version.objects.listed().select_related("entry").with_ordinal()
    listed = listed.with_first_published()
    with_more = {**WITH_FILES, **WITH_COLLECTIONS, **AS_LOADED}
    return listed.annotate(**with_more, has_broken_links=Exists(BROKEN))


@cache
def _rows():
    return Version.objects.listed().for_list().prefetch_related(None)


class EntryDetail(TemplateView):
    template_name = "kunskapsbank/entry.html"

    def get(self, request, slug):
        version = _whole().filter(entry__slug=slug).first()
        if version is None:
            return elsewhere(request, slug)
        return self.render_to_response(self.get_context_data(version=version))

    def get_context_data(self, version, **kwargs):
        spread = facets.for_request(self.request)
        belongs = belonging.listed(version.pk, spread)
        tags = tags_of(version)
        related = related_to(version, tags, spread)
        return super().get_context_data(
            breadcrumbs=breadcrumbs(version),
            is_as_loaded=version.is_as_loaded,
            ordinal=in_order(version.ordinal),
            related=related,
            confirmed_on=freshness.confirmed_on(version),
            age=age(version),
            reference=reference_to(version).in_words(),
            pdf_available=pdf.is_available(),
            structured=structured(version, belongs.prioriteringar, tags),
            record_url=record_address(version.entry.number),
            is_listed=True,
            collection_list=collections_of(version),
            **text_context(version, belongs, tags)
            | {"facts": facts(version, linked=True)},
            **kwargs,
        )


def elsewhere(request, slug):
    """Answer for an address that shows nothing: a redirect from an earlier address, 410
    with the reason for what is hidden or withdrawn, or else 404."""
    called_so = Entry.objects.filter(Q(slug=slug) | Q(old_slugs__slug=slug))
    entry = called_so.exclude(slug=None).first()
    if entry is None:
        raise Http404
    if entry.state != EntryState.OPEN:
        return gone(request, entry.state_reason)
    if entry.slug == slug:
        raise Http404
    match = request.resolver_match
    arguments = {**match.kwargs, "slug": entry.slug}
    answer = redirect(reverse(match.view_name, kwargs=arguments), permanent=True)
    # The address may be given back, and a browser must not go in circles then.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def gone(request, reason):
    context = {"reason": reason, "section": "kunskapsbank"}
    return render(request, "410.html", context, status=410)


def text_context(version, belongs, tags=None):
    """What `kunskapsbank/text.html` needs, whatever became of the version."""
    broken = broken_in(version) if getattr(version, "has_broken_links", True) else []
    return {
        "section": "kunskapsbank",
        "version": version,
        "sections": sections(version),
        "source": source(version, broken),
        "broken_links": [each for each in broken if not each.is_source],
        "facts": facts(version),
        "attachments": attachments(version),
        "strands": by_viljeinriktning(belongs.prioriteringar),
        "earlier_ties": belongs.earlier,
        "viljeinriktning_list": facets.viljeinriktningar_of(belongs.prioriteringar),
        "tags": tags_of(version) if tags is None else tags,
    }


def attachments(version):
    has_files = getattr(version, "has_files", True)
    return version.attachments.select_related("file") if has_files else []


def tags_of(version):
    return sorted(version.tags.all().shown(), key=lambda tag: sort_key(tag.name))


def in_order(ordinal):
    """The version as people count: "tredje versionen"."""
    is_few = ordinal <= len(_IN_ORDER)
    return f"{_IN_ORDER[ordinal - 1]} versionen" if is_few else f"version {ordinal}"


def age(version):
    """What to say of a text that nobody has stood for in two years; else empty."""
    if freshness.is_confirmed(version, on=localdate()):
        return ""
    year = freshness.vouched_on(version).year
    if freshness.confirmed_on(version):
        return f"Texten bekräftades senast {year}. Det kan ha ändrats sedan dess."
    if version.is_as_loaded:
        return (
            f"Texten handlar om något från {year}. Ingen har bekräftat att det "
            "fortfarande stämmer."
        )
    return f"Texten är från {year} och har inte bekräftats sedan dess."


def related_to(version, tags, spread):
    """The nearest versions; the organisations of all are fetched in one query."""
    tag_pks = [tag.pk for tag in tags]
    pks = spread.related(version.pk, tag_pks, RELATED_LENGTH)
    related = _rows().in_order_of(pks)
    prefetch_related_objects([version, *related], "organisations")
    return related


def breadcrumbs(version):
    kunskapsbanken = {
        "title": "Kunskapsbanken",
        "url": reverse("kunskapsbank:entry_list"),
    }
    return [START, kunskapsbanken, {"title": version.title}]


def sections(version):
    """Pairs of heading and text; a contribution may have none at all."""
    return [
        (heading, text)
        for name, heading in SECTIONS
        if (text := getattr(version, name))
    ]


def facts(version, *, linked=False):
    """`linked` where the organisations have pages: of a listed contribution."""
    return [
        organisations_of(version, linked=linked),
        {"term": "År", "text": version.period},
        {"term": "Plats", "text": version.place},
        {"term": "Hur det gick", "text": version.get_outcome_display()},
        {"term": "Nummer", "text": version.entry.number},
        {"term": "Licens", "text": "CC BY 4.0", "url": LICENCE_IN_SWEDISH},
    ]


def organisations_of(version, *, linked):
    organisations = version.organisations.all()
    term = "Organisationer" if len(organisations) > 1 else "Organisation"
    if not linked:
        return {"term": term, "text": ", ".join(each.name for each in organisations)}
    links = [
        {"text": each.name, "url": each.get_absolute_url()} for each in organisations
    ]
    return {"term": term, "links": links}


def source(version, broken=()):
    """The page that the contribution points to; None when it points to none.

    When it does not work readers get what it was, so that they can find it anyway.
    """
    parts = urlsplit(version.address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    since = next((each.link.failing_since for each in broken if each.is_source), None)
    return {
        "url": version.address,
        "host": parts.hostname.removeprefix("www."),
        "code": version.address_language,
        "language": language_name(version.address_language),
        "broken_since": since,
        "citation": citation(version) if since else "",
    }


def citation(version):
    """What the page was, in words: title, organisations and years."""
    organisations = [each.name for each in version.organisations.all()]
    parts = [f"”{version.title}”", ", ".join(organisations), version.period]
    return ", ".join(part for part in parts if part)


def language_name(code):
    """The language's Swedish name, empty for Swedish itself."""
    if code == "sv":
        return ""
    try:
        return get_language_info(code)["name_translated"].lower()
    except KeyError:
        return code


def by_viljeinriktning(prioriteringar):
    """Pairs of viljeinriktning and its prioriteringar, in the programme's order."""
    strands = {}
    for prioritering in prioriteringar:
        strand = prioritering.fokusomrade.viljeinriktning
        strands.setdefault(strand, []).append(prioritering)
    return list(strands.items())


def reference_to(version):
    """A reference to the very text, at the address that it has for good; `version` is
    read `with_ordinal`."""
    arguments = [version.entry.slug, version.ordinal]
    address = reverse("kunskapsbank:entry_version", args=arguments)
    author = named(version)
    return Reference(
        author=version.byline,
        is_person=author is not None and author["@type"] == "Person",
        title=version.title,
        number=version.entry.number,
        ordinal=version.ordinal,
        version=in_order(version.ordinal),
        published=localtime(version.published_at).date(),
        read=localdate(),
        address=settings.SITE_ADDRESS + address,
    )


def structured(version, prioriteringar, tags):
    """The contribution as a schema.org CreativeWork, named as in the open data."""
    number = version.entry.number
    data = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": settings.SITE_ADDRESS + reverse("identified_entry", args=[number]),
        "name": version.title,
        "abstract": version.summary,
        "identifier": number,
        "url": full_address(version),
        "inLanguage": "sv",
        "datePublished": localtime(version.first_published).date().isoformat(),
        "dateModified": localtime(version.published_at).date().isoformat(),
        "author": named(version),
        "license": LICENCE,
        "isPartOf": {
            "@type": "Collection",
            "name": "Kunskapsbanken",
            "url": settings.SITE_ADDRESS + reverse("kunskapsbank:entry_list"),
        },
        "about": [
            {"@type": "Thing", "name": str(each), "url": full_address(each)}
            for each in prioriteringar
        ],
        "keywords": [tag.name for tag in tags],
        "isBasedOn": version.address,
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/json",
            "contentUrl": record_address(number),
        },
    }
    return {name: value for name, value in data.items() if value}


def named(version):
    """Who a text is by, if they chose to be named; None of others."""
    if not version.byline:
        return None
    first = version
    while first.public_name == PublicName.NONE and first.based_on:
        first = first.based_on  # whose name a change without one keeps
    is_person = first.public_name == PublicName.NAME
    kind = "Person" if is_person else "Organization"
    return {"@type": kind, "name": version.byline}


def record_address(number):
    """Where the contribution is as data."""
    return settings.SITE_ADDRESS + reverse("api:contribution", args=[number])


def full_address(page):
    return settings.SITE_ADDRESS + page.get_absolute_url()
