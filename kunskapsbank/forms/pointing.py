"""Contributions that somebody points at: by number, such as B-12, or by address."""

import re
from urllib.parse import urlsplit

from django.db.models import Q

from kunskapsbank.models import Version
from kunskapsbank.querysets import VersionQuerySet

NUMBER = re.compile(r"(?:b-?)?(\d{1,15})", re.IGNORECASE)


def pointed_at(words: str) -> VersionQuerySet | None:
    """The listed text of the contribution; None when the words are neither number nor
    address."""
    listed = Version.objects.listed().select_related("entry")
    if number := NUMBER.fullmatch(words):
        return listed.filter(entry=int(number[1]))
    parts = [part for part in urlsplit(words).path.split("/") if part]
    if "kunskapsbank" in parts[:-1]:
        slug = parts[parts.index("kunskapsbank") + 1]
        by_slug = Q(entry__slug=slug) | Q(entry__old_slugs__slug=slug)
        return listed.filter(by_slug).distinct()
    return None
