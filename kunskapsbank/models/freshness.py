"""Whether what a contribution says still holds, and whether it helped anybody."""

from django.db import models
from django.db.models import Q

from kunskapsbank import enums, querysets
from kunskapsbank.models.content import Entry


class FreshnessQuestion(models.Model):
    """ "Stämmer det fortfarande?", asked by mail, and what was answered."""

    entry = models.ForeignKey(
        Entry,
        models.CASCADE,
        related_name="freshness_questions",
        verbose_name="bidrag",
    )
    asked_at = models.DateTimeField("frågat")
    reminded_at = models.DateTimeField("påmint", null=True, blank=True)
    answered_at = models.DateTimeField("besvarat", null=True, blank=True)
    answer = models.CharField(
        "svar", max_length=20, choices=enums.FreshnessAnswer, blank=True
    )

    objects = querysets.FreshnessQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga om det stämmer"
        verbose_name_plural = "frågor om det stämmer"
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="kunskapsbank_freshness_answered_with_answer",
            )
        ]
        indexes = [
            models.Index(fields=["entry", "asked_at"], name="kunskapsbank_asked_when")
        ]

    def __str__(self):
        return f"{self.entry} {self.asked_at:%Y-%m-%d}"


class HelpfulAnswer(models.Model):
    """A reader's yes or no to "Hjälpte det här dig?", and a line to the moderators.

    Nothing tells who answered.
    """

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="helpful_answers", verbose_name="bidrag"
    )
    is_helpful = models.BooleanField("hjälpte")
    text = models.CharField("rad till granskarna", max_length=500, blank=True)
    created_at = models.DateTimeField("svarat", auto_now_add=True)
    seen_at = models.DateTimeField("sedd av en granskare", null=True, blank=True)
    # The same form sent twice makes one answer.
    key = models.UUIDField("formulärets nyckel", unique=True)
    # A keyed hash of where it came from, kept for a day so as to count.
    network = models.CharField("nätets kontrollsumma", max_length=64, blank=True)

    objects = querysets.HelpfulAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "svar på om bidraget hjälpte"
        verbose_name_plural = "svar på om bidragen hjälpte"
        indexes = [
            models.Index(
                fields=["seen_at", "created_at"], name="kunskapsbank_helpful_unseen"
            )
        ]

    def __str__(self):
        return f"{self.entry} {'ja' if self.is_helpful else 'nej'}"
