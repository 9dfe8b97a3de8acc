"""Files as they are served: to whom, how, and what when they are not there (trust
3.2.1, 5.4.2, R32)."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, People, Scan, Status
from kunskapsbank.models import StoredFile
from kunskapsbank.workflow import attachments
from tests.factories import UserFactory
from tests.kunskapsbank import samples, stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


def attach(version, name="bild.png", content=None):
    upload = samples.upload(name, content)
    made = attachments.attach(version, by=version.author, upload=upload)
    return attachments.describe(
        made, by=version.author, alt="En bänk", people=People.NOBODY
    )


def published_file(name="plan.pdf", content=None):
    version = stories.draft()
    made = attach(version, name, content or samples.document())
    version = stories.hand_in(version)
    workflow.publish(version, by=stories.moderator(), lock=version.lock)
    made.refresh_from_db()
    return made


def test_a_published_file_is_served_so_that_nothing_in_it_runs(client):
    made = published_file("Plan för bänkar.pdf")

    response = client.get(made.get_absolute_url())

    assert response.content == samples.document()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''Plan%20f%C3%B6r%20b%C3%A4nkar.pdf"
    )
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; sandbox"
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_picture_is_served_as_webp_with_a_thumbnail(client):
    made = published_file("bild.png", samples.picture())

    for address in (made.get_absolute_url(), made.thumbnail_url):
        response = client.get(address)
        assert response.headers["Content-Type"] == "image/webp"
        assert response.content[:4] == b"RIFF"


def test_an_unchanged_file_is_not_sent_again(client):
    made = published_file()
    etag = client.get(made.get_absolute_url()).headers["ETag"]

    again = client.get(made.get_absolute_url(), headers={"if-none-match": etag})

    assert again.status_code == 304
    assert client.get("/").headers["ETag"] != etag


def test_a_wrong_name_leads_to_the_right_one(client):
    made = published_file()

    response = client.get(reverse("kunskapsbank:attachment", args=[made.pk, "x.pdf"]))

    assert response.headers["Location"] == made.get_absolute_url()


@pytest.mark.parametrize(
    ("status", "seen_by"),
    [
        (Status.DRAFT, {"author"}),
        (Status.SUBMITTED, {"author", "moderator"}),
        (Status.RETURNED, {"author", "moderator"}),
        (Status.DECLINED, {"author", "moderator"}),
        (Status.PUBLISHED, {"author", "moderator", "other", "anonymous"}),
    ],
)
def test_a_file_is_for_whoever_may_read_the_text(status, seen_by):
    version = stories.draft()
    made = attach(version)
    bring(version, status)
    people = {
        "author": version.author,
        "moderator": UserFactory(moderator=True),
        "other": UserFactory(contributor=True),
        "anonymous": None,
    }

    found = {
        (who, address)
        for who, person in people.items()
        for address in (made.get_absolute_url(), made.thumbnail_url)
        if signed_in(person).get(address).status_code == 200
    }

    assert {who for who, _ in found} == seen_by
    assert len(found) == 2 * len(seen_by)


def bring(version, status):
    if status == Status.DRAFT:
        return
    version = stories.hand_in(version)
    if status == Status.RETURNED:
        stories.returned(version)
    elif status == Status.DECLINED:
        stories.declined(version)
    elif status == Status.PUBLISHED:
        workflow.publish(version, by=stories.moderator(), lock=version.lock)


def signed_in(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


def test_a_hidden_file_is_gone_at_once_also_for_who_has_it(client):
    made = published_file()
    etag = client.get(made.get_absolute_url()).headers["ETag"]

    workflow.hide(
        made.version.entry, by=stories.moderator(), reason=DeclineReason.PERSONAL_DATA
    )

    response = client.get(made.get_absolute_url(), headers={"if-none-match": etag})
    assert response.status_code == 410
    assert "Uppgifter om någon som inte har sagt ja" in response.content.decode()


@pytest.mark.trust("R32")
def test_a_file_that_is_lost_is_told_to_be_and_logged(client, caplog):
    made = published_file()
    default_storage.delete(made.file.stored_name)

    response = client.get(made.get_absolute_url())

    assert response.status_code == 404
    assert "Filen har försvunnit från lagret" in response.content.decode()
    assert made.file.stored_name in caplog.text


def test_a_file_that_the_scanner_stopped_is_served_to_nobody():
    made = published_file("bild.png", samples.picture())
    StoredFile.objects.filter(pk=made.file_id).update(scan=Scan.INFECTED)

    for person in (None, made.version.author, UserFactory(moderator=True)):
        for address in (made.get_absolute_url(), made.thumbnail_url):
            response = signed_in(person).get(address)
            assert response.status_code == 404
            assert "har stoppat filen" in response.content.decode()


def test_what_is_kept_is_at_no_address_of_its_own(client):
    made = published_file()

    for address in (f"/media/{made.file.stored_name}", f"/{made.file.stored_name}"):
        assert client.get(address).status_code == 404


# -- On the contribution's own page


def test_readers_meet_pictures_and_documents(client):
    version = stories.draft()
    attach(version, "bild.png", samples.picture(60, 40))
    attach(version, "plan.pdf", samples.document(3))
    version = stories.hand_in(version)
    workflow.publish(version, by=stories.moderator(), lock=version.lock)
    version.entry.refresh_from_db()

    answer = client.get(version.entry.get_absolute_url()).content.decode()

    assert 'width="60" height="40" alt="En bänk"' in answer
    assert "Plan för bänkar</a>" in answer
    assert "(PDF, 3 sidor, " in answer
    assert "på svenska)" in answer
