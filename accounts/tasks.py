"""Tasks that a killed worker left behind, and rows that have done their work."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import SentMail

# What a task may be begun before it is left as failed.
MAX_STARTS = 2
KEPT = timedelta(days=90)
LEFT = "The worker ended while the task ran, and so did the one before it."

logger = logging.getLogger(__name__)


@transaction.atomic
def sweep(*, started_before: datetime) -> tuple[int, int]:
    """Queue what has run since before then once more, and leave as failed what has had
    its second chance; gives how many of each."""
    again = failed = 0
    running = DBTaskResult.objects.running().filter(started_at__lt=started_before)
    for result in running.select_for_update(skip_locked=True):
        if len(result.worker_ids) < MAX_STARTS:
            result.status = TaskResultStatus.READY
            again += 1
        else:
            result.status = TaskResultStatus.FAILED
            result.finished_at = timezone.now()
            result.traceback = LEFT
            failed += 1
            logger.error("%s %s was left by its worker", result.task_name, result.pk)
        result.save(update_fields=["status", "finished_at", "traceback"])
    return again, failed


def forget(*, older_than: timedelta = KEPT) -> int:
    """Erase notes of mails and the results of tasks that old; gives how many."""
    before = timezone.now() - older_than
    notes, _ = SentMail.objects.filter(sent_at__lt=before).delete()
    refused, _ = SentMail.objects.filter(refused_at__lt=before).delete()
    done, _ = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return notes + refused + done
