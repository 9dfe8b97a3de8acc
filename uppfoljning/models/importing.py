"""When values were fetched from Kolada, and what became of each indicator; who read
values in from a table, and when."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from uppfoljning.enums.indicators import FetchState, RunState
from uppfoljning.models.indicators import Indicator
from uppfoljning.querysets import indicators as querysets


class ImportRun(models.Model):
    """One run of `manage.py import_kolada`; one that was broken off is taken up."""

    started_at = models.DateTimeField("började")
    ended_at = models.DateTimeField("slutade", null=True, blank=True)
    state = models.CharField(
        "läge", max_length=12, choices=RunState, default=RunState.RUNNING
    )

    objects = querysets.ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtning av värden"
        verbose_name_plural = "hämtningar av värden"
        ordering = ["-started_at"]

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Fetch(models.Model):
    """What became of one indicator in a run.

    `etag` and `last_modified` are the source's marks of the answer to `address`, and
    are given back the next time that the same is asked for.
    """

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="fetches", verbose_name="hämtning"
    )
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="fetches", verbose_name="nyckeltal"
    )
    state = models.CharField("utfall", max_length=10, choices=FetchState)
    message = models.TextField("meddelande", blank=True)
    new_count = models.PositiveIntegerField("nya värden", default=0)
    changed_count = models.PositiveIntegerField("ändrade värden", default=0)
    address = models.CharField("fråga", max_length=500, blank=True)
    etag = models.CharField("källans märke", max_length=200, blank=True)
    last_modified = models.CharField("ändrat enligt källan", max_length=100, blank=True)
    fetched_at = models.DateTimeField("hämtat")

    objects = querysets.FetchQuerySet.as_manager()

    class Meta:
        verbose_name = "hämtat nyckeltal"
        verbose_name_plural = "hämtade nyckeltal"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "indicator"], name="uppfoljning_fetch_once_a_run"
            )
        ]

    def __str__(self):
        return f"{self.indicator}: {self.get_state_display()}"


class ValueUpload(models.Model):
    """A table of values that somebody read in; its values carry the same time."""

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="inläst av",
    )
    uploaded_at = models.DateTimeField("inläst")
    indicators = models.ManyToManyField(
        Indicator, related_name="uploads", verbose_name="nyckeltal"
    )
    new_count = models.PositiveIntegerField("nya värden", default=0)
    changed_count = models.PositiveIntegerField("ändrade värden", default=0)

    class Meta:
        verbose_name = "inläsning av värden"
        verbose_name_plural = "inläsningar av värden"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return f"{localtime(self.uploaded_at):%Y-%m-%d %H:%M}"
