"""manage.py backup: run every night. One archive of the database and every file that it
names, in BACKUP_DIR or the folder of --to; docs/drift.md says where else it must be."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from livskvalitet.backup import folder, making
from livskvalitet.backup.faults import BackupFault


class Command(BaseCommand):
    help = "Write the database and its files to one archive, whole or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, default=settings.BACKUP_DIR, help="the folder"
        )
        parser.add_argument(
            "--keep", type=int, help="remove all archives there but so many"
        )

    def handle(self, *args: object, **options: object) -> None:
        to, keep = options["to"], options["keep"]
        assert isinstance(to, Path)
        if isinstance(keep, int) and keep < 1:
            raise CommandError("--keep must be at least 1: the new one is kept.")
        try:
            made = making.make(to, settings.BACKUP_KEY)
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        self._tell(made)
        if isinstance(keep, int):
            for old in folder.drop_old(to, keep):
                self.stdout.write(f"Removed {old.name}.")

    def _tell(self, made: making.Made) -> None:
        rows = sum(made.manifest.rows.values())
        sealed = "encrypted" if settings.BACKUP_KEY else "NOT encrypted"
        self.stdout.write(
            f"{made.path}: {rows} rows and {len(made.manifest.media)} files, "
            f"{made.path.stat().st_size} bytes, {sealed}."
        )
        for name in made.manifest.missing:
            self.stderr.write(f"Missing from the storage, so not in it: {name}")
