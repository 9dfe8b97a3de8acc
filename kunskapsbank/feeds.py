"""Contributions as Atom (RFC 4287), the same lists that can be followed by mail."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from kunskapsbank import facets
from kunskapsbank.enums import Kind
from kunskapsbank.followed_lists import FollowedList, feed_address
from kunskapsbank.models import Version

LENGTH = 50
SITE = "Livskvalitet Helsingborg"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = "CC BY 4.0"
# When the names below were first given. RFC 4151 asks for a day on which the domain was
# ours; it never changes, or every reader would see everything as new.
NAMED_IN = "2026"
# An empty feed is as old as this; the moment of asking would change it each time.
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# What XML 1.0 has no way to write, half characters included.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    """Summaries as plain text, a label on each category, and the licence as a link."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGAN

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        super().add_item_elements(handler, item | {"description": None})
        if item["description"]:
            handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENCE})
        for category in item["subjects"]:
            handler.addQuickElement("category", "", category)


def feed_of(followed_list: FollowedList, spread: facets.Facets) -> str:
    """The newest of a list, the last published first."""
    query = followed_list.query
    feed = Feed(
        title=_xml(f"{SITE}: {followed_list.in_words()}"),
        link=followed_list.page,
        description=None,
        subtitle="Nya och ändrade bidrag i kunskapsbanken",
        language="sv",
        author_name=SITE,
        feed_url=settings.SITE_ADDRESS + feed_address(query),
        feed_guid=_named(f"kunskapsbanken?{query}" if query else "kunskapsbanken"),
        feed_copyright=RIGHTS,
    )
    for version in _newest(followed_list):
        feed.add_item(**_item(version, spread))
    return feed.writeString("utf-8")


def _newest(followed_list: FollowedList) -> QuerySet[Version]:
    texts = Version.objects.filter(entry=OuterRef("entry"), published_at__isnull=False)
    first = texts.order_by("published_at").values("published_at")[:1]
    found = followed_list.versions().prefetch_related("tags")
    return found.annotate(first_published_at=Subquery(first))[:LENGTH]


def _item(version: Version, spread: facets.Facets) -> dict:
    return {
        "title": _xml(version.title),
        "link": settings.SITE_ADDRESS + version.get_absolute_url(),
        "description": _xml(version.summary),
        "unique_id": _named(version.entry.number),
        "pubdate": version.first_published_at,
        "updateddate": version.published_at,
        "author_name": _xml(version.byline) or None,
        "item_copyright": RIGHTS,
        "subjects": list(_subjects(version, spread)),
    }


def _subjects(version: Version, spread: facets.Facets) -> Iterable[dict[str, str]]:
    yield _category("typ", version.kind, Kind(version.kind).label)
    for prioritering in spread.prioriteringar.get(version.pk, ()):
        yield _category("prioritering", prioritering.slug, str(prioritering))
    for tag in version.tags.all():
        if not tag.is_forbidden:
            yield _category("amne", tag.slug, tag.name)


def _category(scheme: str, term: str, label: str) -> dict[str, str]:
    return {
        "scheme": f"{settings.SITE_ADDRESS}/kunskapsbank/#{scheme}",
        "term": term,
        "label": _xml(label),
    }


def _named(name: str) -> str:
    """A name for good, whatever becomes of the address and the text (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{NAMED_IN}:{name}"


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
