"""SQLite databases kept between runs: migrating and loading take most of a short run.

Two are kept. One is migrated; it is known by what the migrations say, and `migrate`
still runs on it, so that what is kept can only save time. The other holds the content
too; it is known by all code that could have a part in it, and by the day, since what is
loaded is dated. `python -m tests.database` makes what is not kept yet.
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created

FOLDER = Path("var/tests")


def restore_when_connected():
    """Fill the first, empty, in-memory database with what is kept."""
    if kept():
        connection_created.connect(_restore)


def load():
    """Load the content into the database that is connected to, which is migrated."""
    _keep(_migrated())
    call_command("load_content", stdout=StringIO())
    _keep(_loaded())


def kept() -> Path | None:
    """The database to begin with, if any is kept: the one with content is best."""
    return next((each for each in (_loaded(), _migrated()) if each.exists()), None)


def _keep(path: Path):
    """Keep the database as it is now, unless it is kept already."""
    if connection.vendor != "sqlite" or path.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"{path.name.partition('-')[0]}-*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = FOLDER / f"unfinished-{os.getpid()}"
    with sqlite3.connect(unfinished) as file:
        connection.connection.backup(file)
    file.close()
    unfinished.replace(path)


@cache
def _migrated() -> Path:
    return FOLDER / f"migrated-{_sum_of(_in_apps('migrations/*.py'))}.sqlite3"


@cache
def _loaded() -> Path:
    read = [*_in_apps("**/*.py"), *Path(settings.BASE_DIR).glob("fixtures/*.json")]
    return FOLDER / f"loaded-{_sum_of(read)}-{date.today()}.sqlite3"


def _in_apps(pattern: str) -> list[Path]:
    apps = [each.parent for each in Path(settings.BASE_DIR).glob("*/__init__.py")]
    return [file for app in apps for file in app.glob(pattern)]


def _sum_of(files: Iterable[Path]) -> str:
    read = hashlib.sha256(Path("requirements.txt").read_bytes())
    for file in sorted(files):
        read.update(file.name.encode() + file.read_bytes())
    return read.hexdigest()[:16]


def _restore(sender, connection, **kwargs):
    if connection.vendor == "sqlite" and "mode=memory" in str(
        connection.settings_dict["NAME"]
    ):
        connection_created.disconnect(_restore)
        with sqlite3.connect(kept()) as file:
            file.backup(connection.connection)
        file.close()


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "livskvalitet.settings_test"
    django.setup()
    if not _loaded().exists():
        restore_when_connected()
        connection.creation.create_test_db(verbosity=0)
        load()


if __name__ == "__main__":
    main()
