"""manage.py remind_assessments: run every morning. Reminds those who have assessments
that are not ready to be read; nobody more often than once in so many days."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from uppfoljning.workflow.assessments import remind

DAYS = 14


class Command(BaseCommand):
    help = "Remind people of the assessments that they have not written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=DAYS,
            help="at least so many days between two mails about the same text",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and change nothing"
        )

    def handle(self, *args: object, days: int, dry_run: bool, **options) -> None:
        """Raises CommandError for fewer days than one."""
        if days < 1:
            raise CommandError("--days must be at least 1.")
        mails = remind(days=days, dry_run=dry_run)
        would = " (nothing was changed)" if dry_run else ""
        self.stdout.write(f"Mails: {mails}.{would}")
