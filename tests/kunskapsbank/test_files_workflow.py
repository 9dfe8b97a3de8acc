"""Acts on the files of a text, and what is kept (trust 2.3.2, R16, R23, R24)."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from kunskapsbank import workflow
from kunskapsbank.enums import People, Status
from kunskapsbank.exceptions import (
    FileRefused,
    Incomplete,
    NotAllowed,
    NotEditable,
    StaleDecision,
)
from kunskapsbank.models import StoredFile, Version
from kunskapsbank.uploads import limits, storage
from kunskapsbank.uploads.refusals import MESSAGES
from kunskapsbank.workflow import attachments, text
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def attach(version, name="bild.png", content=None, by=None):
    upload = samples.upload(name, content)
    return attachments.attach(version, by=by or version.author, upload=upload)


def described(version, **values):
    made = attach(version, **values)
    return attachments.describe(
        made, by=version.author, alt="En bänk", people=People.NOBODY
    )


def stored(version):
    return Version.objects.get(pk=version.pk)


def on_disk():
    return sorted(storage.names())


# -- Adding


def test_an_added_file_is_kept_under_a_name_that_tells_nothing():
    version = stories.draft()

    made = attach(version, "min bild.png")

    assert (made.name, made.file.content_type) == ("min bild.webp", "image/webp")
    assert len(on_disk()) == 2
    assert not any("bild" in Path(name).name for name in on_disk())
    assert storage.read(made.file.stored_name)[:4] == b"RIFF"


def test_a_kept_file_is_no_part_of_what_is_served_as_static(settings):
    assert settings.MEDIA_ROOT not in [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    assert not getattr(settings, "WHITENOISE_ROOT", None)


def test_every_act_raises_the_lock():
    version = stories.draft()
    locks = [stored(version).lock]

    made = attach(version)
    locks.append(stored(version).lock)
    attachments.describe(made, by=version.author, alt="En bänk")
    locks.append(stored(version).lock)
    upload = samples.upload("ny.png", samples.picture(color="red"))
    attachments.replace(made, by=version.author, upload=upload)
    locks.append(stored(version).lock)
    attachments.reorder(made, by=version.author, steps=1)
    locks.append(stored(version).lock)
    attachments.detach(made, by=version.author)
    locks.append(stored(version).lock)

    assert locks == sorted(set(locks))


def test_no_decision_is_made_on_files_that_were_not_shown():
    version = stories.returned(stories.submitted())
    shown = version.lock
    described(version)
    version = stories.hand_in(version)

    with pytest.raises(StaleDecision):
        workflow.publish(version, by=stories.moderator(), lock=shown)


@pytest.mark.parametrize(
    "status",
    [Status.SUBMITTED, Status.PUBLISHED, Status.REPLACED, Status.DECLINED],
)
def test_nothing_is_added_to_what_cannot_be_changed(status):
    version = stories.at(status)

    with pytest.raises(NotEditable):
        attach(version)

    assert on_disk() == []


def test_a_file_in_what_is_handed_in_stays_as_it_was():
    version = stories.draft()
    made = described(version)
    stories.hand_in(version)

    for act in (
        lambda: attachments.detach(made, by=version.author),
        lambda: attachments.reorder(made, by=version.author, steps=1),
        lambda: attachments.describe(made, by=version.author, alt="Annat"),
        lambda: attachments.replace(
            made, by=version.author, upload=samples.upload("ny.png")
        ),
    ):
        with pytest.raises(NotEditable):
            act()

    assert version.attachments.get().alt == "En bänk"


def test_nobody_adds_a_file_to_another_s_draft():
    version = stories.draft()

    with pytest.raises(NotAllowed):
        attach(version, by=stories.author())


def test_the_same_file_is_kept_once_for_all():
    one, other = stories.draft(), stories.draft()

    attach(one)
    attach(other, "annat namn.png")

    assert StoredFile.objects.count() == 1
    assert len(on_disk()) == 2


def test_the_same_file_is_added_once_to_a_text():
    version = stories.draft()
    attach(version)

    with pytest.raises(FileRefused) as caught:
        attach(version, "igen.png")

    assert caught.value.user_message == MESSAGES["already_there"]
    assert len(on_disk()) == 2


def test_a_text_holds_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(limits, "FILES_PER_VERSION", 1)
    version = stories.draft()
    attach(version)

    with pytest.raises(FileRefused, match="too_many_files"):
        attach(version, content=samples.picture(color="red"))

    assert version.attachments.count() == 1


def test_a_person_sends_no_more_than_so_many_a_day(monkeypatch):
    monkeypatch.setattr(limits, "FILES_PER_DAY", 2)
    version = stories.draft()
    for color in ("red", "green"):
        made = attach(version, content=samples.picture(color=color))
        attachments.detach(made, by=version.author)

    with pytest.raises(FileRefused, match="day_is_full"):
        attach(version, content=samples.picture(color="blue"))

    attach(stories.draft(by=stories.author()), content=samples.picture(color="blue"))


def test_files_that_are_refused_are_counted_too(monkeypatch):
    """To look at one takes seconds of the machine (trust 2.4.1)."""
    monkeypatch.setattr(limits, "TRIES", 3)
    version = stories.draft()
    for _ in range(3):
        with pytest.raises(FileRefused, match="not_image"):
            attach(version, content=samples.picture()[:20])

    with pytest.raises(FileRefused, match="too_often"):
        attach(version)

    attach(stories.draft(by=stories.author()))


@pytest.mark.parametrize(
    ("limit", "reason"),
    [("BYTES_PER_DAY", "day_is_full"), ("BYTES_PER_DAY_FROM_ALL", "all_is_full")],
)
def test_no_more_bytes_than_so_many_are_taken_a_day(monkeypatch, limit, reason):
    monkeypatch.setattr(limits, limit, 10)
    version = stories.draft()
    attach(version)

    with pytest.raises(FileRefused, match=reason):
        attach(version, content=samples.picture(color="red"))


# -- When it goes wrong


@pytest.fixture
def full_disk(monkeypatch):
    """Every write of more than a little fails as on a disk that has filled up."""
    real = os.fsync

    def fsync(handle):
        real(handle)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.trust("R23")
def test_a_full_disk_keeps_the_draft_and_nothing_of_the_file(full_disk):
    version = stories.draft(title="Bänkar")

    with pytest.raises(FileRefused) as caught:
        attach(version)

    assert caught.value.user_message == MESSAGES["not_stored"]
    assert StoredFile.objects.count() == 0
    assert on_disk() == []
    assert stored(version).title == "Bänkar"
    assert stored(version).lock == version.lock


@pytest.mark.trust("R16")
def test_an_act_that_fails_leaves_no_file(monkeypatch):
    version = stories.draft()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(text, "touch", fail)
    with pytest.raises(RuntimeError):
        attach(version)

    assert on_disk() == []
    assert StoredFile.objects.count() == 0


def test_a_file_that_was_lost_comes_back_when_it_is_sent_again():
    version = stories.draft()
    made = attach(version)
    default_storage.delete(made.file.stored_name)

    again = attach(stories.draft())

    assert again.file == made.file
    assert storage.read(again.file.stored_name)


def test_a_lost_thumbnail_comes_back_with_the_file():
    made = attach(stories.draft())
    default_storage.delete(made.file.thumbnail_name)

    again = attach(stories.draft())

    assert storage.read(again.file.thumbnail_name)
    assert len(on_disk()) == 3  # the first content is swept in time


# -- Handing in


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({}, "Beskriv bilden bild.webp, eller kryssa i att den bara är dekoration"),
        (
            {"alt": "En bänk"},
            "Svara på om någon går att känna igen på bilden bild.webp",
        ),
        ({"is_decorative": True, "people": People.NOBODY}, None),
        ({"alt": "En bänk", "people": People.INFORMED}, None),
    ],
)
def test_pictures_are_described_before_they_are_handed_in(values, fault):
    version = stories.draft()
    made = attach(version)
    attachments.describe(made, by=version.author, **values)

    if fault is None:
        assert stories.hand_in(version).status == Status.SUBMITTED
        return
    with pytest.raises(Incomplete) as caught:
        stories.hand_in(version)
    assert caught.value.faults == {"attachments": fault}


def test_a_document_needs_no_description():
    version = stories.draft()
    attach(version, "plan.pdf", samples.document())

    assert stories.hand_in(version).status == Status.SUBMITTED


# -- What a text is


def test_the_files_are_a_part_of_the_text_that_is_kept():
    version = stories.draft()
    made = described(version)

    version = stories.hand_in(version)

    kept = version.snapshots.get().text["attachments"]
    assert kept == text.as_data(version)["attachments"]
    assert kept == [
        {
            "name": "bild.webp",
            "hash": made.file.hash,
            "alt": "En bänk",
            "decorative": False,
            "language": "sv",
        }
    ]


def published_with_files():
    version = stories.draft()
    described(version, name="b.png")
    described(version, name="a.png", content=samples.picture(color="red"))
    version = stories.hand_in(version)
    return workflow.publish(version, by=stories.moderator(), lock=version.lock)


def test_a_proposed_change_and_a_duplicate_have_the_same_files():
    version = published_with_files()
    before = text.as_data(version)["attachments"]

    change = workflow.propose_change(version.entry, by=version.author)
    copy = workflow.duplicate(version, by=version.author)

    assert [each["name"] for each in before] == ["b.webp", "a.webp"]
    assert text.as_data(change)["attachments"] == before
    assert text.copied(copy)["attachments"] == text.copied(version)["attachments"]
    assert StoredFile.objects.count() == 2


def test_removing_a_file_from_a_proposal_leaves_the_published_text_as_it_was():
    version = published_with_files()
    change = workflow.propose_change(version.entry, by=version.author)

    attachments.detach(change.attachments.first(), by=version.author)

    assert version.attachments.count() == 2


def test_what_was_declined_is_copied_with_its_files():
    version = stories.draft()
    described(version)
    version = stories.declined(stories.hand_in(version))

    copy = workflow.copy_declined(version, by=version.author)

    assert text.as_data(copy)["attachments"] == text.as_data(version)["attachments"]


def test_saving_the_text_keeps_the_files():
    version = stories.draft()
    attach(version)
    version.refresh_from_db()

    workflow.save_text(version, by=version.author, lock=version.lock, title="Ny")

    assert version.attachments.count() == 1
