"""How the follow-up forgets a person."""

from django.db import transaction

from accounts.models import User
from kunskapsbank import workflow
from uppfoljning.models import InitiativeText


@transaction.atomic
def erase_person(user: User, *, by: User) -> None:
    """Erase the account, what names the person, and what nobody else may read: drafts
    of initiatives that were never handed in.

    The rest stays without a name, as it does in the knowledge bank, whose
    `erase_person` this calls and whose errors it raises.
    """
    for text in InitiativeText.objects.never_handed_in().filter(author=user):
        text.delete()
    workflow.erase_person(user, by=by)
