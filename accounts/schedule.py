"""When a job is due, and who of several schedulers runs it (trust R33)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localtime

from accounts.models import ScheduledJob

# A run that has not ended by then was killed, and may be made anew.
LONGEST = timedelta(hours=6)


@dataclass(frozen=True)
class Daily:
    """Once a day by the clock on the wall. A time that the night in spring lacks is an
    hour later that day, and of the two in autumn the first counts."""

    at: time

    def last_due(self, now: datetime) -> datetime:
        """When it last should have been run."""
        today = localtime(now)
        due = self._on(today)
        return due if due <= now else self._on(today - timedelta(days=1))

    def _on(self, day: datetime) -> datetime:
        zone = timezone.get_default_timezone()
        return datetime.combine(day.date(), self.at, zone).astimezone(UTC)


@dataclass(frozen=True)
class Every:
    """At the same distance, counted from the same moment everywhere."""

    interval: timedelta

    def last_due(self, now: datetime) -> datetime:
        seconds = int(self.interval.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


@dataclass(frozen=True)
class Job:
    """A command with its arguments; known by its name alone."""

    name: str
    when: Daily | Every
    arguments: tuple[str, ...] = ()


@transaction.atomic
def take(job: Job, *, now: datetime) -> bool:
    """Whether the caller is to run it now: it is due, nobody has, and nobody does."""
    ScheduledJob.objects.get_or_create(name=job.name)
    row = ScheduledJob.objects.select_for_update().get(name=job.name)
    due = job.when.last_due(now)
    is_run = row.due_at is not None and row.due_at >= due
    is_over = row.started_at is None or row.finished_at is not None
    was_killed = not is_over and now - row.started_at > LONGEST
    if not was_killed and (is_run or not is_over):
        return False
    row.due_at, row.started_at, row.finished_at = due, now, None
    row.failure = ""
    row.save()
    return True


def finish(job: Job, *, failure: str = "") -> None:
    """Note that it has ended, and how."""
    with transaction.atomic():
        row = ScheduledJob.objects.select_for_update().get(name=job.name)
        row.finished_at, row.failure = timezone.now(), failure[:200]
        row.save()


@contextmanager
def let_go_on_stop(job: Job) -> Iterator[None]:
    """Free a job whose run is broken off by our own end, so that another takes it."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        with transaction.atomic():
            row = ScheduledJob.objects.select_for_update().get(name=job.name)
            row.due_at = row.started_at = None
            row.save()
        raise
