"""The people who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models

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

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
