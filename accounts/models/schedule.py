"""What is done beside the pages: tasks that failed, and jobs that the clock starts."""

from django.db import models
from django_tasks_db.models import DBTaskResult


class FailedTask(DBTaskResult):
    """The same rows under a Swedish name, for the admin's list of those that failed."""

    class Meta:
        proxy = True
        verbose_name = "misslyckad uppgift"
        verbose_name_plural = "misslyckade uppgifter"

    def __str__(self):
        return self.task_path


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
