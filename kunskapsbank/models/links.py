"""The addresses that contributions point to."""

from django.conf import settings
from django.db import models

from kunskapsbank import enums, link_querysets
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
    next_check_at = models.DateTimeField("kontrolleras nästa gång", null=True)
    # Days on which it failed since it last answered, the first and the last of them.
    failed_days = models.PositiveSmallIntegerField("dagar med fel", default=0)
    failing_since = models.DateTimeField("fungerar inte sedan", null=True, blank=True)
    last_failed_on = models.DateField("senaste dag med fel", null=True, blank=True)
    # What the server wants to be asked with next time.
    etag = models.CharField("serverns märke", max_length=200, blank=True)
    last_modified = models.CharField(
        "senast ändrad hos servern", max_length=100, blank=True
    )
    # A false alarm, as a moderator has seen.
    is_ignored = models.BooleanField("felet är falskt larm", default=False)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bedömd av",
    )

    objects = link_querysets.LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "länk i bidrag"
        verbose_name_plural = "länkar i bidrag"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "url"], name="kunskapsbank_link_once"
            )
        ]
        indexes = [
            models.Index(fields=["next_check_at"], name="kunskapsbank_links_to_check")
        ]

    def __str__(self):
        return self.url

    @property
    def is_doubtful(self):
        """Whether a reader who followed it might come to nothing."""
        well = {enums.LinkState.ANSWERS, enums.LinkState.CLOSED}
        return self.state not in {*well, enums.LinkState.UNCHECKED}

    @property
    def is_broken(self):
        """Whether readers are told that it does not work."""
        return self.failed_days >= link_querysets.BROKEN_AFTER and not self.is_ignored

    @property
    def broken_since(self):
        return self.failing_since if self.is_broken else None
