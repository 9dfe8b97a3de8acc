"""Anybody is told how a published text can be changed; contributors begin there."""

from html import unescape

import pytest
from django.test import Client

from kunskapsbank import workflow
from kunskapsbank.enums import Status
from kunskapsbank.models import Version
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def address(version):
    return f"{version.get_absolute_url()}foresla-andring/"


def signed_in(person):
    client = Client()
    if person:
        client.force_login(person)
    return client


PEOPLE = {
    "anonymous": (lambda: None, False),
    "stranger": (lambda: UserFactory(), False),
    "disabled": (lambda: UserFactory(contributor=True, is_active=False), False),
    "contributor": (lambda: UserFactory(contributor=True), True),
    "moderator": (lambda: UserFactory(moderator=True), True),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_page_is_for_all_and_writing_for_those_who_may(who):
    make, may = PEOPLE[who]
    version = stories.published()
    client = signed_in(make())

    text = unescape(client.get(address(version)).content.decode())
    response = client.post(address(version))

    assert ("Skriv ett förslag</button>" in text) is may
    assert ("Så gör du" in text) is not may
    assert response.status_code == (302 if may else 403)
    assert version.entry.versions.count() == (2 if may else 1)


def test_reading_it_sets_no_cookie(client):
    response = client.get(address(stories.published()))

    assert not response.cookies
    assert response.headers["ETag"]


def test_the_published_text_stays_up(client):
    version = stories.published(title="Bänkar")
    writer = signed_in(UserFactory(contributor=True))

    writer.post(address(version))

    assert "<h1>Bänkar</h1>" in client.get(version.get_absolute_url()).content.decode()


def test_double_click_begins_one_proposal():
    version = stories.published()
    client = signed_in(UserFactory(contributor=True))

    places = {client.post(address(version)).url for _ in range(2)}

    assert len(places) == 1
    assert version.entry.versions.count() == 2


def test_who_has_a_proposal_goes_on_with_it():
    version = stories.published()
    client = signed_in(version.author)
    client.post(address(version))

    text = unescape(client.get(address(version)).content.decode())

    assert "Skriv vidare på ditt förslag" in text


def test_who_waits_for_an_answer_is_told_so():
    version = stories.published()
    stories.changed(version)
    client = signed_in(version.author)

    text = unescape(client.get(address(version)).content.decode())
    response = client.post(address(version), follow=True)

    assert "väntar redan på granskarna" in text
    assert "Du har redan ett förslag" in unescape(response.content.decode())
    assert version.entry.versions.count() == 2


def test_post_to_what_is_hidden_is_gone():
    version = stories.published()
    workflow.withdraw(version.entry, by=version.author)

    response = signed_in(version.author).post(address(version))

    assert response.status_code == 410
    assert not Version.objects.filter(entry=version.entry, status=Status.DRAFT).exists()
