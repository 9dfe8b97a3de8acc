"""manage.py sweep_people: run once a day. Erases old invitations, and forgets who sent
applications that were answered long ago; docs/gallring.md has the times."""

from django.core.management.base import BaseCommand, CommandParser

from accounts import workflow


class Command(BaseCommand):
    help = "Erase invitations and applicants that have been kept long enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count, and erase nothing"
        )

    def handle(self, *args: object, **options: bool) -> None:
        invitations, applications = workflow.sweep(dry_run=options["dry_run"])
        done = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{invitations} invitations {done}erased, "
            f"{applications} applicants {done}forgotten"
        )
