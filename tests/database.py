"""A migrated SQLite database, kept between runs: migrating takes most of a short run.

It is known by what the migrations say, and `migrate` still runs on it, so that what is
kept can only save time.
"""

import hashlib
import os
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created

FOLDER = Path("var/tests")


def restore_when_connected():
    """Fill the first, empty, in-memory database with what is kept."""
    if kept().exists():
        connection_created.connect(_restore)


def keep():
    """Keep the database as it is now, unless it is kept already."""
    if connection.vendor != "sqlite" or kept().exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("migrated-*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = FOLDER / f"unfinished-{os.getpid()}"
    with sqlite3.connect(unfinished) as file:
        connection.connection.backup(file)
    file.close()
    unfinished.replace(kept())


def kept() -> Path:
    """Where a database with these migrations is kept, whether it is or not."""
    read = hashlib.sha256()
    for file in sorted(Path(settings.BASE_DIR).glob("*/migrations/*.py")):
        read.update(file.name.encode() + file.read_bytes())
    read.update(Path("requirements.txt").read_bytes())
    return FOLDER / f"migrated-{read.hexdigest()[:16]}.sqlite3"


def _restore(sender, connection, **kwargs):
    if connection.vendor == "sqlite" and "mode=memory" in str(
        connection.settings_dict["NAME"]
    ):
        connection_created.disconnect(_restore)
        with sqlite3.connect(kept()) as file:
            file.backup(connection.connection)
        file.close()
