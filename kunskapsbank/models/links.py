"""The addresses that contributions point to."""

from django.db import models

from kunskapsbank import enums
from kunskapsbank.models.content import Entry


class Link(models.Model):
    """An address somewhere in the texts of an entry, and what it last answered."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="links", verbose_name="bidrag"
    )
    url = models.CharField("webbadress", max_length=2000)
    state = models.CharField(
        "svar",
        max_length=20,
        choices=enums.LinkState,
        default=enums.LinkState.UNCHECKED,
    )
    status_code = models.PositiveSmallIntegerField("http-kod", null=True, blank=True)
    checked_at = models.DateTimeField("kontrollerad", null=True, blank=True)

    class Meta:
        verbose_name = "länk i bidrag"
        verbose_name_plural = "länkar i bidrag"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "url"], name="kunskapsbank_link_once"
            )
        ]

    def __str__(self):
        return self.url

    @property
    def is_doubtful(self):
        """Whether a reader who followed it might come to nothing."""
        well = {enums.LinkState.ANSWERS, enums.LinkState.CLOSED}
        return self.state not in {*well, enums.LinkState.UNCHECKED}
