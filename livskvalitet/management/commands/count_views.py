"""manage.py count_views <log> …: run once a day, on the web server's logs of the day
before and of today (plain or gzip). Counts how often each public page was shown, and
erases what is more than two years old; docs/gallring.md says what is kept. The format
of the log, and how to have granian write it, stands in `search.access_log`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from livskvalitet.sitemaps import addresses
from search.access_log import LogUnreadable
from uppfoljning.workflow.openness import count_views


class Command(BaseCommand):
    help = "Count how often each public page was shown, and nothing of whom to."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("logs", nargs="+", type=Path, metavar="log")

    def handle(self, *args: object, logs: list[Path], **options: object) -> None:
        try:
            counted = count_views(logs, public=addresses(), today=localdate())
        except LogUnreadable as fault:
            raise CommandError(f"{fault}. Nothing is kept.") from fault
        self.stdout.write(
            f"{counted.lines} lines read, {counted.malformed} of them passed over; "
            f"{counted.written} counts written, {counted.erased} old erased"
        )
