"""manage.py ask_freshness: run every morning. Asks the owners of what nobody has stood
for in a year whether it still holds; see `kunskapsbank.freshness`."""

from django.core.management.base import BaseCommand, CommandParser

from kunskapsbank.workflow import ask_freshness


class Command(BaseCommand):
    help = "Ask whether old contributions still hold, and rank lower what is too old."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and change nothing"
        )

    def handle(self, *args: object, **options: bool) -> None:
        """Raises nothing of its own; run twice on a day, it asks once."""
        dry_run = options["dry_run"]
        found = ask_freshness(dry_run=dry_run)
        would = " (nothing was changed)" if dry_run else ""
        self.stdout.write(
            f"Asked about: {found.asked}. Reminded of: {found.reminded}. "
            f"For moderators: {found.for_moderators}. Mails: {found.mails}. "
            f"Ranked lower: {found.aged}.{would}"
        )
