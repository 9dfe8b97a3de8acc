"""manage.py export_static: copies everything public to STATIC_COPY_ROOT, for the proxy
to serve when the site is down and for the archive. Run it every night."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from livskvalitet import static_copy


class Command(BaseCommand):
    help = "Copy everything public to STATIC_COPY_ROOT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "addresses", nargs="*", help="only these, such as /om/, to try it"
        )

    def handle(self, *args: object, **options: list[str]) -> None:
        """Raises CommandError when the site is down: the copy before it is kept."""
        try:
            made = static_copy.make(options["addresses"])
        except static_copy.NoPlace:
            self.stdout.write("STATIC_COPY_ROOT is not set: no copy is made")
        except static_copy.Unanswered as address:
            raise CommandError(f"The site is down: {address} answers 503") from None
        else:
            self.stdout.write(f"{len(made.checksums)} files copied")
