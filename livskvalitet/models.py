"""What the site as a whole keeps in the database."""

from django.db import models


class ReadOnly(models.Model):
    """One row: why the site can only be read just now; empty when it can be written."""

    reason = models.CharField("skäl", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "skrivskydd"
        verbose_name_plural = "skrivskydd"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="livskvalitet_one_read_only"
            )
        ]

    def __str__(self):
        return self.reason
