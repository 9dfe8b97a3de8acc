"""What an author lets others have: a look at a draft, or the contribution itself."""

from django.conf import settings
from django.db import models

from kunskapsbank import querysets
from kunskapsbank.models.content import Entry, Version


class DraftLink(models.Model):
    """A secret address where a text that is not published can be read.

    Only the secret's hash is kept, so that nobody who reads the database can use it.
    """

    version = models.ForeignKey(
        Version, models.CASCADE, related_name="draft_links", verbose_name="version"
    )
    token_hash = models.CharField("hemlighetens kontrollsumma", max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="skapad av",
    )
    created_at = models.DateTimeField("skapad")
    expires_at = models.DateTimeField("gäller till")
    revoked_at = models.DateTimeField("återkallad", null=True, blank=True)

    objects = querysets.DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "länk till utkast"
        verbose_name_plural = "länkar till utkast"
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"], name="kunskapsbank_draft_link_once"
            )
        ]

    def __str__(self):
        return f"{self.version_id}, {self.created_at:%Y-%m-%d}"


class OwnerOffer(models.Model):
    """That a contribution is offered to somebody, who has not answered yet.

    An offer is made only to who has an account; whoever offers is not told whether
    they have, so that nobody can find out who has an account.
    """

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="offers", verbose_name="bidrag"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="mottagare",
    )
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name="erbjudet av",
    )
    alone = models.BooleanField("ensam ägare", default=False)
    offered_at = models.DateTimeField("erbjudet")
    answered_at = models.DateTimeField("besvarat", null=True, blank=True)
    accepted = models.BooleanField("tackade ja", null=True, blank=True)

    objects = querysets.OwnerOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "erbjudande om att äga"
        verbose_name_plural = "erbjudanden om att äga"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "recipient"],
                condition=models.Q(answered_at=None),
                name="kunskapsbank_one_offer_at_a_time",
            )
        ]

    def __str__(self):
        return f"{self.entry}, {self.offered_at:%Y-%m-%d}"
