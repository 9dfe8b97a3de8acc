"""manage.py mend_static: makes anew what has been hidden or changed in the copy that
export_static made, as far as it is public. Run it every ten minutes."""

from django.core.management.base import BaseCommand, CommandError

from livskvalitet import static_copy


class Command(BaseCommand):
    help = "Make anew what has left the newest copy of everything public."

    def handle(self, *args: object, **options: object) -> None:
        try:
            count = static_copy.mend()
        except static_copy.NoPlace:
            self.stdout.write("STATIC_COPY_ROOT is not set: there is no copy")
        except static_copy.Unanswered as address:
            raise CommandError(f"The site is down: {address} answers 503") from None
        else:
            self.stdout.write(f"{count} files made anew")
