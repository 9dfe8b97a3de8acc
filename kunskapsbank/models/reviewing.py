"""What moderators keep for themselves: replies to start from, and notes."""

from django.conf import settings
from django.db import models

from kunskapsbank.models.content import Entry
from programme.models.history import History
from search.sorting import SortKeyField


class ReplyTemplate(models.Model):
    """A message to start from; copied, so that changing it changes nothing sent."""

    title = models.CharField("namn på mallen", max_length=80, unique=True)
    text = models.TextField("text", max_length=2000)
    sort_key = SortKeyField(of="title")

    history = History()

    class Meta:
        verbose_name = "svarsmall"
        verbose_name_plural = "svarsmallar"
        ordering = ["sort_key"]

    def __str__(self):
        return self.title


class InternalNote(models.Model):
    """A moderator's words to the others about a contribution: never mailed, never
    public, and erasable, so it is no part of the history."""

    entry = models.ForeignKey(
        Entry, models.CASCADE, related_name="notes", verbose_name="bidrag"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="skriven av",
    )
    text = models.TextField("text", max_length=2000)
    written_at = models.DateTimeField("skriven", auto_now_add=True)

    class Meta:
        verbose_name = "intern anteckning"
        verbose_name_plural = "interna anteckningar"
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"{self.entry_id}, {self.written_at:%Y-%m-%d}"
