"""Which addresses are followed: those in the texts that are public now."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kunskapsbank.enums import Status
from kunskapsbank.links import TEXTS, WEEK, asked_of, clear, share_of
from kunskapsbank.models import Link, Version

AT_ONCE = 200  # texts
_READ = ["entry_id", "address", *TEXTS]


def follow_listed() -> None:
    """Follow every address of every listed text, and no other.

    A new one is asked some day of the coming week. Safe to run twice at once, and to
    break off: the next time goes on.
    """
    followed = Link.objects.followed().filter(entry=OuterRef("entry"))
    points_out = Q(address__startswith="http")
    for name in TEXTS:
        points_out |= Q(**{f"{name}__icontains": "http"})
    listed = Version.objects.listed()
    texts = listed.filter(points_out | Exists(followed)).only(*_READ).order_by("pk")
    for some in _parts(texts.iterator(chunk_size=AT_ONCE)):
        _follow(some)
    _let_go(Link.objects.followed().exclude(entry__in=listed.values("entry")))


def _parts(versions: Iterator[Version]) -> Iterator[list[Version]]:
    while some := list(islice(versions, AT_ONCE)):
        yield some


def _follow(versions: list[Version]) -> None:
    now = timezone.now()
    wanted = {
        (version.entry_id, url) for version in versions for url in asked_of(version)
    }
    known = Link.objects.filter(entry__in=[each.entry_id for each in versions])
    rows = {(link.entry_id, link.url): link for link in known}
    new = [
        Link(entry_id=entry, url=url, next_check_at=_first_time(url, now))
        for entry, url in sorted(wanted - rows.keys())
    ]
    Link.objects.bulk_create(new, ignore_conflicts=True)
    for place, link in rows.items():
        if place in wanted and link.next_check_at is None:
            unfollowed = Link.objects.filter(pk=link.pk, next_check_at=None)
            unfollowed.update(next_check_at=_first_time(link.url, now))
    # Those that nobody follows were let go already, and wait for what they stand in.
    left = [link.pk for place, link in rows.items() if place not in wanted]
    _let_go(Link.objects.followed().filter(pk__in=left))
    _remove_unused(Link.objects.filter(pk__in=left))


def _first_time(url: str, now: datetime) -> datetime:
    """Within a week, spread evenly."""
    return now + WEEK * share_of(url)


def _let_go(links) -> None:
    """Stop asking; a failure that nobody meets any longer is forgotten."""
    gone = list(links)
    for link in gone:
        clear(link)
        link.next_check_at = None
    fields = ["next_check_at", "failed_days", "failing_since", "last_failed_on"]
    fields += ["is_ignored", "ignored_by"]
    Link.objects.bulk_update(gone, fields, batch_size=AT_ONCE)


def _remove_unused(links) -> None:
    """Remove those that stand in no text at all but in history."""
    entries = set(links.values_list("entry_id", flat=True))
    if not entries:
        return
    texts = Version.objects.filter(entry__in=entries).exclude(status=Status.REPLACED)
    used = {(each.entry_id, url) for each in texts for url in asked_of(each)}
    unused = [each.pk for each in links if (each.entry_id, each.url) not in used]
    Link.objects.filter(pk__in=unused).delete()
