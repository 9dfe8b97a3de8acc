"""manage.py check_migrations: may the migrations run while the site is up?"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from livskvalitet import migration_safety


class Command(BaseCommand):
    help = "Look for what locks tables for long or breaks the previous release."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--record", action="store_true", help="all there are now are released"
        )

    def handle(self, *args: object, record: bool, **options: object) -> None:
        if record:
            migration_safety.record()
            return
        found = migration_safety.faults()
        if found:
            raise CommandError("\n".join(map(str, found)))
