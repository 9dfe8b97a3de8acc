"""What the tests of backups need."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests import postgres
from tests.racing import HAS_ROW_LOCKS


@pytest.fixture(autouse=True)
def _programs_of_postgresql(monkeypatch):
    """pg_dump as it comes with the server that the tests run on."""
    folders = [str(folder) for folder in postgres.installations()]
    monkeypatch.setenv("PATH", os.pathsep.join([*folders, os.environ["PATH"]]))


@pytest.fixture
def place(settings, tmp_path):
    """A storage and a folder of backups, both empty."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_DIR = tmp_path / "backup"
    settings.BACKUP_KEY = ""
    return tmp_path


@pytest.fixture
def outside(db):
    """Run something outside the test's transaction, where PostgreSQL must see it."""

    def run(act):
        if not HAS_ROW_LOCKS:
            return act()
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(_closing, act).result()

    return run


def _closing(act):
    try:
        return act()
    finally:
        connection.close()
