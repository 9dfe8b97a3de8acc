"""What the history keeps of a person, and how it forgets them."""

from django.db import transaction

from accounts.models import User
from kunskapsbank.enums import PublicName
from kunskapsbank.models import Actor, EventDetail, Version
from search import generation


@transaction.atomic
def anonymise(user: User) -> None:
    """Take the person's name from everything they wrote and did.

    Texts, acts and messages stay, and every chain is as whole as before: events hold
    hashes of names, and an opaque reference that leads to nobody after this.
    """
    for version in Version.objects.filter(author=user).exclude(byline=""):
        if version.public_name != PublicName.ORGANISATION:
            version.byline = ""
            version.public_name = PublicName.NONE
            version.save(update_fields=["byline", "public_name"])
    for ref in Actor.objects.filter(user=user).values_list("ref", flat=True):
        details = EventDetail.objects.filter(event__actor_ref=ref)
        details.update(actor_name="", name_salt="")
    Actor.objects.filter(user=user).delete()
    generation.touch()
