"""manage.py local_accounts: the ready accounts of a site on one's own computer."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from accounts import local


class Command(BaseCommand):
    help = "With LOCAL=1: make the ready accounts. Without: refuse if there are any."

    def handle(self, *args: object, **options: object) -> None:
        """Raises CommandError when a site for others holds a ready account."""
        if settings.LOCAL:
            local.prepare()
        elif found := local.found():
            raise CommandError(
                f"The database holds {', '.join(found)}, ready accounts made by "
                "LOCAL=1: remove them, or use another database."
            )
