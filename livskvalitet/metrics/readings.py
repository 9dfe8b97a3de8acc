"""What is asked of the database when somebody reads the numbers."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import ScheduledJob
from kunskapsbank.enums import Status
from kunskapsbank.models import Version
from livskvalitet import health, read_only
from livskvalitet.backup import folder
from search import generation


class Reading(NamedTuple):
    name: str
    text: str
    value: float
    labels: dict[str, str] = {}


def readings() -> Iterator[Reading]:
    """All there are now; those of the database only while it answers."""
    faults = health.faults()
    for part in ["database", *health.CHECKS]:
        told = "1 while /halsa/ names the part as a fault."
        yield Reading("fault", told, part in faults, {"part": part})
    yield from _backup()
    if "database" not in faults:
        yield from _tasks()
        yield from _content()


def _backup() -> Iterator[Reading]:
    newest = folder.newest(settings.BACKUP_DIR)
    if newest:
        told = "Since the newest backup in BACKUP_DIR was made."
        yield Reading("backup_age_seconds", told, _since(folder.made_at(newest)))


def _tasks() -> Iterator[Reading]:
    told = "1 while the site can only be read, and tasks wait."
    yield Reading("read_only", told, bool(read_only.reason()))
    by_status = dict.fromkeys(TaskResultStatus.values, 0)
    counted = DBTaskResult.objects.values_list("status").annotate(Count("pk"))
    for status, number in (by_status | dict(counted.order_by())).items():
        told = "Tasks that wait, run, are done or have failed."
        yield Reading("tasks", told, number, {"status": status.lower()})
    failed = ScheduledJob.objects.exclude(failure="").count()
    yield Reading("failed_jobs", "Jobs of the clock whose newest run failed.", failed)
    waiting = DBTaskResult.objects.ready()
    oldest = waiting.order_by().aggregate(at=Min("enqueued_at"))["at"]
    told = "Since the task that has waited longest was queued."
    yield Reading("oldest_task_seconds", told, _since(oldest))


def _content() -> Iterator[Reading]:
    told = "The number that grows when anything public changes."
    yield Reading("content_generation", told, generation.current())
    submitted = Version.objects.filter(status=Status.SUBMITTED)
    oldest = submitted.order_by().aggregate(at=Min("submitted_at"))["at"]
    told = "Since the contribution that has waited longest was handed in."
    yield Reading("oldest_submitted_seconds", told, _since(oldest))
    if connection.vendor == "postgresql":
        told = "Connections that PostgreSQL has to this database."
        yield Reading("database_connections", told, _connections())


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]


def _since(moment: datetime | None) -> float:
    return (timezone.now() - moment).total_seconds() if moment else 0
