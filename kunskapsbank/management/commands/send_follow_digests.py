"""manage.py send_follow_digests: run every morning. Tells each address what is new in
the lists it follows; run twice on a day, it still sends one mail."""

from django.core.management.base import BaseCommand, CommandParser

from kunskapsbank.follow_digests import queue_news


class Command(BaseCommand):
    help = "Queue news to the addresses that follow something and are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and queue nothing"
        )

    def handle(self, *args: object, **options: bool) -> None:
        due, queued = queue_news(dry_run=options["dry_run"])
        done = "would be queued" if options["dry_run"] else "queued"
        self.stdout.write(f"{due} addresses due, {queued} mails {done}")
