"""Each check of the doctor finds the fault that is made here, and says what to do."""

import os
import ssl
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import schedule
from accounts.models import ScheduledJob
from kunskapsbank import chain
from kunskapsbank.digests import send_digest
from kunskapsbank.enums import LinkState
from kunskapsbank.link_querysets import BROKEN_AFTER
from kunskapsbank.models import Entry, EventDetail, Link, ReviewEvent, StoredFile
from livskvalitet import health, read_only
from livskvalitet.backup import restoring
from livskvalitet.backup.faults import ArchiveBroken
from livskvalitet.doctor import examination, installation, keeping, surroundings
from livskvalitet.doctor.findings import Examined, Level
from livskvalitet.schedule import jobs
from programme.models import Prioritering
from search.models import IndexedText
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SHALLOW = Examined(is_full=False, address="")


def levels(check, examined=SHALLOW):
    return [finding.level for finding in check(examined)]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    for name in ("VAR_DIR", "MEDIA_ROOT", "BACKUP_DIR"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        setattr(settings, name, folder)
    settings.BACKUP_KEY = "n" * 40
    return tmp_path


def backup(settings, hours):
    made = timezone.now() - timedelta(hours=hours)
    name = f"livskvalitet-{made:%Y%m%dT%H%M%S}Z.tar.gz.sealed"
    (settings.BACKUP_DIR / name).write_bytes(b"x")


def test_command_tells_all_in_swedish_and_fails_on_a_fault(capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")

    told = capsys.readouterr().out
    assert ended.value.code == 1
    assert "fel      Säkerhetskopior: Det finns ingen säkerhetskopia" in told
    assert "Gör så här: Kör manage.py backup" in told
    assert "ok       Historik" in told
    assert "kunde inte göras" not in told
    assert [name for name in examination.CHECKS if name not in told] == []


def test_command_succeeds_on_warnings_alone(monkeypatch, capsys):
    only = {"Konton": keeping.people}
    monkeypatch.setattr(examination, "CHECKS", only)

    call_command("doctor")

    assert capsys.readouterr().out.startswith("varning  Konton: Ingen har ett konto")


def test_check_that_breaks_is_a_fault_and_the_rest_are_made(monkeypatch):
    def broken(examined):
        raise ZeroDivisionError

    monkeypatch.setattr(
        examination, "CHECKS", {"Trasig": broken, "Innehåll": keeping.content}
    )

    found = dict(examination.examine(SHALLOW))

    assert found["Trasig"][0].level == Level.FAULT
    assert "ZeroDivisionError" in found["Trasig"][0].text
    assert found["Innehåll"] == []


def test_settings_for_one_s_own_computer_are_no_settings_for_a_server(settings):
    settings.LOCAL = False
    settings.SECURE_SSL_REDIRECT = False

    texts = [finding.text for finding in installation.deployment(SHALLOW)]

    assert any("security.W008" in text for text in texts)


def test_tables_older_than_the_code(monkeypatch):
    plan = lambda *_: [1, 2]  # noqa: E731
    monkeypatch.setattr(installation.MigrationExecutor, "migration_plan", plan)

    (finding,) = installation.migrations(SHALLOW)

    assert "2 ändringar" in finding.text


def test_folders_that_are_missing_shut_or_open_to_all(settings, monkeypatch):
    assert levels(installation.folders) == []

    settings.BACKUP_DIR = settings.VAR_DIR / "borta"
    settings.MEDIA_ROOT.chmod(0o777)

    assert levels(installation.folders) == [Level.FAULT, Level.WARNING]
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert levels(installation.folders) == [Level.FAULT, Level.FAULT, Level.WARNING]


@pytest.mark.parametrize(("megabytes", "level"), [(100, 2), (1_000, 1), (9_000, None)])
def test_disk_that_is_nearly_full(megabytes, level, monkeypatch):
    usage = SimpleNamespace(free=megabytes * 1_000_000)
    monkeypatch.setattr(installation.shutil, "disk_usage", lambda _: usage)

    assert {*levels(installation.disk)} == ({level} if level else set())


@pytest.mark.parametrize(("seconds", "found"), [(0, []), (8, [1]), (60, [2])])
def test_clocks_that_differ(seconds, found, monkeypatch):
    later = timezone.now() + timedelta(seconds=seconds)
    monkeypatch.setattr(installation.timezone, "now", lambda: later)

    assert levels(installation.clock) == found


@pytest.mark.parametrize(("days", "found"), [(60, []), (10, [1]), (2, [2])])
def test_certificate_that_ends(days, found, monkeypatch):
    expires = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(installation, "_expires", lambda *_: expires)

    site = Examined(is_full=False, address="https://example.se")

    assert levels(installation.certificate, site) == found


@pytest.mark.parametrize("fault", [ssl.SSLCertVerificationError("x"), OSError("x")])
def test_certificate_that_cannot_be_had(fault, monkeypatch):
    if isinstance(fault, ssl.SSLCertVerificationError):
        fault.verify_message = "self-signed certificate"

    def refuse(*_):
        raise fault

    monkeypatch.setattr(installation, "_expires", refuse)

    site = Examined(is_full=False, address="https://example.se")

    assert levels(installation.certificate, site) == [Level.FAULT]


def test_mail_server_that_does_not_answer(monkeypatch):
    assert levels(surroundings.mail_server) == []

    monkeypatch.setattr(locmem.EmailBackend, "open", _refuse)

    assert levels(surroundings.mail_server) == [Level.FAULT]


def _refuse(*_, **__):
    raise OSError("hemligt")


def test_storage_that_cannot_be_written_or_read(monkeypatch):
    assert levels(surroundings.storage) == []
    assert not any(file.is_file() for file in Path(default_storage.path("")).rglob("*"))

    monkeypatch.setattr(type(default_storage._wrapped), "_save", _refuse)

    assert levels(surroundings.storage) == [Level.FAULT]


def test_cache_that_forgets(monkeypatch):
    assert levels(surroundings.shared_cache) == []

    monkeypatch.setattr(
        type(surroundings.cache._connections["default"]), "set", _refuse
    )

    assert levels(surroundings.shared_cache) == [Level.FAULT]


def test_cache_whose_place_the_database_takes(monkeypatch):
    backend = type(surroundings.cache._connections["default"])
    monkeypatch.setattr(backend, "is_lost", True, raising=False)

    assert levels(surroundings.shared_cache) == [Level.FAULT]


def test_site_that_can_only_be_read_lets_tasks_wait():
    send_digest.enqueue(1, "2026-11-26")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))
    read_only.switch("Vi flyttar databasen.")

    (found,) = surroundings.worker(SHALLOW)

    assert found.level == Level.WARNING
    assert "Vi flyttar databasen." in found.text
    assert "worker" not in health.faults()


def test_queue_that_stands_still_and_tasks_that_failed():
    assert levels(surroundings.worker) == []

    send_digest.enqueue(1, "2026-11-26")
    before = timezone.now() - timedelta(minutes=11)
    DBTaskResult.objects.update(enqueued_at=before)
    assert levels(surroundings.worker) == [Level.FAULT]

    DBTaskResult.objects.get().set_failed(ValueError("x"))
    assert levels(surroundings.worker) == [Level.WARNING]


def test_clockwork_that_stands_still_or_fails():
    assert levels(surroundings.clockwork) == [Level.FAULT]

    for job in jobs():
        schedule.take(job, now=timezone.now())
        schedule.finish(job)
    assert levels(surroundings.clockwork) == []

    told = ScheduledJob.objects.filter(name__in=["backup", "doctor"])
    told.update(failure="slutade med 1")
    before = timezone.now() - timedelta(days=2)
    ScheduledJob.objects.filter(name="sweep_drafts").update(due_at=before)
    texts = [finding.text for finding in surroundings.clockwork(SHALLOW)]
    assert [text.split(": ")[1] for text in texts] == ["sweep_drafts.", "backup."]


@pytest.mark.parametrize(("hours", "found"), [(20, []), (40, [1]), (100, [2])])
def test_backup_that_is_old(hours, found, settings, monkeypatch):
    monkeypatch.setattr(restoring, "check", lambda *_: None)
    backup(settings, hours)

    assert levels(surroundings.backups) == found


def test_backup_that_is_broken_or_in_clear(settings, monkeypatch):
    backup(settings, 1)
    assert levels(surroundings.backups) == [Level.FAULT]

    settings.BACKUP_KEY = ""
    monkeypatch.setattr(surroundings, "_READ_AT_ONCE", 0)
    monkeypatch.setattr(restoring, "check", _broken)

    assert levels(surroundings.backups) == [Level.WARNING]
    full = Examined(is_full=True, address="")
    assert levels(surroundings.backups, full) == [Level.WARNING, Level.FAULT]


def _broken(*_):
    raise ArchiveBroken("x")


def test_programme_that_is_not_loaded(monkeypatch):
    assert levels(keeping.content) == []

    none = SimpleNamespace(exists=lambda: False)
    monkeypatch.setattr(Prioritering, "objects", none)

    assert levels(keeping.content) == [Level.FAULT]


def test_second_factor_that_another_key_encrypted():
    person = UserFactory(second_factor=True)
    assert levels(keeping.people) == []

    other = Authenticator.objects.get(user=person)
    other.data = {"secret": "annan nyckel"}
    other.save()

    assert levels(keeping.people) == [Level.FAULT]


def test_history_that_was_changed_in_the_file():
    event = ReviewEvent.objects.order_by("pk").first()
    assert levels(keeping.history) == []

    chain.remove_append_only(connection.schema_editor())
    ReviewEvent.objects.filter(pk=event.pk).update(actor_ref="annan")
    EventDetail.objects.update_or_create(
        event=event, defaults={"actor_name": "Annan", "name_salt": "x"}
    )

    findings = list(keeping.history(SHALLOW))
    assert [finding.level for finding in findings] == [Level.FAULT] * 3
    assert f"B-{event.entry_id}" in findings[0].text


@pytest.mark.trust("R32")
def test_file_that_is_lost():
    assert levels(keeping.files) == []

    StoredFile.objects.create(hash="2" * 64, size=1, stored_name="bilagor/aa/borta")

    assert levels(keeping.files) == [Level.FAULT]


@pytest.mark.parametrize(("broken", "found"), [(19, []), (20, [Level.WARNING])])
def test_links_that_lead_nowhere(broken, found):
    entry = Entry.objects.first()
    Link.objects.all().delete()
    for number in range(broken + 1):
        url = f"https://example.se/{number}"
        fails = {"failed_days": BROKEN_AFTER} if number else {}
        Link.objects.create(entry=entry, url=url, state=LinkState.MISSING, **fails)

    assert levels(keeping.links) == found


@pytest.mark.parametrize("is_full", [False, True])
def test_index_that_tells_of_something_else(is_full):
    examined = Examined(is_full=is_full, address="")
    assert levels(keeping.index, examined) == []

    wrong = IndexedText.objects.filter(document__key__startswith="prioritering")
    assert wrong.update(text="något annat")

    assert levels(keeping.index, examined) == [Level.FAULT]
