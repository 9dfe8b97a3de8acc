"""What moderators say finds the same. Each group keeps a history of its own."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from kunskapsbank import permissions
from kunskapsbank.exceptions import NotAllowed, SynonymTaken
from search import generation, synonyms
from search.models import SynonymGroup


@transaction.atomic
def save_synonyms(
    group: SynonymGroup | None, *, by: User, words: Sequence[str]
) -> SynonymGroup:
    """Change a group, or make one; what it was before is kept in its history.

    `words` are cleaned lines. Raises NotAllowed, and SynonymTaken when one of them
    stands in another group already.
    """
    _check_may_moderate(by)
    generation.touch()  # whose row lets one at a time pass from here
    for word, other in synonyms.taken(words, but=group):
        raise SynonymTaken(word, other)
    group = group or SynonymGroup()
    group.words = "\n".join(words)
    group.save()
    return group


@transaction.atomic
def remove_synonyms(group: SynonymGroup, *, by: User) -> None:
    """Take a group away; its history stays. Raises NotAllowed."""
    _check_may_moderate(by)
    generation.touch()
    group.delete()


def _check_may_moderate(by: User) -> None:
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")
