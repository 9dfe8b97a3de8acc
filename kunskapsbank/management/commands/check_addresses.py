"""manage.py check_addresses: run daily. Has the addresses in public contributions asked
when their time comes, about once a week, and those that fail every day."""

from django.core.management.base import BaseCommand

from kunskapsbank.link_upkeep import follow_listed
from kunskapsbank.links import queue_due


class Command(BaseCommand):
    help = "Queue a check of every address in public contributions that is due."

    def handle(self, *args: object, **options: object) -> None:
        """The worker asks; run twice at once, or broken off, it asks none twice."""
        follow_listed()
        self.stdout.write(f"{queue_due()} addresses queued")
