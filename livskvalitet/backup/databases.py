"""The whole database as one file, and back: SQLite by its own backup, PostgreSQL by
pg_dump and pg_restore, which must be on the PATH."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from livskvalitet.backup.faults import BackupFault, NotEmpty, ToolFailed

# Milliseconds that pg_dump waits for a table that a migration has locked.
_LOCK_WAIT = 60_000
Ask = Callable[[str], list[tuple]]


@dataclass
class Dumped:
    """What a dump holds, read from the dump itself or the same moment of the database.

    `files` are the names that the storage keeps them under.
    """

    rows: dict[str, int]
    migrations: list[str]
    files: list[str]


def dump(target: Path) -> Dumped:
    """Write the database, as it is at one moment, to the file `target`."""
    return _ENGINES[connection.vendor].dump(target)


def restore(source: Path) -> None:
    """Make the database that of the file: wholly, or not at all."""
    _ENGINES[connection.vendor].restore(source)


def require_empty() -> None:
    """Raise NotEmpty when the database has any table."""
    if tables := connection.introspection.table_names():
        raise NotEmpty(
            f"The database has {len(tables)} tables already: let DATABASE_URL name a "
            "new and empty one. Nothing was restored."
        )


def row_counts() -> dict[str, int]:
    """How many rows each table has now."""
    return _read(_ask_django).rows


def triggers() -> set[str]:
    """The names of all triggers that the database has."""
    return {row[0] for row in _ask_django(_ENGINES[connection.vendor].TRIGGERS)}


def changeable(tables: Iterable[str]) -> set[str]:
    """Those that the site's own role may change, empty or drop, which who owns the
    schema or the database may too; a file has no roles."""
    if connection.vendor != "postgresql":
        return set()
    ask = """
        SELECT has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
            OR pg_has_role(n.nspowner, 'USAGE')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = '{}'::regclass
    """
    return {name for name in tables if _ask_django(ask.format(name))[0][0]}


class _SQLite:
    TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"

    def dump(self, target):
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
            if (said := copy.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise BackupFault(f"The database is damaged: {said}")
            return _read(lambda sql: copy.execute(sql).fetchall())

    def restore(self, source):
        connection.ensure_connection()
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            copy.backup(connection.connection)
        connection.close()


class _PostgreSQL:
    # Those that are there and not disabled.
    TRIGGERS = (
        "SELECT tgname FROM pg_trigger "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )

    def dump(self, target):
        with _one_moment() as snapshot:
            options = ["--format=custom", "--no-owner", "--no-privileges"]
            options.append(f"--lock-wait-timeout={_LOCK_WAIT}")
            _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}")
            return _read(_ask_django)

    def restore(self, source):
        options = ["--single-transaction", "--exit-on-error"]
        _run("pg_restore", *options, "--no-owner", "--no-privileges", str(source))


_ENGINES: dict[str, _SQLite | _PostgreSQL] = {
    "sqlite": _SQLite(),
    "postgresql": _PostgreSQL(),
}


def _read(ask: Ask) -> Dumped:
    names = ask("SELECT stored_name, thumbnail_name FROM kunskapsbank_storedfile")
    done = ask("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Dumped(
        rows={name: ask(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in _tables()},
        migrations=[f"{app}.{name}" for app, name in done],
        files=sorted({name for row in names for name in row if name}),
    )


def _tables() -> list[str]:
    """Those of models; the index's own and the cache's can be made anew."""
    models = apps.get_models(include_auto_created=True)
    names = {each._meta.db_table for each in models if each._meta.managed}
    there = connection.introspection.table_names()  # fewer, before an upgrade
    return sorted({*names, "django_migrations"}.intersection(there))


def _ask_django(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@contextmanager
def _one_moment() -> Iterator[str]:
    """A transaction that sees one moment, under the name that pg_dump can share."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _run(program: str, *options: str) -> None:
    """Raises ToolFailed with what the program said."""
    found = shutil.which(program)
    if found is None:
        raise ToolFailed(
            f"{program} is missing: install the package postgresql-client of at least "
            "the server's version, and let PATH name its folder."
        )
    settings = connection.settings_dict
    told, variables = DatabaseClient.settings_to_cmd_args_env(settings, [])
    *link, name = told[1:]
    ended = subprocess.run(
        [found, *link, f"--dbname={name}", *options],
        env={**os.environ, **(variables or {}), "PGOPTIONS": ""},
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        said = ended.stderr.strip().rpartition("\n")[2]
        raise ToolFailed(f"{program} failed: {said or ended.returncode}")
