"""A backup restored on a machine that has nothing: all of it is there (trust R30-R32).

What is backed up is the test's database; what it is restored to is a new one, by
commands of their own, as an operator runs them.
"""

import os
import subprocess
import sys
from secrets import token_urlsafe
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.adapters import know_address
from accounts.models import User
from kunskapsbank.models import StoredFile
from kunskapsbank.uploads import storage
from livskvalitet.backup import folder
from tests import postgres
from tests.factories import UserFactory
from tests.racing import HAS_ROW_LOCKS

KEY = token_urlsafe(32)
PASSWORD = token_urlsafe(16)
SIGN_IN = """
from django.contrib.sessions.models import Session
from django.test import Client
from search import generation
assert generation.current() > 1_000_000 and not Session.objects.exists()
answer = Client(headers={"host": "localhost"}).post(
    "/konto/logga-in/", {"login": "aterlast@example.se", "password": "%s"}
)
print(answer.status_code, answer.headers.get("Location"))
"""


def somebody_with_a_file():
    user = UserFactory(email="aterlast@example.se", contributor=True)
    user.set_password(PASSWORD)
    user.save()
    know_address(user)
    name = storage.keep(b"en bilaga " * 1000)
    StoredFile.objects.create(
        hash="0" * 64, content_type="application/pdf", size=10_000, stored_name=name
    )


def forget_them():
    StoredFile.objects.filter(hash="0" * 64).delete()
    User.objects.filter(email="aterlast@example.se").delete()


@pytest.fixture
def archive(place, outside, tmp_path):
    """A whole archive, of a site with an account and a file."""

    def back_up():
        somebody_with_a_file()
        try:
            made = manage(source(tmp_path), "backup", "--to", str(tmp_path / "backup"))
            assert made.returncode == 0, made.stderr
        finally:
            forget_them()
        return folder.newest(tmp_path / "backup")

    return outside(back_up)


def source(tmp_path):
    """The environment of the site as it is in this test."""
    name = tmp_path / "source.sqlite3"
    url = f"sqlite:///{name}"
    if HAS_ROW_LOCKS:
        found = connection.settings_dict
        host = quote(found["HOST"], safe="")
        url = f"postgres://{found['USER']}@{host}:{found['PORT']}/{found['NAME']}"
    else:
        name.write_bytes(connection.connection.serialize())
    return variables(tmp_path / "site") | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }


def variables(folder):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "livskvalitet.settings_test",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(folder),
        "BACKUP_KEY": KEY,
    }


@pytest.fixture
def empty_machine(tmp_path):
    """The environment of a machine that has nothing but the code."""
    machine = variables(tmp_path / "machine")
    if not HAS_ROW_LOCKS:
        yield machine
        return
    with postgres.server() as running:
        yield machine | {"DATABASE_URL": running.url}


def manage(environment, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.thorough
@pytest.mark.trust("R30", "R31")
def test_empty_machine_gets_all_of_it_back_or_nothing(archive, empty_machine):
    content = archive.read_bytes()
    archive.write_bytes(content[:-1000])
    refused = manage(empty_machine, "restore", str(archive), "--verify")
    archive.write_bytes(content)
    restored = manage(empty_machine, "restore", str(archive), "--verify")
    signed_in = manage(empty_machine, "shell", "--command", SIGN_IN % PASSWORD)
    again = manage(empty_machine, "restore", str(archive))

    assert refused.returncode == 1
    assert "truncated" in refused.stderr
    assert restored.returncode == 0, restored.stderr  # so nothing was left before
    assert "Verified: counts, checksums, history, secrets, index." in restored.stdout
    assert "and 1 files" in restored.stdout
    assert signed_in.stdout.split()[-2:] == ["302", "/mina-bidrag/"], signed_in.stderr
    assert again.returncode == 1
    assert "tables already" in again.stderr


@pytest.mark.django_db
def test_restore_refuses_a_database_that_is_not_empty(place):
    with pytest.raises(CommandError, match="tables already"):
        call_command("restore", str(place / "whatever"))


@pytest.mark.django_db
def test_restore_refuses_files_that_are_there(place, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    storage.keep(b"nagot annat")

    with pytest.raises(CommandError, match="files in the storage already"):
        call_command("restore", str(place / "whatever"))
