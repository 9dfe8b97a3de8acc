"""manage.py sweep_initiative_drafts: run every night. Warns the authors of drafts of
initiatives that are left, and erases those whose time is out."""

from django.core.management.base import BaseCommand, CommandParser

from uppfoljning.workflow.initiative_retention import sweep_initiative_drafts


class Command(BaseCommand):
    help = "Warn authors of old drafts of initiatives, and erase those after 90 days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and change nothing"
        )

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        swept = sweep_initiative_drafts(dry_run=dry_run)
        would = " (nothing was changed)" if dry_run else ""
        self.stdout.write(f"{swept}{would}")
