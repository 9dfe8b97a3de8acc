"""What moderators do with an address that does not answer."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import links, permissions
from kunskapsbank.exceptions import LinkAnswers, NotAllowed
from kunskapsbank.models import Link


@transaction.atomic
def ignore_failure(link: Link, *, by: User) -> Link:
    """Say that it is a false alarm: readers are told no longer, until it has answered
    and then fails anew.

    Raises NotAllowed, and LinkAnswers when nothing is wrong with it any longer.
    """
    link = _locked(link, by)
    if not link.is_doubtful:
        raise LinkAnswers(f"link {link.pk} is {link.state}")
    if not link.is_ignored:
        _keep(link, is_ignored=True, by=by)
    return link


@transaction.atomic
def heed_failure(link: Link, *, by: User) -> Link:
    """Take back that it is a false alarm. Raises NotAllowed."""
    link = _locked(link, by)
    if link.is_ignored:
        _keep(link, is_ignored=False, by=None)
    return link


@transaction.atomic
def check_now(link: Link, *, by: User) -> Link:
    """Have it asked as soon as its host may be asked. Raises NotAllowed."""
    link = _locked(link, by)
    link.next_check_at = timezone.now()
    link.save(update_fields=["next_check_at"])
    links.check_in_turn.enqueue([[link.pk]])
    return link


def _locked(link: Link, by: User) -> Link:
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} may not judge links")
    return Link.objects.select_for_update(of=("self",)).get(pk=link.pk)


def _keep(link: Link, *, is_ignored: bool, by: User | None) -> None:
    shown = link.broken_since
    link.is_ignored, link.ignored_by = is_ignored, by
    link.save(update_fields=["is_ignored", "ignored_by"])
    if link.broken_since != shown:
        links.tell_readers(link)
