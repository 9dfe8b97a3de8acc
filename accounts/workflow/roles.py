"""Who is given which role, and that an administratör is always left."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.exceptions import LastAdministrator, NotAllowed
from accounts.models import Invitation, RoleAssignment, User
from accounts.permissions import can_change_role, can_grant
from accounts.workflow.sessions import end_all_sessions


@transaction.atomic
def change_role(user: User, role: Role | None, *, by: User) -> User:
    """Give the person `role` alone, or none; what they may do changes at once.

    Raises NotAllowed, and LastAdministrator when nobody else could give roles after.
    """
    if not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not grant roles")
    if role != Role.ADMINISTRATOR:
        check_administrator_left(without=user)
    user = give_role(user, role, by=by)
    _revoke_what_is_no_longer_granted(user)
    return user


def give_role(user: User, role: Role | None, *, by: User | None) -> User:
    """Write the role and its history; the caller has checked who may."""
    groups = Group.objects.filter(name__in=Role.values)
    user.groups.remove(*groups.exclude(name=role or ""))
    if role:
        user.groups.add(Group.objects.get(name=role))
    user.is_staff = role == Role.ADMINISTRATOR or user.is_superuser
    user.save(update_fields=["is_staff"])
    assignment = RoleAssignment.objects.filter(user=user).first()
    assignment = assignment or RoleAssignment(user=user)
    if assignment.pk is None or assignment.role != (role or ""):
        assignment.role = role or ""
        assignment._history_user = by
        assignment.save()
    # Django remembers what a person may do for as long as the object lives.
    return User.objects.get(pk=user.pk)


@transaction.atomic
def close(user: User, *, by: User) -> User:
    """Let the person in no more; raises NotAllowed, LastAdministrator."""
    if not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not close accounts")
    check_administrator_left(without=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user)
    _revoke_what_is_no_longer_granted(user)
    return user


@transaction.atomic
def open_again(user: User, *, by: User) -> User:
    """Let a person in whose account was closed; raises NotAllowed."""
    if not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not open accounts")
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def check_administrator_left(*, without: User) -> None:
    """Raise LastAdministrator if `without` is the only one.

    Must be called in a transaction, which holds a lock until it ends: two people who
    take the role from each other come one after the other.
    """
    list(Group.objects.select_for_update().filter(name=Role.ADMINISTRATOR))
    held = set(User.objects.administrators().values_list("pk", flat=True))
    if held == {without.pk}:
        raise LastAdministrator(f"user {without.pk}")


def revoke_all(invitations: QuerySet[Invitation]) -> None:
    """Make those that are open of no use; the caller is in a transaction."""
    open_ones = invitations.filter(used_at=None, revoked_at=None)
    for each in open_ones.select_for_update():
        each.revoked_at = timezone.now()
        each.save(update_fields=["revoked_at"])


def _revoke_what_is_no_longer_granted(user: User) -> None:
    """Invitations of a person who has lost the right to give that role."""
    lost = [role for role in Role if not can_grant(user, role)]
    revoke_all(Invitation.objects.filter(invited_by=user, role__in=lost))
