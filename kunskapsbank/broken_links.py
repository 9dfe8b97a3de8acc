"""Where readers, owners and moderators meet addresses that do not work."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef

from kunskapsbank.comparison import label_of
from kunskapsbank.links import Address, every_address_in
from kunskapsbank.models import Link, Version

# For `Exists` on versions: most have none, and are not asked for them.
BROKEN = Link.objects.broken().filter(entry=OuterRef("entry"))


@dataclass(frozen=True)
class BrokenLink:
    """An address that does not work, at one place in a text."""

    address: Address
    link: Link

    @property
    def is_source(self) -> bool:
        """Whether it is the page that the whole contribution is about."""
        return self.address.place == label_of("address")


@dataclass(frozen=True)
class Doubt:
    """An address for a moderator to look at, and every place where it stands."""

    version: Version
    link: Link
    addresses: list[Address]


def broken_in(version: Version) -> list[BrokenLink]:
    """What does not work, in the order that readers meet it."""
    return broken_in_each([version])[version.pk]


def broken_in_each(versions: Iterable[Version]) -> dict[int, list[BrokenLink]]:
    """The same for several texts, by key, in one query."""
    versions = list(versions)
    entries = {version.entry_id for version in versions}
    known: dict[int, dict[str, Link]] = {entry: {} for entry in entries}
    for link in Link.objects.broken().filter(entry__in=entries):
        known[link.entry_id][link.url] = link
    return {each.pk: _broken(each, known[each.entry_id]) for each in versions}


def _broken(version: Version, known: dict[str, Link]) -> list[BrokenLink]:
    if not known:
        return []
    places = dict.fromkeys(every_address_in(version))
    return [BrokenLink(each, known[each.url]) for each in places if each.url in known]


def doubts() -> list[Doubt]:
    """All that moderators should look at, what has failed the longest first; false
    alarms come last."""
    links = Link.objects.doubtful().select_related("ignored_by")
    listed = Version.objects.listed().select_related("entry")
    texts = {
        version.entry_id: version
        for version in listed.filter(entry__in=links.values("entry"))
    }
    found = [
        Doubt(texts[link.entry_id], link, _places(texts[link.entry_id], link))
        for link in links
        if link.entry_id in texts
    ]
    standing = [each for each in found if each.addresses]
    return sorted(standing, key=_urgency)


def _places(version: Version, link: Link) -> list[Address]:
    places = dict.fromkeys(every_address_in(version))
    return [each for each in places if each.url == link.url]


def _urgency(doubt: Doubt) -> tuple:
    since = doubt.link.failing_since
    return (
        doubt.link.is_ignored,
        since is None,
        since.timestamp() if since else 0,
        doubt.link.pk,
    )


def how_many() -> int:
    """How many wait for a moderator's eyes."""
    return sum(not doubt.link.is_ignored for doubt in doubts())
