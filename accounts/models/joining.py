"""How people come here: invited, or after having applied."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import querysets
from accounts.enums import InvitationState, Role
from programme.models import Prioritering


class Invitation(models.Model):
    """A right to an account with one role, for whoever reads the mail to one address.

    The secret of its link is stored as a hash only.
    """

    email = models.EmailField("e-postadress")
    role = models.CharField("roll", max_length=20, choices=Role)
    message = models.TextField("meddelande", blank=True, max_length=1000)
    prioritering = models.ForeignKey(
        Prioritering,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="prioritering",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="inbjuden av",
    )
    token_hash = models.CharField(
        "länkens kontrollsumma", max_length=64, unique=True, null=True, blank=True
    )
    created_at = models.DateTimeField("skapad", auto_now_add=True)
    expires_at = models.DateTimeField("gäller till")
    used_at = models.DateTimeField("använd", null=True, blank=True)
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)
    asked_at = models.DateTimeField("en ny är begärd", null=True, blank=True)

    objects = querysets.InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "inbjudan"
        verbose_name_plural = "inbjudningar"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(used_at=None, revoked_at=None),
                name="accounts_one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None),
                name="accounts_invitation_used_or_revoked",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.created_at:%Y-%m-%d}"

    @property
    def state(self):
        if self.used_at:
            return InvitationState.USED
        if self.revoked_at:
            return InvitationState.REVOKED
        if self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        return InvitationState.WAITING


class Application(models.Model):
    """Somebody's wish to contribute, until a moderator has answered it."""

    number = models.CharField("nummer", max_length=12, unique=True)
    name = models.CharField("namn", max_length=120)
    email = models.EmailField("e-postadress")
    organisation = models.CharField(
        "hör till organisationen", max_length=120, blank=True
    )
    reason = models.TextField("varför")
    created_at = models.DateTimeField("skickad", auto_now_add=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besvarad av",
    )
    granted = models.BooleanField("bifallen", null=True, blank=True)
    answer = models.TextField("svar", blank=True, max_length=1000)

    objects = querysets.ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "ansökan"
        verbose_name_plural = "ansökningar"
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(answered_at=None),
                name="accounts_one_waiting_application",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, granted=None)
                | Q(answered_at__isnull=False, granted__isnull=False),
                name="accounts_application_answered_whole",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("accounts:application", args=[self.pk])
