"""manage.py send_digests: run every morning. Tells each moderator who wants it what
waits for them; run twice on a day, it still sends one mail."""

from django.core.management.base import BaseCommand

from kunskapsbank.digests import queue_digests


class Command(BaseCommand):
    help = "Queue today's digest for the moderators who want one."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{queue_digests()} digests queued")
