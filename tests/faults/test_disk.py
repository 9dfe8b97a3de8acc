"""The disk is full: the system itself refuses to write (trust R23)."""

import os
import resource
import subprocess
from contextlib import contextmanager, suppress

import pytest

from kunskapsbank.models import StoredFile, Version
from kunskapsbank.uploads import storage
from kunskapsbank.uploads.refusals import MESSAGES
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
BYTES = 2**20


@contextmanager
def small_disk(folder):
    """The folder is a file system of its own, of a megabyte; gives what fills it.

    Who may not mount one gets a process that may write no file, which is refused by
    the system in another place and by another name.
    """
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={BYTES}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        yield no_file_may_grow
        return
    try:
        yield lambda: filled(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(folder):
    """Not a byte more has room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def no_file_may_grow():
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.trust("R23")
def test_an_upload_is_refused_in_words_and_the_draft_kept(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    draft = stories.draft(title="Bänkar")
    client.force_login(draft.author)
    address = f"/bidra/{draft.pk}/filer/"

    with small_disk(tmp_path / "media") as full:
        with full():
            page = client.post(address, {"file": samples.upload("bild.png")})
            left = {*storage.names()} - {"filler"}
        rows = StoredFile.objects.count()
        again = client.post(address, {"file": samples.upload("bild.png")})

    assert MESSAGES["not_stored"] in page.content.decode()
    assert (rows, left) == (0, set())
    assert Version.objects.get(pk=draft.pk).title == "Bänkar"
    assert again.status_code == 302
