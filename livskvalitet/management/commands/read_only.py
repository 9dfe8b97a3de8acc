"""manage.py read_only "Vi flyttar databasen till klockan 14." and read_only --off"""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from livskvalitet import read_only


class Command(BaseCommand):
    help = "Let the site only be read, and say why; --off lets it be written again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reason", nargs="?", default="", help="read by everybody")
        parser.add_argument("--off", action="store_true")

    def handle(self, *args: object, reason: str, off: bool, **options: object) -> None:
        if bool(reason) == off:
            now = read_only.reason() or "it can be written"
            raise CommandError(f"Say why, or --off. Now: {now}")
        if len(reason) > 200:
            raise CommandError("Say why in at most 200 characters.")
        read_only.switch(reason)
        said = f"can only be read: {reason}" if reason else "can be written again"
        self.stdout.write(f"The site {said}")
