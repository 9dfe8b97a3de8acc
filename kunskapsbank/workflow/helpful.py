"""What readers answer to "Hjälpte det här dig?", and what moderators do with the lines.

Nothing says who answered. Readers never see the answers; authors see the counts.
"""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import permissions
from kunskapsbank.exceptions import NotAllowed, TooManyAnswers
from kunskapsbank.models import Entry, HelpfulAnswer
from kunskapsbank.workflow import text as texts

MAX_PER_HOUR_AND_NETWORK = 30
MAX_PER_HOUR = 200


def receive_helpful(
    entry: Entry, *, key: UUID, is_helpful: bool, text: str = "", network: str = ""
) -> HelpfulAnswer:
    """Keep a reader's answer; the same `key` again gives the same answer.

    `network` is a hash that says what came from the same place. Raises TooManyAnswers
    when too much has come in an hour (trust 2.4.1).
    """
    if known := HelpfulAnswer.objects.filter(key=key).first():
        return known
    _check_room(network)
    try:
        with transaction.atomic():
            return HelpfulAnswer.objects.create(
                entry=entry,
                key=key,
                is_helpful=is_helpful,
                text=texts.plain(text).strip(),
                network=network,
            )
    except IntegrityError:
        # The other half of a double click came first.
        return HelpfulAnswer.objects.get(key=key)


@transaction.atomic
def see_helpful(answer: HelpfulAnswer, *, by: User) -> HelpfulAnswer:
    """Note that a moderator has read the line; a second time changes nothing.

    Raises NotAllowed.
    """
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")
    answer = HelpfulAnswer.objects.select_for_update().get(pk=answer.pk)
    if answer.seen_at is None:
        answer.seen_at = timezone.now()
        answer.save(update_fields=["seen_at"])
    return answer


def _check_room(network: str) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = HelpfulAnswer.objects.filter(created_at__gt=hour_ago)
    if recent.count() >= MAX_PER_HOUR:
        raise TooManyAnswers("all networks")
    if network and recent.filter(network=network).count() >= MAX_PER_HOUR_AND_NETWORK:
        raise TooManyAnswers("one network")
