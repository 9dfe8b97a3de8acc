"""manage.py sweep_tasks: run every ten minutes. Queues tasks that failed, or that a
killed worker left, once more, and erases old notes of what has been done."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts.tasks import forget, retry_failed, sweep


class Command(BaseCommand):
    help = "Queue tasks that failed or were left once more; forget old results."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=30, help="how long a task may run"
        )

    def handle(self, *args: object, **options: int) -> None:
        limit = timezone.now() - timedelta(minutes=options["minutes"])
        again, failed = sweep(started_before=limit)
        retried = retry_failed()
        forgotten = forget()
        self.stdout.write(
            f"{again} tasks queued once more, {failed} left as failed, "
            f"{retried} that failed queued for later, {forgotten} old results erased"
        )
