"""Changes of the decided text as Atom (RFC 4287)."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from programme.changes import Change
from search.comparison import ADDED, REMOVED

LENGTH = 50
SITE = "Livskvalitet Helsingborg"
# When the names below were first given, as RFC 4151 asks; it never changes.
NAMED_IN = "2026"
# An empty feed is as old as this; the moment of asking would change it each time.
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
# What XML 1.0 has no way to write.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feed(Atom1Feed):
    def latest_post_date(self):
        return super().latest_post_date() if self.items else BEGAN


def feed_of(changes: list[Change]) -> str:
    """The last changes, newest first."""
    page = settings.SITE_ADDRESS + reverse("programme:changes")
    feed = Feed(
        title=f"{SITE}: Ändringar i programtexten",
        link=page,
        description=None,
        language="sv",
        author_name=SITE,
        feed_url=settings.SITE_ADDRESS + reverse("programme:changes_feed"),
        feed_guid=_named("andringar"),
    )
    for change in changes[:LENGTH]:
        feed.add_item(
            title=_xml(f"{change.name}, programmet {change.edition.period}"),
            link=f"{page}#{change.key}",
            description=_xml(_in_words(change)),
            unique_id=_named(change.key),
            pubdate=change.moment,
            updateddate=change.moment,
        )
    return feed.writeString("utf-8")


def _in_words(change: Change) -> str:
    parts = [part for field in change.changes for part in field.inline]
    removed = [part.text.strip() for part in parts if part.kind == REMOVED]
    added = [part.text.strip() for part in parts if part.kind == ADDED]
    told = [
        f"{word}: {'; '.join(filter(None, some))}."
        for word, some in (("Borttaget", removed), ("Tillagt", added))
        if any(some)
    ]
    return " ".join([*told, f"Skäl: {change.reason}"] if change.reason else told)


def _named(name: str) -> str:
    """A name for good, whatever becomes of the address (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{NAMED_IN}:{name}"


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
