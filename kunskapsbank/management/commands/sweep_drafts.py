"""Warn the authors of drafts that are left, and erase those whose time is out."""

from django.core.management.base import BaseCommand

from kunskapsbank.workflow import sweep_drafts


class Command(BaseCommand):
    help = "Warns authors of drafts left for 76 and 88 days and erases them after 90."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and change nothing"
        )

    def handle(self, *args, dry_run, **options):
        """Raises nothing of its own; safe to run as often as one likes."""
        swept = sweep_drafts(dry_run=dry_run)
        would = " (nothing was changed)" if dry_run else ""
        self.stdout.write(f"{swept}{would}")
