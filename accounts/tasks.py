"""Tasks that failed or were left behind, and rows that have done their work."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.exceptions import GivenUp
from accounts.models import SentMail

# What a task that failed waits before it is begun again, the first time and on.
DELAYS = [timedelta(minutes=1), timedelta(hours=1), timedelta(hours=6)]
# How often it is begun in all, unless its kind says otherwise with `begun_at_most`.
MOST_STARTS = len(DELAYS) + 1
# The same for one whose worker was killed: it may have been the task that did it.
MOST_LEFT = 2
# What failed longer ago is left to whoever reads the list of failed tasks.
RECENT = timedelta(days=1)
KEPT = timedelta(days=90)
LEFT = "The worker ended while the task ran, and so did the one before it."
GIVEN_UP = f"{GivenUp.__module__}.{GivenUp.__qualname__}"

logger = logging.getLogger(__name__)


def begun_at_most(times: int) -> Callable[[Callable], Callable]:
    """How often a task of this kind is begun; stands between `@task()` and it."""

    def mark(function: Callable) -> Callable:
        function.most_starts = times  # type: ignore[attr-defined]
        return function

    return mark


@transaction.atomic
def retry_failed() -> int:
    """Queue what failed of late for later, longer and longer, unless it has given up
    or has been begun as often as its kind may; gives how many."""
    again = 0
    failed = DBTaskResult.objects.failed().exclude(exception_class_path=GIVEN_UP)
    recent = failed.filter(finished_at__gte=timezone.now() - RECENT)
    for result in recent.select_for_update(skip_locked=True):
        starts = len(result.worker_ids)
        if starts < _most_starts(result):
            delay = DELAYS[min(starts, len(DELAYS)) - 1]
            _queue(result, run_after=result.finished_at + delay)
            again += 1
    return again


def try_again(result: DBTaskResult) -> None:
    """Queue a failed task as if it had never been begun, at somebody's wish."""
    with transaction.atomic():
        row = DBTaskResult.objects.select_for_update().get(pk=result.pk)
        if row.status == TaskResultStatus.FAILED:
            row.worker_ids = []
            _queue(row, run_after=timezone.now())


def _queue(result: DBTaskResult, *, run_after: datetime) -> None:
    result.status = TaskResultStatus.READY
    result.run_after = run_after
    result.finished_at = None
    result.save(update_fields=["status", "run_after", "finished_at", "worker_ids"])


def _most_starts(result: DBTaskResult) -> int:
    try:
        return getattr(result.task.func, "most_starts", MOST_STARTS)
    except ImportError:  # of an earlier release: nobody can run it
        return 0


@transaction.atomic
def sweep(*, started_before: datetime) -> tuple[int, int]:
    """Queue what has run since before then once more, and leave as failed what has had
    its second chance; gives how many of each."""
    again = failed = 0
    running = DBTaskResult.objects.running().filter(started_at__lt=started_before)
    for result in running.select_for_update(skip_locked=True):
        if len(result.worker_ids) < MOST_LEFT:
            result.status = TaskResultStatus.READY
            again += 1
        else:
            _leave(result)
            failed += 1
        result.save(
            update_fields=["status", "finished_at", "traceback", "exception_class_path"]
        )
    return again, failed


def _leave(result: DBTaskResult) -> None:
    result.status = TaskResultStatus.FAILED
    result.finished_at = timezone.now()
    result.traceback, result.exception_class_path = LEFT, GIVEN_UP
    logger.error("%s %s was left by its worker", result.task_name, result.pk)


def forget(*, older_than: timedelta = KEPT) -> int:
    """Erase notes of mails and the results of tasks that old; gives how many."""
    before = timezone.now() - older_than
    notes, _ = SentMail.objects.filter(sent_at__lt=before).delete()
    refused, _ = SentMail.objects.filter(refused_at__lt=before).delete()
    done, _ = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return notes + refused + done
