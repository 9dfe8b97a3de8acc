"""A person with an account of their own, for the tests of what is known of them."""

from django.apps import apps
from django.utils import timezone

from accounts import workflow as of_people
from accounts.enums import Role
from accounts.models import Invitation
from kunskapsbank.models import Version
from tests.accounts.signing_in import PASSWORD, by_password, person

PAGE = "/konto/uppgifter/"


def ida():
    user = person(name="Ida Dahl", email="ida@example.se")
    return of_people.give_role(user, Role.CONTRIBUTOR, by=None)


def sign_in_twice(client, user):
    """By password, and again a moment ago: that is what erasing asks for."""
    by_password(client, user)
    client.post("/konto/bekrafta/losenord/", {"password": PASSWORD})


def invite_once(user, **about):
    """The invitation that a person came by."""
    return Invitation.objects.create(
        email=user.email,
        role=Role.CONTRIBUTOR,
        expires_at=timezone.now(),
        used_at=timezone.now(),
        **about,
    )


def fresh(version):
    return Version.objects.get(pk=version.pk)


def everything_stored():
    """All rows of all tables, as one text."""
    models = apps.get_models(include_auto_created=True)
    return str([list(model._base_manager.values()) for model in models])
