"""How people are made and found."""

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q, QuerySet

from accounts.enums import Role


class UserQuerySet(QuerySet):
    def administrators(self):
        """Active people who may give roles: by theirs, or as superusers."""
        groups = self.model.groups.through.objects.filter(
            group__name=Role.ADMINISTRATOR
        )
        return self.filter(
            Q(is_superuser=True) | Q(pk__in=groups.values("user")), is_active=True
        )

    def with_perm_to_invite(self):
        """Active people who may invite: by their role, by themselves, or as
        superusers."""
        by_role = self.filter(groups__permissions__codename="invite")
        by_self = self.filter(user_permissions__codename="invite")
        return self.filter(
            Q(is_superuser=True)
            | Q(pk__in=by_role.values("pk"))
            | Q(pk__in=by_self.values("pk")),
            is_active=True,
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """People are known by their e-mail address, whatever the case it is written in."""

    use_in_migrations = True

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email.lower())

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(
            email, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class InvitationQuerySet(QuerySet):
    def unanswered(self):
        """Neither used nor revoked; some may have expired."""
        return self.filter(used_at=None, revoked_at=None)

    def latest_first(self):
        return self.order_by("-created_at", "-pk")


class ApplicationQuerySet(QuerySet):
    def waiting(self):
        """What waits for a moderator, the longest wait first."""
        return self.filter(answered_at=None).order_by("created_at", "pk")

    def answered(self):
        return self.exclude(answered_at=None).order_by("-answered_at", "-pk")
