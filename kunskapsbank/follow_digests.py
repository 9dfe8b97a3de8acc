"""News by mail to whoever follows a list: each day or week, one mail to an address.

The command queues the mail and moves `told_until` in one transaction, so that nothing
is told twice or missed wherever it is killed. The mail holds what is public when it is
sent: what is hidden before that is not told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts import mail
from kunskapsbank import workflow
from kunskapsbank.follow_mail import STOP, address_of, composed, of_same_address
from kunskapsbank.follow_mail import token_of as signed
from kunskapsbank.followed_lists import FollowedList, followed
from kunskapsbank.models import Subscription, Version
from kunskapsbank.querysets import SETTLES

# Of each list, in one mail; the list itself has the rest.
MAX_TOLD = 20
Window = tuple[int, str, str]  # the key of a subscription, from when, to when


@dataclass(frozen=True)
class News:
    """What is new in one list, for a mail."""

    words: str
    page: str
    stop: str
    new: list[Version]
    changed: list[Version]
    more: int

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + self.more


class Newest:
    """When the newest of each list was published, asked once for each list."""

    def __init__(self, *, since: datetime, until: datetime) -> None:
        self.since, self.until = since, until
        self._known: dict[str, datetime | None] = {}

    def has_news(self, subscription: Subscription) -> bool:
        newest = self._of(subscription.query)
        return newest is not None and newest > subscription.told_until

    def _of(self, query: str) -> datetime | None:
        if query not in self._known:
            found = followed(query).news(since=self.since, until=self.until)
            moments = found.values_list("published_at")
            self._known[query] = next((moment for (moment,) in moments[:1]), None)
        return self._known[query]


def queue_news(*, dry_run: bool = False) -> tuple[int, int]:
    """Queue a mail to each address that is due and has something new; gives how many
    addresses were due, and how many mails were queued or, with `dry_run`, would be."""
    now = timezone.now()
    due = Subscription.objects.due(now)
    oldest = due.order_by("told_until").values_list("told_until", flat=True).first()
    if oldest is None:
        return 0, 0
    newest = Newest(since=oldest, until=now - SETTLES)
    emails = list(due.order_by("email").values_list("email", flat=True).distinct())
    if dry_run:
        with_news = {each.email for each in due if newest.has_news(each)}
        return len(emails), len(with_news)
    return len(emails), sum(_queue_one(email, newest, now) for email in emails)


@transaction.atomic
def _queue_one(email: str, newest: Newest, now: datetime) -> bool:
    due = workflow.take_due(email, now=now)
    windows = [
        (each.pk, each.told_until.isoformat(), newest.until.isoformat())
        for each in due
        if newest.has_news(each)
    ]
    workflow.note_told(due, until=newest.until)
    if windows:
        send_news.enqueue(windows)
    return bool(windows)


@task()
def send_news(windows: list[Window], attempt: int = 0) -> None:
    """Tell of what was published within the windows, to whoever still follows; each
    contribution once."""
    parts = list(_parts(windows))
    if not parts:
        return
    key, _, until = windows[0]
    own = list(of_same_address([pk for pk, _, _ in windows]))
    message = composed(
        "follow_news",
        to=own[0].email,
        name=f"nytt-{key}-{until}".replace(":", "."),
        own=own,
        parts=parts,
        count=sum(part.count for part in parts),
        is_new=any(part.new for part in parts),
        is_changed=any(part.changed for part in parts),
    )
    mail.send(message, task=send_news, args=[windows], attempt=attempt)


def _parts(windows: list[Window]) -> Iterator[News]:
    confirmed = Subscription.objects.confirmed().in_bulk([pk for pk, _, _ in windows])
    told: set[int] = set()
    for pk, since, until in windows:
        if pk not in confirmed:
            continue
        followed_list = followed(confirmed[pk].query)
        since, until = map(datetime.fromisoformat, (since, until))
        found = followed_list.news(since=since, until=until)
        fresh = [version for version in found if version.pk not in told]
        told |= {version.pk for version in fresh}
        if fresh:
            yield _part(confirmed[pk], followed_list, fresh)


def _part(
    subscription: Subscription, followed_list: FollowedList, fresh: list[Version]
) -> News:
    shown = fresh[:MAX_TOLD]
    for version in shown:
        version.page = settings.SITE_ADDRESS + version.get_absolute_url()
    return News(
        words=followed_list.in_words(),
        page=followed_list.page,
        stop=address_of("stop_following", signed(STOP, [subscription])),
        new=[version for version in shown if not version.is_changed],
        changed=[version for version in shown if version.is_changed],
        more=len(fresh) - len(shown),
    )
