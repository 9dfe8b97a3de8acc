"""manage.py migrate, which says in a sentence when it met a lock (trust R29)."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError


class Command(migrate.Command):
    def handle(self, *args: object, **options: object) -> None:
        try:
            super().handle(*args, **options)
        except OperationalError as fault:
            reason = str(fault).strip().partition("\n")[0]
            raise CommandError(
                f"The migration could not be done now ({reason}). Nothing of it is "
                "done: run it again."
            ) from fault
