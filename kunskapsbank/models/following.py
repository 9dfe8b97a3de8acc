"""Who follows the knowledge bank by mail, without an account."""

from django.db import models
from django.utils import timezone

from kunskapsbank import enums, querysets


class Subscription(models.Model):
    """An address that is told of new contributions in one list.

    Erased when the address asks for it, and when it was never confirmed; see
    docs/gallring.md.
    """

    email = models.EmailField("e-postadress")
    # The query of the list that is followed, as the list itself writes it.
    query = models.CharField("sökning", max_length=1000, blank=True)
    frequency = models.CharField("hur ofta", max_length=10, choices=enums.Frequency)
    created_at = models.DateTimeField("anmäld", auto_now_add=True)
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True)
    # When somebody last asked for it with a form, and how often on that day.
    asked_at = models.DateTimeField("senast begärd", default=timezone.now)
    asked = models.PositiveSmallIntegerField("gånger begärd", default=0)
    # What was published up to here has been told of.
    told_until = models.DateTimeField("berättat till och med", default=timezone.now)
    # A keyed hash of where it came from, kept for a day so as to count.
    network = models.CharField("nätets kontrollsumma", max_length=64, blank=True)

    objects = querysets.SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "prenumeration"
        verbose_name_plural = "prenumerationer"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "query"], name="kunskapsbank_followed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["frequency", "told_until"], name="kunskapsbank_to_tell"
            )
        ]

    def __str__(self):
        return f"prenumeration {self.pk}"
