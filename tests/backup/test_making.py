"""A backup is whole or not there, and holds every file that its database names."""

import io
import sqlite3

import pytest
from django.core.management import CommandError, call_command

from kunskapsbank.models import StoredFile
from kunskapsbank.uploads import storage
from livskvalitet.backup import archive, databases, folder, making, restoring
from livskvalitet.backup.faults import ArchiveBroken, BackupFault, ToolFailed
from tests.racing import HAS_ROW_LOCKS

pytestmark = pytest.mark.django_db


@pytest.fixture
def dumped(monkeypatch, place):
    """A database that names two files, one of which is lost."""
    names = [storage.keep(b"fil"), "bilagor/aa/borta"]

    def dump(target):
        target.write_bytes(b"en databas")
        return databases.Dumped({"a": 1}, ["search.0001_initial"], names)

    monkeypatch.setattr(databases, "dump", dump)
    return names


def row(name):
    return StoredFile.objects.create(
        hash="1" * 64, content_type="image/webp", size=3, stored_name=name
    )


def test_file_that_is_lost_is_told_of_and_the_rest_is_kept(dumped, place):
    row(dumped[1])

    made = making.make(place / "backup")

    assert made.manifest.missing == [dumped[1]]
    assert archive.read(made.path, "").media == [dumped[0]]


def test_file_that_is_removed_meanwhile_has_the_whole_begin_again(dumped, place):
    with pytest.raises(BackupFault, match="removed while"):
        making.make(place / "backup")

    assert folder.archives(place / "backup") == []


def test_full_disk_leaves_nothing(dumped, place, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive.Writer, "finish", full)
    row(dumped[1])

    with pytest.raises(CommandError, match="No space left"):
        call_command("backup")

    assert [each.name for each in (place / "backup").iterdir()] == [".lock"]


def test_command_keeps_the_newest_and_what_is_not_ours(dumped, place, capsys):
    row(dumped[1])
    old = [f"livskvalitet-2020010{day}T000000Z.tar.gz" for day in range(1, 4)]
    for name in [*old, "annat.tar.gz", ".unfinished-x"]:
        (place / "backup").mkdir(exist_ok=True)
        (place / "backup" / name).touch()

    call_command("backup", keep=2)

    left = sorted(each.name for each in (place / "backup").iterdir())
    newest = folder.newest(place / "backup")
    assert left == sorted([".lock", "annat.tar.gz", old[2], newest.name])
    assert newest.stat().st_mode & 0o777 == 0o600
    told = capsys.readouterr()
    assert "NOT encrypted" in told.out
    assert f"Missing from the storage, so not in it: {dumped[1]}" in told.err


def test_one_backup_at_a_time(dumped, place):
    row(dumped[1])
    with (
        folder.new_archive(place / "backup", is_sealed=False),
        pytest.raises(BackupFault, match="Another backup"),
    ):
        making.make(place / "backup")


def test_backup_of_newer_code_is_refused(dumped, place, monkeypatch):
    row(dumped[1])
    made = making.make(place / "backup")
    restoring.check(made.path)

    monkeypatch.setattr(restoring, "MigrationLoader", lambda *_, **__: NoMigrations)

    with pytest.raises(BackupFault, match=r"search\.0001_initial is unknown"):
        restoring.check(made.path)


class NoMigrations:
    disk_migrations = ()


def test_fault_while_restoring_removes_what_was_written(dumped, place, monkeypatch):
    row(dumped[1])
    made = making.make(place / "backup")
    storage.remove(dumped[0])
    monkeypatch.setattr(databases, "require_empty", lambda: None)
    monkeypatch.setattr(databases, "restore", _fail)

    with pytest.raises(ToolFailed):
        restoring.restore(made.path)

    assert list(storage.names()) == []


def _fail(source):
    raise ToolFailed("pg_restore failed")


def test_archive_cannot_name_a_file_outside_the_storage(place):
    with pytest.raises(ArchiveBroken, match="no file of ours"):
        restoring._store("../utanfor", io.BytesIO(b"x"))


def test_missing_program_is_named(monkeypatch, place):
    monkeypatch.setenv("PATH", str(place))

    with pytest.raises(ToolFailed, match="pg_dump is missing: install"):
        databases._run("pg_dump")


def test_damaged_database_is_not_kept(place, monkeypatch, outside):
    if HAS_ROW_LOCKS:
        return
    monkeypatch.setattr(sqlite3, "connect", lambda *_: Damaged())
    monkeypatch.setattr("django.db.connection.connection", Damaged())
    with pytest.raises(BackupFault, match="damaged"):
        making.make(place / "backup")

    assert folder.archives(place / "backup") == []


class Damaged:
    def backup(self, target):
        pass

    def close(self):
        pass

    def execute(self, sql):
        return self

    def fetchone(self):
        return ("malformed",)
