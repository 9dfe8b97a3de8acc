"""The people who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

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
