"""The files of a text under review."""

import pytest

from kunskapsbank.enums import People
from kunskapsbank.workflow import attachments
from tests.factories import UserFactory
from tests.kunskapsbank import samples, stories

pytestmark = pytest.mark.django_db


def test_files_are_shown_and_checked(client, media):
    draft = stories.draft()
    upload = samples.upload("bild.png", None)
    attachment = attachments.attach(draft, by=draft.author, upload=upload)
    attachments.describe(
        attachment, by=draft.author, alt="En bänk", people=People.NOBODY
    )
    version = stories.hand_in(draft)

    client.force_login(UserFactory(moderator=True))
    page = " ".join(client.get(f"/granska/{version.pk}/").content.decode().split())

    assert attachment.get_absolute_url() in page
    assert "beskriven så här: ”En bänk”" in page


def test_what_the_check_of_a_document_saw_is_shown(client, media):
    draft = stories.draft()
    upload = samples.upload("skannad.pdf", samples.bare_document(3))
    attachments.attach(draft, by=draft.author, upload=upload)
    version = stories.hand_in(draft)

    client.force_login(UserFactory(moderator=True))
    page = " ".join(client.get(f"/granska/{version.pk}/").content.decode().split())

    for found in ("PDF, 3 sidor", "Titel: Saknas.", "Taggar: Saknas.", "Sidor: 3."):
        assert found in page
    assert "Viruskontroll: inte kontrollerad." in page
