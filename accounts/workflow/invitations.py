"""Invited to have an account: asked, sent, revoked, accepted (trust 6.4.1)."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import encryption, notices
from accounts.enums import InvitationState, Role
from accounts.exceptions import (
    AccountClosed,
    AlreadyHere,
    InvitationNotOpen,
    NotAllowed,
    UnknownLink,
)
from accounts.models import Invitation, User
from accounts.permissions import can_grant, can_invite
from accounts.tokens import hash_of, new_token
from accounts.workflow.roles import give_role, revoke_all
from programme.models import Prioritering

# At most seven days (trust 11.5.1).
LIFETIME = timedelta(days=7)
# How seldom the same dead link may ask for a new one.
ASKING_EACH = timedelta(days=1)


def invite(
    email: str,
    role: Role,
    *,
    by: User,
    message: str = "",
    prioritering: Prioritering | None = None,
) -> Invitation:
    """Invite the address to have `role`; takes the place of an invitation that waits.

    Raises NotAllowed (only an administratör invites to more than bidragsgivare),
    AlreadyHere, AccountClosed, and InvitationNotOpen when somebody else invites the
    address at the same moment.
    """
    if not can_grant(by, role):
        raise NotAllowed(f"user {by.pk} may not invite to {role}")
    email = email.strip().lower()
    _check_can_be_invited(email, role)
    try:
        with transaction.atomic():
            revoke_all(Invitation.objects.filter(email=email))
            invitation = Invitation.objects.create(
                email=email,
                role=role,
                message=message.strip(),
                prioritering=prioritering,
                invited_by=by,
                expires_at=timezone.now() + LIFETIME,
            )
            token = encryption.encrypt(new_token(invitation))
            notices.send_invitation.enqueue(invitation.pk, token)
    except IntegrityError as fault:
        raise InvitationNotOpen("invited twice at once") from fault
    return invitation


def send_anew(invitation: Invitation, *, by: User) -> Invitation:
    """A new link to the same; the old one no longer works. Raises as `invite`, and
    InvitationNotOpen when it has been used."""
    if invitation.used_at:
        raise InvitationNotOpen(f"invitation {invitation.pk} is used")
    return invite(
        invitation.email,
        Role(invitation.role),
        by=by,
        message=invitation.message,
        prioritering=invitation.prioritering,
    )


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Make the link of no use; raises NotAllowed, and InvitationNotOpen when it is
    already."""
    if not can_grant(by, invitation.role):
        raise NotAllowed(f"user {by.pk} may not revoke {invitation.pk}")
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.used_at or invitation.revoked_at:
        raise InvitationNotOpen(f"invitation {invitation.pk}")
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return invitation


def find(token: str) -> Invitation:
    """The invitation of a link, whatever its state; raises UnknownLink."""
    invitation = (
        Invitation.objects.filter(token_hash=hash_of(token))
        .select_related("prioritering__fokusomrade", "invited_by")
        .first()
    )
    if invitation is None:
        raise UnknownLink("no such invitation")
    return invitation


@transaction.atomic
def accept(token: str, *, name: str) -> User:
    """Use the link, once: make the account, or give the role to the one there is.

    `name` is that of a new account; an old one keeps its own. Raises UnknownLink,
    InvitationNotOpen (used, revoked or expired) and AccountClosed.
    """
    invitation = (
        Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    )
    if invitation is None:
        raise UnknownLink("no such invitation")
    if invitation.state != InvitationState.WAITING:
        raise InvitationNotOpen(f"invitation {invitation.pk} is {invitation.state}")
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, name=name.strip())
    elif not user.is_active:
        raise AccountClosed(f"user {user.pk}")
    # Whoever has the link reads mail to the address.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if _gives_more(invitation.role, user):
        user = give_role(user, Role(invitation.role), by=invitation.invited_by)
    return user


@transaction.atomic
def ask_for_new(invitation: Invitation) -> bool:
    """Tell whoever invited that a new link is wanted, at most once a day; gives
    whether they were told now."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    now = timezone.now()
    if invitation.asked_at and now - invitation.asked_at < ASKING_EACH:
        return False
    invitation.asked_at = now
    invitation.save(update_fields=["asked_at"])
    for person in _who_can_send_anew(invitation):
        notices.tell_link_is_wanted.enqueue(invitation.pk, person.pk)
    return True


def _check_can_be_invited(email: str, role: Role) -> None:
    user = User.objects.filter(email=email).first()
    if user is None:
        return
    if not user.is_active:
        raise AccountClosed(f"user {user.pk}")
    if not _gives_more(role, user):
        raise AlreadyHere(f"user {user.pk} is {user.role}")


def _gives_more(role: str, user: User) -> bool:
    """An invitation never takes a role from a person who may more."""
    return user.role is None or (
        role not in {user.role, Role.CONTRIBUTOR} and user.role != Role.ADMINISTRATOR
    )


def _who_can_send_anew(invitation: Invitation) -> list[User]:
    inviter = invitation.invited_by
    if inviter and can_invite(inviter):
        return [inviter]
    return [user for user in User.objects.with_perm_to_invite() if can_invite(user)]
