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
