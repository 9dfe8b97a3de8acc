"""To show somebody a text before it is published, and to give a contribution away."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import permissions, reminders
from kunskapsbank.enums import EntryState
from kunskapsbank.exceptions import InvalidTransition, NotAllowed, OfferOver
from kunskapsbank.models import DraftLink, Entry, OwnerOffer, Version
from kunskapsbank.querysets import OFFER_LASTS, UNDECIDED, hash_of
from kunskapsbank.workflow.entries import add_owner, hand_over
from kunskapsbank.workflow.moves import check_not_withdrawn, lock_entry
from kunskapsbank.workflow.moves import lock as lock_version

LINK_LASTS = timedelta(days=30)
# 256 bits: nobody guesses it, and it need not be slowed down (trust 7.2.3).
_TOKEN_BYTES = 32


@transaction.atomic
def share(version: Version, *, by: User) -> str:
    """Make a secret link to a text and give its token, which is told once and not kept.

    An earlier link to the text ends. Raises NotAllowed, EntryWithdrawn, and
    InvalidTransition when the text is decided or its entry hidden.
    """
    version = lock_version(version)
    if not permissions.can_share(by, version):
        raise NotAllowed(f"user {by.pk} may not share version {version.pk}")
    check_not_withdrawn(version.entry)
    is_open = version.entry.state == EntryState.OPEN
    if version.status not in UNDECIDED or not is_open:
        raise InvalidTransition(f"version {version.pk} is {version.status}")
    _end_links(version)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    moment = timezone.now()
    DraftLink.objects.create(
        version=version,
        token_hash=hash_of(token),
        created_by=by,
        created_at=moment,
        expires_at=moment + LINK_LASTS,
    )
    return token


@transaction.atomic
def stop_sharing(version: Version, *, by: User) -> None:
    """End the link to a text; nothing happens when there is none. Raises NotAllowed."""
    version = lock_version(version)
    if not permissions.can_share(by, version):
        raise NotAllowed(f"user {by.pk} may not share version {version.pk}")
    _end_links(version)


@transaction.atomic
def offer(entry: Entry, *, email: str, alone: bool, by: User) -> None:
    """Offer a contribution to whoever has this address, who is told by mail.

    `alone` gives one's own ownership away; a moderator's makes the person the only
    owner. Nothing at all happens when nobody who may
    contribute has the address, and whoever offers cannot tell the difference. An offer
    that waits is not sent again. Raises NotAllowed.
    """
    entry = lock_entry(entry)
    if not permissions.can_hand_over(by, entry):
        raise NotAllowed(f"user {by.pk} may not hand over entry {entry.pk}")
    recipient = User.objects.filter(email__iexact=email.strip()).first()
    if recipient is None or not permissions.can_contribute(recipient):
        return
    if entry.owners.filter(pk=recipient.pk).exists() and not alone:
        return
    waiting = OwnerOffer.objects.filter(entry=entry, recipient=recipient)
    for before in waiting.filter(answered_at=None):
        if not _has_lapsed(before):
            return
        _close(before, accepted=False)
    made = OwnerOffer.objects.create(
        entry=entry,
        recipient=recipient,
        offered_by=by,
        alone=alone,
        offered_at=timezone.now(),
    )
    reminders.send_offer.enqueue(made.pk)


@transaction.atomic
def answer_offer(offered: OwnerOffer, *, by: User, accepted: bool) -> Entry:
    """Take what was offered, or not; the same answer again changes nothing.

    Raises NotAllowed, OfferOver when it has lapsed or whoever offered may no longer
    give it away, and CannotOwn.
    """
    entry = lock_entry(offered.entry)
    offered = OwnerOffer.objects.select_related("offered_by").get(pk=offered.pk)
    if offered.recipient_id != by.pk or not by.is_active:
        raise NotAllowed(f"user {by.pk} was not offered entry {entry.pk}")
    if offered.answered_at:
        if offered.accepted != accepted:
            raise OfferOver(f"offer {offered.pk}")
        return entry
    if accepted:
        entry = _given(offered, entry, to=by)
    _close(offered, accepted=accepted)
    return entry


def _given(offered: OwnerOffer, entry: Entry, *, to: User) -> Entry:
    giver = offered.offered_by
    if _has_lapsed(offered) or not permissions.can_hand_over(giver, entry):
        raise OfferOver(f"offer {offered.pk}")
    if offered.alone:
        return hand_over(entry, to=to, by=giver)
    return add_owner(entry, owner=to, by=giver)


def _has_lapsed(offered: OwnerOffer) -> bool:
    return offered.offered_at <= timezone.now() - OFFER_LASTS


def _close(offered: OwnerOffer, *, accepted: bool) -> None:
    offered.answered_at, offered.accepted = timezone.now(), accepted
    offered.save(update_fields=["answered_at", "accepted"])


def _end_links(version: Version) -> None:
    for link in DraftLink.objects.current().filter(version=version):
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
