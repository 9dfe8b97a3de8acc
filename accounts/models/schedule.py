"""Which of the jobs that the clock starts have been run, so that each is run once."""

from django.db import models


class ScheduledJob(models.Model):
    """The last run of one job, whichever machine made it (trust R33).

    Whoever would run it locks the row first, so that of two schedulers one gets it.
    """

    name = models.CharField("kommando", max_length=80, unique=True)
    due_at = models.DateTimeField("skulle köras", null=True, editable=False)
    started_at = models.DateTimeField("började", null=True, editable=False)
    finished_at = models.DateTimeField("slutade", null=True, editable=False)
    failure = models.CharField("fel", max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = "körning efter klockan"
        verbose_name_plural = "körningar efter klockan"

    def __str__(self):
        return self.name
