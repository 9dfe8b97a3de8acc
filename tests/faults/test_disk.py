"""No byte more can be written to disk: the system itself refuses it (trust R23)."""

import resource
from contextlib import contextmanager

import pytest

from kunskapsbank.models import StoredFile, Version
from kunskapsbank.uploads import storage
from kunskapsbank.uploads.refusals import MESSAGES
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@contextmanager
def full_disk():
    """Every file of this process may be so small that nothing fits in it."""
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

    with full_disk():
        page = client.post(address, {"file": samples.upload("bild.png")})
    meanwhile = StoredFile.objects.count(), list(storage.names())
    again = client.post(address, {"file": samples.upload("bild.png")})

    assert MESSAGES["not_stored"] in page.content.decode()
    assert meanwhile == (0, [])
    assert Version.objects.get(pk=draft.pk).title == "Bänkar"
    assert again.status_code == 302
