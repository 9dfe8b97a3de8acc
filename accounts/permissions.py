"""Who may do what with people and their roles, as pure predicates.

Greater rights hold only for whoever has proven with a second factor who they are
(trust 6.3.3): asked here and in the other apps' predicates for acts, and by the
middleware for pages, so that neither is enough by itself.
"""

from allauth.mfa.models import Authenticator

from accounts.enums import Role

MODERATE = "kunskapsbank.moderate_version"
# Those who decide on what others wrote, or change what the city has decided.
DEMANDING = {Role.MODERATOR, Role.DOCUMENT_OWNER, Role.ADMINISTRATOR}
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def can_invite(user) -> bool:
    """Whether the person may invite others and answer those who apply."""
    return _may(user, "accounts.invite")


def can_grant(user, role: str) -> bool:
    """Only an administratör grants more than bidragsgivare (architecture.md)."""
    if role == Role.CONTRIBUTOR and can_invite(user):
        return True
    return _may(user, "accounts.grant_roles")


def can_change_role(user) -> bool:
    return _may(user, "accounts.grant_roles")


def can_try_again(user) -> bool:
    """Whether the person may begin a failed task again."""
    return _may(user, "accounts.change_failedtask")


def _may(user, right: str) -> bool:
    return user.is_active and user.has_perm(right) and is_proven(user)


def needs_second_factor(user) -> bool:
    """Whether the person's rights are too great for one factor (trust 6.3.3)."""
    if not user.is_authenticated:
        return False
    if user.is_staff or user.is_superuser:
        return True
    return _kept(
        user,
        "_needs_second_factor",
        lambda: (
            user.has_perm(MODERATE) or user.groups.filter(name__in=DEMANDING).exists()
        ),
    )


def is_moderator(user) -> bool:
    """Whether the pages for moderators are the person's, second factor or not."""
    return user.is_authenticated and user.has_perm(MODERATE)


def has_second_factor(user) -> bool:
    """Whether the person has an app or a key, or an employer that asks for one.

    The last is for a person who came from a provider that
    OIDC_PROVIDES_SECOND_FACTOR vouches for; the middleware notes it on the user.
    """
    if not user.is_authenticated:
        return False
    if getattr(user, "second_factor_at_provider", False):
        return True
    return _kept(
        user,
        "_has_second_factor",
        lambda: Authenticator.objects.filter(
            user_id=user.pk, type__in=FACTORS
        ).exists(),
    )


def is_proven(user) -> bool:
    """Whether the person may use the rights they have."""
    return not needs_second_factor(user) or has_second_factor(user)


def _kept(user, name, find):
    """Found once for each user object, as Django keeps its permissions."""
    if not hasattr(user, name):
        setattr(user, name, find())
    return getattr(user, name)
