"""manage.py restore <archive>: what `backup` wrote, into an empty database and an empty
storage. docs/drift.md says how, and what to do after."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from livskvalitet.backup import restoring, verifying
from livskvalitet.backup.archive import Manifest
from livskvalitet.backup.faults import BackupFault


class Command(BaseCommand):
    help = "Restore an archive into an empty database and storage, and nowhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--verify",
            action="store_true",
            help="also check counts, checksums, history, secrets and index",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="read the archive to its end, and restore nothing",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Raises CommandError with what is wrong."""
        archive = options["archive"]
        assert isinstance(archive, Path)
        try:
            if options["dry_run"]:
                self._say("Whole", restoring.check(archive, settings.BACKUP_KEY))
                return
            manifest = restoring.restore(archive, settings.BACKUP_KEY)
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        faults = list(verifying.counts(manifest))
        restoring.bring_up_to_date()
        if options["verify"]:
            faults += verifying.faults(manifest)
        self._say("Restored", manifest)
        if faults:
            told = "".join(f"\n- {fault}" for fault in faults)
            raise CommandError(f"It is restored, but this is wrong:{told}")
        if options["verify"]:
            self.stdout.write("Verified: counts, checksums, history, secrets, index.")

    def _say(self, what: str, manifest: Manifest) -> None:
        rows = sum(manifest.rows.values())
        self.stdout.write(
            f"{what}: made {manifest.made_at} by release {manifest.release}, {rows} "
            f"rows and {len(manifest.media)} files."
        )
