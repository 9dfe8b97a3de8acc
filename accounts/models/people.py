"""The people who sign in, and the role of each."""

from django.contrib.auth.models import AbstractUser, Permission
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from accounts.enums import Role
from accounts.querysets import UserManager


class User(AbstractUser):
    """A person with an account, known by e-mail address; there is no user name."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=120, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"
        permissions = [
            ("invite", "kan bjuda in och svara på ansökningar"),
            ("grant_roles", "kan ge roller"),
            ("follow_up", "kan följa upp programmet"),
            (
                "contribute_follow_up",
                "kan berätta om insatser och skriva lägesbedömningar",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_in_any_case",
                violation_error_message=(
                    "E-postadressen hör redan till ett konto. Använd det kontot, eller "
                    "ange en annan adress."
                ),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def role(self):
        """The person's role, or None; whoever is in several groups has the last."""
        names = set(self.groups.values_list("name", flat=True))
        held = [role for role in Role if role.value in names]
        return held[-1] if held else None


class RoleAssignment(models.Model):
    """The role that a person was given last; the history tells of all before it.

    What the person may do follows from the group of the same name. Erasing a person
    leaves a number in the history that leads to nobody.
    """

    user = models.OneToOneField(
        User,
        models.CASCADE,
        related_name="role_assignment",
        verbose_name="person",
    )
    role = models.CharField("roll", max_length=20, choices=Role, blank=True)

    history = HistoricalRecords(
        verbose_name="ändrad roll", verbose_name_plural="ändrade roller"
    )

    class Meta:
        verbose_name = "roll"
        verbose_name_plural = "roller"

    def __str__(self):
        return self.role or "ingen roll"


class GrantedPermission(models.Model):
    """That a role has been given a permission once, so that it is not given again to
    a group from which an administrator has taken it."""

    role = models.CharField("roll", max_length=20, choices=Role)
    permission = models.ForeignKey(
        Permission, models.CASCADE, related_name="+", verbose_name="behörighet"
    )

    class Meta:
        verbose_name = "utdelad behörighet"
        verbose_name_plural = "utdelade behörigheter"
        constraints = [
            models.UniqueConstraint(
                fields=["role", "permission"], name="accounts_permission_granted_once"
            )
        ]

    def __str__(self):
        return f"{self.role}: {self.permission}"
