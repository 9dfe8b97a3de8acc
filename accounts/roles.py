"""Roles: groups, and what each may do from the start.

`load` hands out each permission once. What an administrator takes away after that
stays away, and what they add stays too.
"""

from django.contrib.auth.models import Group, Permission

from accounts.enums import Role
from accounts.models import GrantedPermission

_CONTRIBUTE = {"kunskapsbank.contribute"}
PERMISSIONS = {
    Role.CONTRIBUTOR: _CONTRIBUTE,
    Role.EMPLOYEE: _CONTRIBUTE | {"accounts.contribute_follow_up"},
    Role.MODERATOR: _CONTRIBUTE | {"kunskapsbank.moderate_version", "accounts.invite"},
    Role.DOCUMENT_OWNER: _CONTRIBUTE | {"accounts.follow_up", "programme.view_edition"},
}


def load() -> int:
    """Make the groups, and give them what they have not been given before.

    Gives the number of permissions handed out now.
    """
    return sum(_hand_out(role) for role in Role)


def _hand_out(role: Role) -> int:
    group, _ = Group.objects.get_or_create(name=role.value)
    given = GrantedPermission.objects.filter(role=role).values("permission")
    new = [
        permission
        for permission in Permission.objects.exclude(pk__in=given).select_related(
            "content_type"
        )
        if _belongs_to(role, permission)
    ]
    group.permissions.add(*new)
    for permission in new:
        GrantedPermission.objects.create(role=role, permission=permission)
    return len(new)


def _belongs_to(role: Role, permission: Permission) -> bool:
    """An administratör may do all, also what comes with a later release."""
    name = f"{permission.content_type.app_label}.{permission.codename}"
    return role == Role.ADMINISTRATOR or name in PERMISSIONS[role]
