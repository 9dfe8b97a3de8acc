"""What a mail server gets when somebody follows: headers, addresses, and no more."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kunskapsbank import follow_digests
from kunskapsbank.models import Subscription
from tests import mail_server
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import EMAIL, FORM, asked, follower, form, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(settings):
    DBTaskResult.objects.all().delete()
    with mail_server.serving(settings) as inbox:
        yield inbox


def path_in(message, act):
    """The address of ours in the mail that leads to an act."""
    (found,) = set(re.findall(rf"http://\S+/folj/{act}/\S+/", message.get_content()))
    return urlsplit(found).path


def test_question_leads_to_the_button_that_confirms(inbox, client):
    client.post(f"{FORM}?vilja=1&typ=forskning", form())

    mail_server.work()

    (message,) = inbox.messages
    assert message["To"] == EMAIL
    assert message["Subject"] == "Bekräfta att du vill följa kunskapsbanken"
    assert "Forskning i " in message.get_content()
    assert "Högst en gång i veckan." in message.get_content()
    client.post(path_in(message, "bekrafta"))
    assert Subscription.objects.get().confirmed_at


def test_question_quotes_nothing_that_somebody_typed(inbox, client):
    client.post(f"{FORM}?q=Vinn+pengar+hos+www.example.com", form())

    mail_server.work()

    (message,) = inbox.messages
    assert Subscription.objects.get().query.startswith("q=")
    assert "Bidrag som en sökning ger" in message.get_content()
    assert "pengar" not in str(message)


def test_who_follows_already_is_told_how_to_change_it(inbox):
    follower()
    Subscription.objects.update(asked=0)
    DBTaskResult.objects.all().delete()
    asked()

    mail_server.work()

    (message,) = inbox.messages
    assert message["Subject"] == "Du följer redan kunskapsbanken"
    assert "/folj/bekrafta/" not in message.get_content()
    assert Client().get(path_in(message, "hantera")).status_code == 200


@pytest.fixture
def digest(inbox, monkeypatch):
    monkeypatch.setattr(follow_digests, "SETTLES", -follow_digests.SETTLES)
    follower()
    follower(query="typ=lank")
    DBTaskResult.objects.all().delete()
    stories.published(title="Bänkar\nBcc: alla@example.se", summary="Åäö – ”citat”.")
    DBTaskResult.objects.all().delete()
    send()
    mail_server.work()
    (message,) = inbox.messages
    return message


def test_digest_arrives_with_its_letters_and_headers(digest, settings):
    assert digest["To"] == EMAIL
    assert digest["From"] == settings.DEFAULT_FROM_EMAIL
    assert digest["Auto-Submitted"] == "auto-generated"
    assert digest["Bcc"] is None
    assert re.fullmatch(r"<nytt-[0-9]+-[0-9T.+-]+@localhost>", digest["Message-ID"])
    assert "Åäö – ”citat”." in digest.get_content()


def test_one_click_headers_stop_all_that_the_address_follows(digest):
    """RFC 8058 section 3.1: one address, and the agreed body."""
    header = digest["List-Unsubscribe"].strip()  # a long line is folded
    (address,) = re.findall(r"<(http://localhost:8000/folj/avsluta/[^>]+)>", header)
    name, _, value = digest["List-Unsubscribe-Post"].partition("=")

    response = Client(enforce_csrf_checks=True).post(
        urlsplit(address).path, {name: value}
    )

    assert (name, value) == ("List-Unsubscribe", "One-Click")
    assert header == f"<{address}>"
    assert response.status_code == 200
    assert Subscription.objects.count() == 0


def test_digest_says_how_to_stop_one_list_change_and_stop_all(digest, client):
    text = digest.get_content()
    stops = re.findall(r"http://localhost:8000(/folj/avsluta/\S+/)", text)

    client.post(stops[0], {"List-Unsubscribe": "One-Click"})

    assert Subscription.objects.count() == 1
    assert client.get(path_in(digest, "hantera")).status_code == 200
    assert text.count("Sluta följa allt: ") == 1
    assert EMAIL not in text
