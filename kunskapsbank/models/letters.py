"""What people without an account write to the moderators, and the answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from kunskapsbank import enums, querysets
from kunskapsbank.models.content import Entry, Version


class Letter(models.Model):
    """A tip, a report of a contribution, or of something that is not accessible.

    Name and address are erased some time after it is closed; see docs/gallring.md.
    """

    kind = models.CharField("slag", max_length=20, choices=enums.LetterKind)
    text = models.TextField("text", max_length=4000)
    link = models.CharField("länk eller sida", max_length=500, blank=True)
    name = models.CharField("namn", max_length=120, blank=True)
    email = models.EmailField("e-postadress", blank=True)
    entry = models.ForeignKey(
        Entry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="bidrag",
    )
    reason = models.CharField(
        "skäl", max_length=20, choices=enums.DeclineReason, blank=True
    )
    place = models.CharField("var i bidraget", max_length=200, blank=True)
    in_good_faith = models.BooleanField("sägs vara riktigt", default=False)
    created_at = models.DateTimeField("skickat", auto_now_add=True)
    # The same form sent twice makes one letter.
    key = models.UUIDField("formulärets nyckel", unique=True)
    # A keyed hash of where it came from, kept for a day so as to count.
    network = models.CharField("nätets kontrollsumma", max_length=64, blank=True)
    draft = models.ForeignKey(
        Version,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="utkastet som det blev",
    )
    outcome = models.CharField(
        "vad det blev", max_length=20, choices=enums.LetterOutcome, blank=True
    )
    closed_at = models.DateTimeField("avslutat", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="avslutat av",
    )

    objects = querysets.LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        indexes = [
            models.Index(
                fields=["closed_at", "created_at"], name="kunskapsbank_letters"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="")
                | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="kunskapsbank_letter_closed_with_outcome",
            )
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        is_tip = self.kind == enums.LetterKind.TIP
        name = "letter" if is_tip else "report"
        return reverse(f"kunskapsbank:{name}", args=[self.pk])

    @property
    def number(self):
        return f"{enums.LetterKind(self.kind).initials}-{self.pk}"

    @property
    def title(self):
        """The first words, for a row in a list."""
        first = self.text.strip().partition("\n")[0]
        return first if len(first) <= 80 else f"{first[:79].rstrip()}…"

    @property
    def waiting_days(self):
        """Days since it was sent, by the calendar in Sweden."""
        return (localdate() - localdate(self.created_at)).days


class LetterReply(models.Model):
    """What a moderator wrote back, to the sender or to the owners of the entry."""

    letter = models.ForeignKey(
        Letter, models.CASCADE, related_name="replies", verbose_name="brev"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skrivet av",
    )
    text = models.TextField("text", max_length=4000)
    to_owners = models.BooleanField("till bidragets ägare", default=False)
    sent_at = models.DateTimeField("skrivet", auto_now_add=True)

    class Meta:
        verbose_name = "svar på brev"
        verbose_name_plural = "svar på brev"
        ordering = ["sent_at", "pk"]

    def __str__(self):
        return f"{self.letter_id}, {self.sent_at:%Y-%m-%d}"


class MailPreference(models.Model):
    """How often a moderator wants mail of what waits; without one, daily."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="mail_preference",
        verbose_name="moderator",
    )
    choice = models.CharField(
        "hur ofta",
        max_length=20,
        choices=enums.MailChoice,
        default=enums.MailChoice.DAILY,
    )

    class Meta:
        verbose_name = "val av mejl"
        verbose_name_plural = "val av mejl"

    def __str__(self):
        return f"{self.user_id}: {self.get_choice_display()}"
