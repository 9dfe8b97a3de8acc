"""manage.py count_searches <log> …: run once a day, on the web server's log of the day
before (plain or gzip). Counts what people searched for in vain, and erases what is more
than a year old; docs/gallring.md says what is kept. The format of the log, and how to
have granian write it, stands in `search.access_log`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from search.access_log import LogUnreadable
from search.missed import count_missed


class Command(BaseCommand):
    help = "Count what several people searched for without finding anything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("logs", nargs="+", type=Path, metavar="log")

    def handle(self, *args: object, logs: list[Path], **options: object) -> None:
        try:
            counted = count_missed(logs, today=localdate())
        except LogUnreadable as fault:
            raise CommandError(f"{fault}. Nothing is kept.") from fault
        self.stdout.write(
            f"{counted.lines} lines read, {counted.malformed} of them passed over; "
            f"{counted.kept} searches without hits kept, {counted.erased} old erased"
        )
