"""manage.py sweep_files: run daily. Removes files that nothing uses, and lists files
that are missing from the disk."""

from django.core.management.base import BaseCommand

from kunskapsbank.uploads.sweeping import sweep


class Command(BaseCommand):
    help = (
        "Remove files that no contribution has had for a day, and say which files are "
        "missing. Files in use are never touched."
    )

    def handle(self, *args: object, **options: object) -> None:
        """Sweep, and say what was done and what is missing."""
        swept = sweep()
        self.stdout.write(f"Removed {swept.unused} unused and {swept.stray} stray.")
        for file in swept.missing:
            numbers = file.attachments.values_list("version__entry", flat=True)
            where = ", ".join(f"B-{number}" for number in sorted(set(numbers)))
            self.stderr.write(f"Missing: {file.stored_name} ({where or 'unused'})")
