"""Which addresses a text points to, what they answered when last asked, and since when
they fail.

Addresses are asked by tasks only: a page never waits for another server. Each host is
asked one address at a time, with a pause between, whoever wants to know.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from django_tasks import task

from accounts.tasks import begun_at_most
from kunskapsbank import asking, markdown
from kunskapsbank.comparison import label_of
from kunskapsbank.enums import LinkState
from kunskapsbank.models import Link, Version
from search import generation

TEXTS = ("background", "implementation", "result", "lessons")
MOST = 50  # addresses of one text that are asked
PAUSE = 3  # seconds between two questions to one host
WEEK = timedelta(days=7)
# Less than a day, so that what fails is due again at the same time tomorrow.
SOON = timedelta(hours=20)
# Who has asked for an address has it to themselves so long.
CLAIM_LASTS = timedelta(hours=1)
# Our own line works if anybody has answered within so long.
ONLINE_WITHIN = timedelta(hours=12)
MOST_PER_HOST = 200  # addresses in one run
MOST_PER_RUN = 5000
# After mail and all else that waits.
_LAST = -50
_FAILURES = {LinkState.MISSING, LinkState.FAILING, LinkState.SILENT}


# -- What a text points to


@dataclass(frozen=True)
class Address:
    """An address in a text: the field it stands in, and the link's own words."""

    url: str
    place: str
    label: str


def addresses_in(version: Version) -> list[Address]:
    """Every web address of the text, each once, in the order that readers meet them."""
    found: dict[str, Address] = {}
    for address in every_address_in(version):
        found.setdefault(address.url, address)
    return list(found.values())


def every_address_in(version: Version) -> Iterator[Address]:
    """Every place where the text points to the web; an address may be there twice."""
    for address in _all_addresses(version):
        if address.url.startswith(("https://", "http://")):
            yield address


def _all_addresses(version: Version) -> Iterator[Address]:
    if version.address:
        yield Address(version.address, label_of("address"), "")
    for name in TEXTS:
        for url, label in markdown.links(getattr(version, name)):
            yield Address(url, label_of(name), label)


def asked_of(version: Version) -> list[str]:
    """The addresses of the text that are asked."""
    urls = [address.url for address in addresses_in(version)]
    return [url for url in urls if len(url) <= asking.MAX_ADDRESS][:MOST]


def last_answers(version: Version) -> list[tuple[Address, Link]]:
    """Each address with what is known of it; one that was never asked is unsaved."""
    known = {link.url: link for link in Link.objects.filter(entry=version.entry_id)}
    return [
        (
            address,
            known.get(address.url) or Link(entry_id=version.entry_id, url=address.url),
        )
        for address in addresses_in(version)
    ]


# -- Asking


@task()
def check_links(version_pk: int) -> None:
    """Have every address of a text asked, as soon as each host may be asked."""
    version = Version.objects.get(pk=version_pk)
    urls = asked_of(version)
    now = timezone.now()
    Link.objects.bulk_create(
        [Link(entry_id=version.entry_id, url=url) for url in urls],
        ignore_conflicts=True,
    )
    links = Link.objects.filter(entry=version.entry_id, url__in=urls)
    links.update(next_check_at=now)
    for groups in by_host(links.order_by("pk").values_list("pk", "url")).values():
        check_in_turn.enqueue(groups)


def queue_due() -> int:
    """Queue a question to every address that is due, within the limits of a run; gives
    how many. One that is queued twice is asked once."""
    due = Link.objects.due(timezone.now())[:MOST_PER_RUN]
    hosts = by_host(due.values_list("pk", "url"))
    asked = [groups[:MOST_PER_HOST] for groups in hosts.values()]
    for groups in asked:
        check_in_turn.using(priority=_LAST).enqueue(groups)
    return sum(len(groups) for groups in asked)


def by_host(rows: Iterable[tuple[int, str]]) -> dict[str, list[list[int]]]:
    """For each host its addresses in the order given, each as the rows that hold it."""
    hosts: dict[str, dict[str, list[int]]] = {}
    for pk, url in rows:
        hosts.setdefault(_host(url), {}).setdefault(url, []).append(pk)
    return {host: list(of_host.values()) for host, of_host in hosts.items()}


@task()
@begun_at_most(2)  # all that is due is asked again tomorrow
def check_in_turn(groups: list[list[int]]) -> None:
    """Ask the first of a host's addresses that is still due, and queue the rest.

    One question at a time, so that a server that hangs holds up the worker no longer
    than `asking.SECONDS`, and a worker that is killed loses no more than one.
    """
    groups = _still_due(groups)
    if not groups:
        return
    url = Link.objects.values_list("url", flat=True).get(pk=groups[0][0])
    if not _takes_turn(url):
        _queue_later(groups)
        return
    later = _ask_for(_claimed(groups[0]))
    if later is None:
        _queue_later(groups[1:])
    else:
        due = [pk for group in groups[1:] for pk in group]
        Link.objects.filter(pk__in=due).update(next_check_at=timezone.now() + later)


def _still_due(groups: list[list[int]]) -> list[list[int]]:
    pks = [pk for group in groups for pk in group]
    due = Link.objects.filter(pk__in=pks, next_check_at__lte=timezone.now())
    there = set(due.values_list("pk", flat=True))
    left = [[pk for pk in group if pk in there] for group in groups]
    return [group for group in left if group]


def _takes_turn(url: str) -> bool:
    """Whether the host may be asked now; nobody else may until we are done with it."""
    wait = asking.SECONDS + PAUSE
    return cache.add(_turn_of(url), True, wait)


def _turn_of(url: str) -> str:
    return f"link-check-{sha256(_host(url).encode()).hexdigest()}"


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return host.rstrip(".").removeprefix("www.")


def _claimed(pks: list[int]) -> list[Link]:
    """The rows that nobody else has taken on meanwhile, now ours."""
    now = timezone.now()
    until = now + CLAIM_LASTS
    ours = [
        pk
        for pk in pks
        if Link.objects.filter(pk=pk, next_check_at__lte=now).update(
            next_check_at=until
        )
    ]
    return list(Link.objects.filter(pk__in=ours).order_by("pk"))


def _ask_for(links: list[Link]) -> timedelta | None:
    """Ask the address that all of them hold; gives how long its host wants to be left
    alone, None if it does not mind."""
    if not links:
        return None
    first = links[0]
    answer = asking.ask(first.url, etag=first.etag, last_modified=first.last_modified)
    for link in links:
        note(link.entry_id, link.url, answer)
    cache.set(_turn_of(first.url), True, PAUSE)
    return _left_alone(answer) if answer.is_put_off else None


def _left_alone(answer: asking.Answer) -> timedelta:
    return max(answer.later or SOON, timedelta(hours=1))


def _queue_later(groups: list[list[int]]) -> None:
    if groups:
        after = timezone.now() + timedelta(seconds=PAUSE)
        check_in_turn.using(priority=_LAST, run_after=after).enqueue(groups)


# -- What was answered


@transaction.atomic
def note(entry_id: int, url: str, answer: asking.Answer) -> Link:
    """Keep what an address answered now.

    Readers' pages are made anew only when what they say of the link is another.
    """
    Link.objects.get_or_create(entry_id=entry_id, url=url)
    link = Link.objects.select_for_update().get(entry_id=entry_id, url=url)
    shown = link.broken_since
    now = timezone.now()
    link.next_check_at = now + _until_next(url)
    link.checked_at = now
    if answer.is_put_off and link.failed_days:
        link.next_check_at = now + _left_alone(answer)
    else:
        _keep(link, answer, now)
    link.save()
    if link.broken_since != shown:
        tell_readers(link)
    return link


def tell_readers(link: Link) -> None:
    """Have pages made anew, in the transaction that changed what they say of it."""
    listed = Version.objects.listed().filter(entry=link.entry_id).first()
    if listed and any(each.url == link.url for each in addresses_in(listed)):
        generation.touch()


def _keep(link: Link, answer: asking.Answer, now: datetime) -> None:
    link.state = LinkState(answer.state)
    link.status_code = answer.status
    link.etag, link.last_modified = answer.etag, answer.last_modified
    if answer.is_put_off:
        link.next_check_at = now + _left_alone(answer)
    elif link.state in _FAILURES:
        link.next_check_at = now + SOON
        if link.state != LinkState.SILENT or _is_online(link, now):
            _count_failure(link, now)
    elif link.state != LinkState.FORBIDDEN:
        clear(link)


def _is_online(link: Link, now: datetime) -> bool:
    """Whether somebody else has answered of late: when nobody does, it is our own line
    that is broken, and no link may be blamed for it."""
    answered = Link.objects.exclude(url=link.url).exclude(status_code=None)
    return answered.filter(checked_at__gte=now - ONLINE_WITHIN).exists()


def _count_failure(link: Link, now: datetime) -> None:
    today = localdate(now)
    link.failing_since = link.failing_since or now
    if link.last_failed_on != today:
        link.failed_days += 1
        link.last_failed_on = today


def clear(link: Link) -> None:
    """It works: forget every failure, and that a moderator saw a false alarm, since
    that was about these failures and not about the next."""
    link.failed_days = 0
    link.failing_since = link.last_failed_on = None
    link.is_ignored, link.ignored_by = False, None


def _until_next(url: str) -> timedelta:
    """Six to seven days, the same for an address each time, so that those that began
    on one day drift apart."""
    return WEEK - timedelta(days=1) * share_of(url)


def share_of(url: str) -> float:
    """From 0 up to 1, spread evenly over addresses."""
    return int(sha256(url.encode()).hexdigest()[:8], 16) / 2**32
