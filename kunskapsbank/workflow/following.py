"""Who follows a list by mail: asked for, confirmed, told of news, changed and erased.

Nobody needs an account. Whoever has a signed address from one of our mails acts for the
mail's reader; nothing is ever said of whether an address is known.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from kunskapsbank import follow_mail
from kunskapsbank.enums import Frequency
from kunskapsbank.exceptions import TooManyFollowers
from kunskapsbank.models import Subscription

# How often anybody may ask, counted in the database (trust 2.4.1).
MAX_PER_HOUR_AND_NETWORK = 30
MAX_PER_HOUR = 200
# To one address, which may be somebody else's.
MAX_MAILS_PER_DAY = 3
MAX_LISTS = 50
# Asked twice within it, as by a double click, one mail is sent.
ASKED_ONCE = timedelta(minutes=10)
NETWORK_KEPT = timedelta(days=1)


def follow(email: str, *, query: str, frequency: Frequency, network: str = "") -> None:
    """Ask the address by mail whether it wants to be told of a list.

    `query` is the list's own, without order and page. What is followed already stays
    as it is, and its address gets the way to change it. The same happens for the one
    who asks, whatever is known of the address. Raises TooManyFollowers.
    """
    _check_room(network)
    email = normalised(email)
    with transaction.atomic():
        of_address = Subscription.objects.filter(email=email)
        if not _may_be_written_to(of_address, query):
            return
        found, is_new = Subscription.objects.get_or_create(
            email=email, query=query, defaults={"frequency": frequency}
        )
        found = Subscription.objects.select_for_update().get(pk=found.pk)
        if found.confirmed_at is None:
            found.frequency = frequency
        if is_new or found.asked == 0 or not _is_recent(found, ASKED_ONCE):
            _ask(found, network)
        found.save(update_fields=["frequency", "asked", "asked_at", "network"])


@transaction.atomic
def confirm_following(subscription: Subscription) -> Subscription | None:
    """Say that the address is theirs who asked; None when it is erased meanwhile."""
    found = _locked([subscription.pk]).first()
    if found and found.confirmed_at is None:
        found.confirmed_at = timezone.now()
        found.save(update_fields=["confirmed_at"])
    return found


@transaction.atomic
def change_frequency(
    subscription: Subscription, frequency: Frequency
) -> Subscription | None:
    """Be told more or less often; None when it is erased meanwhile."""
    found = _locked([subscription.pk]).first()
    if found:
        found.frequency = frequency
        found.save(update_fields=["frequency"])
    return found


@transaction.atomic
def stop_following(pks: Iterable[int]) -> int:
    """Erase at once; gives how many there were."""
    return _locked(pks).delete()[0]


def take_due(email: str, *, now: datetime) -> list[Subscription]:
    """Those of the address that are due, locked until the caller's transaction ends;
    none when another run has told them meanwhile."""
    due = Subscription.objects.due(now).filter(email=email)
    return list(due.select_for_update().order_by("pk"))


def note_told(subscriptions: Iterable[Subscription], *, until: datetime) -> None:
    """That all published up to `until` has been told, or been nothing to tell of; in
    the transaction that queues the mail."""
    for each in subscriptions:
        each.told_until = max(each.told_until, until)
        each.save(update_fields=["told_until"])


@transaction.atomic
def sweep_followers() -> int:
    """Erase what was never confirmed within the week that its link holds, and forget
    the networks of all that were asked for a day ago; gives how many were erased."""
    now = timezone.now()
    unconfirmed = Subscription.objects.filter(
        confirmed_at=None, asked_at__lt=now - follow_mail.LINK_LASTS
    )
    erased = unconfirmed.delete()[0]
    counted = Subscription.objects.filter(asked_at__lt=now - NETWORK_KEPT)
    counted.exclude(network="").update(network="")
    return erased


def normalised(email: str) -> str:
    """The address composed (NFC), with its domain in lower case."""
    name, at, domain = unicodedata.normalize("NFC", email.strip()).rpartition("@")
    return f"{name}{at}{domain.lower()}"


def _check_room(network: str) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = Subscription.objects.filter(asked_at__gt=hour_ago)
    if _times_asked(recent) >= MAX_PER_HOUR:
        raise TooManyFollowers("all networks")
    from_there = recent.filter(network=network)
    if network and _times_asked(from_there) >= MAX_PER_HOUR_AND_NETWORK:
        raise TooManyFollowers("one network")


def _may_be_written_to(of_address, query: str) -> bool:
    day_ago = timezone.now() - timedelta(days=1)
    if _times_asked(of_address.filter(asked_at__gt=day_ago)) >= MAX_MAILS_PER_DAY:
        return False
    return of_address.exclude(query=query).count() < MAX_LISTS


def _times_asked(subscriptions) -> int:
    return subscriptions.aggregate(times=Sum("asked"))["times"] or 0


def _is_recent(subscription: Subscription, time: timedelta) -> bool:
    return subscription.asked_at > timezone.now() - time


def _ask(subscription: Subscription, network: str) -> None:
    is_same_day = _is_recent(subscription, timedelta(days=1))
    subscription.asked = subscription.asked + 1 if is_same_day else 1
    subscription.asked_at = timezone.now()
    subscription.network = network
    follow_mail.send_confirmation.enqueue(
        subscription.pk, subscription.asked_at.isoformat()
    )


def _locked(pks: Iterable[int]):
    return Subscription.objects.select_for_update().filter(pk__in=list(pks))
