"""A secret link shows one text to whoever has it, and nothing else to anybody."""

import re
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, People, Scan, Status
from kunskapsbank.exceptions import InvalidTransition, NotAllowed
from kunskapsbank.models import DraftLink, Version
from kunskapsbank.workflow import attachments
from tests.factories import TagFactory, UserFactory
from tests.kunskapsbank import samples, stories

pytestmark = pytest.mark.django_db

UNDECIDED = {Status.DRAFT, Status.SUBMITTED, Status.RETURNED}


def address(token):
    return f"/utkast/{token}/"


def shared(status=Status.DRAFT):
    version = stories.at(status, by=stories.author())
    return version, workflow.share(version, by=version.author)


def is_shown(client, token):
    response = client.get(address(token))
    assert response.status_code in {200, 404}
    shown = stories.COMPLETE["title"] in response.content.decode()
    assert shown is (response.status_code == 200)
    return shown


@pytest.mark.parametrize("status", sorted(UNDECIDED))
def test_link_shows_the_text_as_it_would_be_published(client, status):
    version, token = shared(status)
    version.tags.set([TagFactory(name="bänkar")])

    text = unescape(client.get(address(token)).content.decode())

    assert f"<h1>{version.title}</h1>" in text
    assert "Läs mer på example.se" in text
    assert "bänkar" in text
    assert "Utkast som inte är granskat" in text
    assert "Dela den inte vidare." in text


def with_picture():
    draft = stories.draft()
    upload = samples.upload("bild.png", None)
    picture = attachments.attach(draft, by=draft.author, upload=upload)
    attachments.describe(picture, by=draft.author, alt="En bänk", people=People.NOBODY)
    return draft, picture, workflow.share(draft, by=draft.author)


def test_link_shows_the_files_of_the_text_until_it_ends(client, media):
    version, picture, token = with_picture()
    (source,) = re.findall(r'src="(/utkast/[^"]+)"', text_at(client, token))

    shown = client.get(source)
    workflow.stop_sharing(version, by=version.author)

    assert shown.status_code == 200
    assert shown.content[:4] == b"RIFF"
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(picture.get_absolute_url()).status_code == 404
    assert client.get(source).status_code == 404


def test_link_shows_no_files_of_other_texts(client, media):
    _, picture, _ = with_picture()
    _, token = shared()

    response = client.get(f"{address(token)}filer/{picture.pk}/{picture.name}")

    assert response.status_code == 404


def test_link_shows_no_file_that_is_stopped(client, media):
    _, picture, token = with_picture()
    picture.file.scan = Scan.INFECTED
    picture.file.save(update_fields=["scan"])

    response = client.get(f"{address(token)}filer/{picture.pk}/{picture.name}")

    assert response.status_code == 404
    assert "Antivirusprogrammet har stoppat filen." in response.content.decode()


def text_at(client, token):
    return client.get(address(token)).content.decode()


def test_page_is_told_to_nobody(client):
    _, token = shared()

    response = client.get(address(token))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in response
    assert token not in response.content.decode()
    assert not response.cookies


def test_only_reading_is_possible(client):
    version, token = shared()

    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address(token)).status_code == 405
    assert client.head(address(token)).status_code == 200
    version.refresh_from_db()
    assert version.lock == 1


def test_secret_is_long_told_once_and_not_kept():
    version = stories.draft()
    client = Client()
    client.force_login(version.author)
    place = f"/mina-bidrag/{version.pk}/dela/"

    made = client.post(place)
    again = client.get(place)

    (token,) = set(re.findall(r"/utkast/([\w-]+)/", made.content.decode()))
    assert len(token) * 6 >= 256
    assert "no-store" in made.headers["Cache-Control"]
    assert "/utkast/" not in again.content.decode()
    link = DraftLink.objects.get()
    assert token not in str(vars(link))
    assert is_shown(Client(), token)


def test_new_link_ends_the_one_before(client):
    version, first = shared()

    second = workflow.share(version, by=version.author)

    assert not is_shown(client, first)
    assert is_shown(client, second)


def test_revoked_link_shows_nothing(client):
    version, token = shared()
    author = Client()
    author.force_login(version.author)

    for _ in range(2):
        author.post(f"/mina-bidrag/{version.pk}/dela/", {"stop": "1"})

    assert not is_shown(client, token)


def test_link_that_is_over_says_so_kindly(client):
    response = client.get(address("a" * 43))

    text = unescape(response.content.decode())
    assert response.status_code == 404
    assert "Be den som gav dig länken om en ny." in text
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_link_ends_after_thirty_days(client):
    with time_machine.travel("2026-03-01T12:00:00+01:00") as clock:
        _, token = shared()
        clock.move_to("2026-03-31T11:00:00+02:00")
        assert is_shown(client, token)
        clock.move_to("2026-03-31T14:00:00+02:00")
        assert not is_shown(client, token)


def publish(version):
    version = stories.hand_in(version)
    workflow.publish(version, by=stories.moderator(), lock=version.lock)


def decline(version):
    stories.declined(stories.hand_in(version))


def withdraw(version):
    workflow.withdraw(version.entry, by=version.author)


def erase(version):
    version.delete()


def hand_over(version):
    workflow.hand_over(version.entry, to=stories.author(), by=version.author)


def close_account(version):
    version.author.is_active = False
    version.author.save()


def anonymise(version):
    version.author.delete()


ENDINGS = [publish, decline, withdraw, erase, hand_over, close_account, anonymise]


@pytest.mark.parametrize("end", ENDINGS)
def test_link_ends_when_the_text_is_no_longer_its_author_s_draft(client, end):
    version, token = shared()

    end(version)

    assert not is_shown(client, token)


def test_link_shows_what_is_saved_now(client):
    version, token = shared()

    workflow.save_text(version, by=version.author, lock=version.lock, title="Nytt")

    assert "<h1>Nytt</h1>" in client.get(address(token)).content.decode()


def test_link_opens_nothing_else(client):
    version, token = shared()
    other = stories.draft(version.author, title="Något annat")
    client.get(address(token))

    assert list(Version.objects.shared_by(token)) == [version]
    for reader in (AnonymousUser(), UserFactory(), stories.moderator()):
        seen = Version.objects.visible_to(reader)
        assert not seen.filter(pk__in=[version.pk, other.pk]).exists()
    for place in (f"/mina-bidrag/{version.pk}/", f"/mina-bidrag/{version.pk}/dela/"):
        assert client.get(place).status_code == 302
    for listing in ("/kunskapsbank/", "/sitemap.xml", "/"):
        assert version.title not in client.get(listing).content.decode()


def test_hash_in_the_address_opens_nothing(client):
    """Whoever reads the database has hashes, and no secrets."""
    shared()

    assert not is_shown(client, DraftLink.objects.get().token_hash)


def test_link_to_a_change_shows_the_change_and_not_what_is_published(client):
    version = stories.published()
    proposal = workflow.propose_change(version.entry, by=stories.author())
    workflow.save_text(
        proposal, by=proposal.author, lock=proposal.lock, title="Bänkar och bord"
    )
    token = workflow.share(proposal, by=proposal.author)

    assert "<h1>Bänkar och bord</h1>" in client.get(address(token)).content.decode()


@pytest.mark.parametrize("status", sorted(set(Status) - UNDECIDED))
def test_what_is_decided_is_not_shared(status):
    version = stories.at(status, by=stories.author())

    with pytest.raises(InvalidTransition):
        workflow.share(version, by=version.author)


def test_nobody_but_the_author_shares():
    version = stories.submitted()
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=version.author)

    for person in (owner, stories.moderator(), UserFactory()):
        with pytest.raises(NotAllowed):
            workflow.share(version, by=person)
        with pytest.raises(NotAllowed):
            workflow.stop_sharing(version, by=person)


@pytest.mark.parametrize("token", ["å", "..", "a" * 5000, "%00", "-", "' OR 1=1"])
def test_odd_addresses_are_not_found(client, token):
    assert client.get(address(token)).status_code == 404


def test_link_ends_when_the_contribution_is_hidden(client):
    version = stories.published()
    proposal = workflow.propose_change(version.entry, by=version.author)
    token = workflow.share(proposal, by=version.author)
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.THREAT)

    assert client.get(address(token)).status_code == 404
