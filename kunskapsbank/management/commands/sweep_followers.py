"""manage.py sweep_followers: run daily. Erases addresses that were never confirmed; see
docs/gallring.md."""

from django.core.management.base import BaseCommand

from kunskapsbank import workflow


class Command(BaseCommand):
    help = "Erase the addresses of those who never confirmed that they follow."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{workflow.sweep_followers()} unconfirmed erased")
