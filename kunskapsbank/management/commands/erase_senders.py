"""manage.py erase_senders: run daily. Forgets who sent letters that have long been
closed; see docs/gallring.md."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from kunskapsbank import workflow

DAYS = 90


class Command(BaseCommand):
    help = "Erase names and addresses of letters that were closed long ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS)

    def handle(self, *args: object, **options: int) -> None:
        before = timezone.now() - timedelta(days=options["days"])
        erased = workflow.erase_senders(closed_before=before)
        self.stdout.write(f"{erased} senders erased")
