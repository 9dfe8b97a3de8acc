"""Ending sessions, and forgetting ways to sign in."""

import logging
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from accounts.exceptions import NotAllowed
from accounts.models import User
from accounts.permissions import can_change_role

logger = logging.getLogger("accounts.signin")


def end_other_sessions(user: User, *, but: str) -> int:
    """Sign the person out everywhere else: those sessions began with one factor, and
    must not gain the rights that two of them give (trust 7.4.3)."""
    return end_all_sessions(user, but=but)


@transaction.atomic
def end_sessions(user: User, *, by: User) -> int:
    """Sign the person out everywhere and tell how many sessions that ended.

    Raises NotAllowed for others than the person and an administratör (trust 7.4.5).
    """
    if by.pk != user.pk and not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not end the sessions of {user.pk}")
    return end_all_sessions(user)


def end_all_sessions(user: User, *, but: str | None = None) -> int:
    """The same, when the caller has checked who asks; keeps the session `but`."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for session in sessions:
        session.end()
    _tell_when_kept("user %s was signed out of %s sessions", user.pk, len(sessions))
    return len(sessions)


@transaction.atomic
def remove_second_factor(user: User, *, by: User) -> None:
    """Forget the app, the keys and the reserve codes of a person who has lost them, end
    their sessions and tell them by mail (trust 6.3.7).

    Raises NotAllowed for others than an administratör, and for their own, which they
    change where they show who they are.
    """
    if by.pk == user.pk or not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not remove the factors of {user.pk}")
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    get_adapter().send_mail(
        "mfa/email/second_factor_removed", user.email, {"timestamp": timezone.now()}
    )
    _tell_when_kept("user %s removed the second factor of user %s", by.pk, user.pk)


def take_new_address(user: User, *, instead_of: str) -> None:
    """Forget the ways in of whoever had the address that an administratör replaced, and
    tell the person there (trust 6.3.7).

    Whose the new one is shows when a code that went there is used.
    """
    for address in EmailAddress.objects.filter(user=user):
        if address.email.lower() != user.email.lower():
            address.remove()
    SocialAccount.objects.filter(user=user).delete()
    get_adapter().send_mail(
        "account/email/address_replaced", instead_of, {"timestamp": timezone.now()}
    )


def _tell_when_kept(said: str, *about: object) -> None:
    """Tell the log when the transaction is committed: what is undone did not happen."""
    transaction.on_commit(partial(logger.info, said, *about))
