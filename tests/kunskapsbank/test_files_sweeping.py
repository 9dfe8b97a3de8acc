"""Files that nothing uses, files that are lost, and the virus scanner (trust 5.4.3)."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kunskapsbank import workflow
from kunskapsbank.enums import People, Scan, Status
from kunskapsbank.exceptions import FileInfected, FileNotScanned, Incomplete
from kunskapsbank.models import StoredFile
from kunskapsbank.uploads import antivirus, storage
from kunskapsbank.uploads.sweeping import sweep
from kunskapsbank.workflow import attachments
from tests.kunskapsbank import samples, stories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("media"),
    pytest.mark.thorough,
]


def attach(version, name="bild.png", content=None):
    upload = samples.upload(name, content)
    made = attachments.attach(version, by=version.author, upload=upload)
    return attachments.describe(
        made, by=version.author, alt="En bänk", people=People.NOBODY
    )


def two_days_pass():
    """For everything that is kept until now."""
    then = timezone.now() - timedelta(days=2)
    StoredFile.objects.update(created_at=then)
    for name in storage.names():
        os.utime(default_storage.path(name), (then.timestamp(), then.timestamp()))


# -- Sweeping


def test_what_no_text_has_is_removed_after_a_day(django_capture_on_commit_callbacks):
    made = attach(stories.draft())
    attachments.detach(made, by=made.version.author)
    assert sweep().unused == 0

    two_days_pass()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep().unused == 1

    assert StoredFile.objects.count() == 0
    assert list(storage.names()) == []


def test_what_a_text_has_is_kept(django_capture_on_commit_callbacks):
    made = attach(stories.draft())
    two_days_pass()

    with django_capture_on_commit_callbacks(execute=True):
        swept = sweep()

    assert (swept.unused, swept.stray, swept.missing) == (0, 0, [])
    assert storage.read(made.file.stored_name)
    assert storage.read(made.file.thumbnail_name)


def test_what_a_moderator_was_shown_is_kept_for_the_history():
    version = stories.draft()
    made = attach(version)
    version = stories.returned(stories.hand_in(version))
    attachments.detach(made, by=version.author)
    two_days_pass()

    assert sweep().unused == 0


def test_what_an_upload_left_on_disk_is_removed_after_a_day():
    attach(stories.draft())
    kept = sorted(storage.names())
    half = Path(default_storage.path(kept[0])).parent / ".unfinished-x"
    half.write_bytes(b"half")
    lost = storage.keep(b"nobody knows this")
    assert sweep().stray == 0
    assert half.exists()

    two_days_pass()

    assert sweep().stray == 2
    assert sorted(storage.names()) == kept
    assert not storage.exists(lost)


def test_a_draft_that_is_deleted_lets_go_of_its_files():
    version = stories.draft()
    attach(version)

    version.delete()
    two_days_pass()

    assert sweep().unused == 1


def test_the_command_says_what_is_missing(capsys):
    made = attach(stories.draft())
    default_storage.delete(made.file.stored_name)

    call_command("sweep_files")

    said = capsys.readouterr()
    assert said.out == "Removed 0 unused and 0 stray.\n"
    assert made.file.stored_name in said.err
    assert made.version.entry.number in said.err


# -- Virus scanning


@pytest.fixture
def scanner(settings, tmp_path):
    """A scanner that is told what to answer."""

    def answers(code, content=b""):
        script = tmp_path / "scanner.py"
        script.write_text(
            "import sys\n"
            f"assert {content!r} in open(sys.argv[1], 'rb').read()\n"
            f"sys.exit({code})\n"
        )
        settings.ANTIVIRUS_COMMAND = f"{sys.executable} {script}"

    return answers


def scanned(made):
    antivirus.scan.func(made.file_id)
    made.file.refresh_from_db()
    return made.file.scan


def waiting_tasks():
    return DBTaskResult.objects.filter(task_path__endswith="antivirus.scan").count()


@pytest.mark.parametrize(
    ("code", "scan"), [(0, Scan.CLEAN), (1, Scan.INFECTED), (2, Scan.WAITING)]
)
def test_the_scanner_is_given_the_file_and_believed(scanner, code, scan):
    scanner(code, b"RIFF")
    made = attach(stories.draft())
    assert (made.file.scan, waiting_tasks()) == (Scan.WAITING, 1)

    assert scanned(made) == scan


def test_a_scanner_that_is_down_is_asked_again(scanner, settings):
    scanner(0)
    made = attach(stories.draft())
    settings.ANTIVIRUS_COMMAND = "/finns/inte"

    assert scanned(made) == Scan.WAITING
    assert waiting_tasks() == 2
    sweep()
    assert waiting_tasks() == 3


def test_a_scanner_that_never_answers_is_left(scanner, settings, monkeypatch):
    scanner(0)
    made = attach(stories.draft())
    settings.ANTIVIRUS_COMMAND = "sh -c 'sleep 60'"
    monkeypatch.setattr(antivirus, "SECONDS", 0.2)
    started = time.monotonic()

    assert scanned(made) == Scan.WAITING
    assert time.monotonic() - started < 30


def test_nothing_is_published_before_the_scanner_has_answered(scanner):
    scanner(0)
    version = stories.draft()
    made = attach(version)
    version = stories.hand_in(version)
    how = {"by": stories.moderator(), "lock": version.lock}

    with pytest.raises(FileNotScanned):
        workflow.publish(version, **how)
    version.refresh_from_db()
    assert version.status == Status.SUBMITTED

    scanned(made)
    assert workflow.publish(version, **how).status == Status.PUBLISHED


def test_a_file_from_before_there_was_a_scanner_is_scanned_first(scanner):
    version = stories.draft()
    made = attach(version)
    assert made.file.scan == Scan.NONE
    version = stories.hand_in(version)
    scanner(0)

    with pytest.raises(FileNotScanned):
        workflow.publish(version, by=stories.moderator(), lock=version.lock)
    sweep()

    assert waiting_tasks() == 1


def test_an_infected_file_is_neither_handed_in_nor_published(scanner):
    scanner(1)
    version, other = stories.draft(), stories.draft()
    made = attach(version)
    attach(other)
    handed_in = stories.hand_in(other)
    scanned(made)

    with pytest.raises(Incomplete) as caught:
        stories.hand_in(version)
    assert "antivirusprogrammet har stoppat" in caught.value.faults["attachments"]
    with pytest.raises(FileInfected):
        workflow.publish(handed_in, by=stories.moderator(), lock=handed_in.lock)
