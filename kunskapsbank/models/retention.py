"""What is kept about texts that will not be kept."""

from django.db import models

from kunskapsbank.enums import Warned
from kunskapsbank.models.content import Version


class DraftWarning(models.Model):
    """That the author of a draft was told when it will be erased.

    It is about the draft as it was at `saved_at`; a later save makes it void.
    """

    version = models.ForeignKey(
        Version, models.CASCADE, related_name="warnings", verbose_name="version"
    )
    stage = models.CharField("påminnelse", max_length=10, choices=Warned)
    saved_at = models.DateTimeField("gäller texten som sparades")
    sent_at = models.DateTimeField("skickad")
    erased_on = models.DateField("raderas")

    class Meta:
        verbose_name = "påminnelse om utkast"
        verbose_name_plural = "påminnelser om utkast"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "stage", "saved_at"],
                name="kunskapsbank_draft_warned_once",
            )
        ]

    def __str__(self):
        return f"{self.version_id}, {self.get_stage_display()}"
