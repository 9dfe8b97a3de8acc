"""A contribution is given away by offer and answer, and an offer tells nothing of who
has an account."""

from html import unescape

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kunskapsbank import reminders, workflow
from kunskapsbank.enums import Act, Status
from kunskapsbank.exceptions import NotAllowed, OfferOver
from kunskapsbank.models import OwnerOffer
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def place(version):
    return f"/mina-bidrag/{version.pk}/overlamna/"


def offered(version, to, alone=False):
    workflow.offer(version.entry, email=to.email, alone=alone, by=version.author)
    return OwnerOffer.objects.get(entry=version.entry, recipient=to, answered_at=None)


def answer(person, offer, said):
    return signed_in(person).post(
        f"/mina-bidrag/erbjudande/{offer.pk}/", {"answer": said}
    )


def owners(version):
    return set(version.entry.owners.all())


@pytest.mark.parametrize("how", ["together", "alone"])
@pytest.mark.parametrize("who", ["contributor", "stranger", "disabled", "nobody"])
def test_answer_is_the_same_whoever_has_the_address(who, how):
    version = stories.submitted()
    email = {
        "contributor": lambda: stories.author().email.upper(),
        "stranger": lambda: UserFactory().email,
        "disabled": lambda: UserFactory(contributor=True, is_active=False).email,
        "nobody": lambda: "ingen@example.se",
    }[who]()
    client = signed_in(version.author)

    response = client.post(place(version), {"how": how, "email": email}, follow=True)

    text = unescape(response.content.decode())
    assert "Om adressen hör till någon som kan bidra har vi skickat" in text
    assert response.redirect_chain == [(f"/mina-bidrag/{version.pk}/", 302)]
    assert owners(version) == {version.author}
    assert OwnerOffer.objects.exists() is (who == "contributor")


def test_offer_is_mailed_once_however_often_it_is_made():
    version, friend = stories.submitted(), stories.author()
    DBTaskResult.objects.all().delete()

    for _ in range(3):
        offer = offered(version, friend)

    (task,) = DBTaskResult.objects.all()
    reminders.send_offer.call(*task.args_kwargs["args"])
    (message,) = mail.outbox
    assert message.to == [friend.email]
    assert f"blir en av ägarna till bidraget {version.entry.number}" in message.body
    assert "/mina-bidrag/" in message.body
    assert version.title not in message.body
    assert f"erbjudande-{offer.pk}" in message.message()["Message-ID"]


def test_whoever_is_offered_sees_it_and_says_yes():
    version, friend = stories.submitted(), stories.author()
    offer = offered(version, friend)

    text = signed_in(friend).get("/mina-bidrag/").content.decode()
    for _ in range(2):
        answer(friend, offer, "yes")

    assert f"blir en av ägarna till {version.entry.number}" in unescape(text)
    assert owners(version) == {version.author, friend}
    assert stories.acts(version.entry).count(Act.OWNER_ADDED) == 1


def test_whoever_takes_over_is_alone_and_has_the_draft():
    version, friend = stories.draft(), stories.author()
    offer = offered(version, friend, alone=True)

    answer(friend, offer, "yes")

    version.refresh_from_db()
    assert owners(version) == {friend}
    assert version.author == friend


def test_no_changes_nothing_and_is_final():
    version, friend = stories.submitted(), stories.author()
    offer = offered(version, friend)

    answer(friend, offer, "no")
    response = signed_in(friend).post(
        f"/mina-bidrag/erbjudande/{offer.pk}/", {"answer": "yes"}, follow=True
    )

    assert owners(version) == {version.author}
    assert "Erbjudandet gäller inte längre." in unescape(response.content.decode())


def test_somebody_else_s_offer_is_not_found():
    """8.2.2"""
    version, friend = stories.submitted(), stories.author()
    offer = offered(version, friend)

    for person in (version.author, stories.author(), stories.moderator()):
        assert answer(person, offer, "yes").status_code == 404
    assert owners(version) == {version.author}


def test_who_is_not_signed_in_is_led_there(client):
    offer = offered(stories.submitted(), stories.author())

    response = client.post(f"/mina-bidrag/erbjudande/{offer.pk}/", {"answer": "yes"})

    assert response.status_code == 302
    assert response.url.startswith("/konto/")


def test_offer_of_somebody_who_no_longer_owns_it_is_over():
    version, friend = stories.submitted(), stories.author()
    offer = offered(version, friend)
    other = stories.author()
    workflow.hand_over(version.entry, to=other, by=version.author)

    with pytest.raises(OfferOver):
        workflow.answer_offer(offer, by=friend, accepted=True)

    assert owners(version) == {other}


def test_offer_lapses():
    with time_machine.travel("2026-03-01T12:00:00+01:00"):
        version, friend = stories.submitted(), stories.author()
        offer = offered(version, friend)
    with time_machine.travel("2026-04-02T12:00:00+02:00"):
        text = signed_in(friend).get("/mina-bidrag/").content.decode()
        with pytest.raises(OfferOver):
            workflow.answer_offer(offer, by=friend, accepted=True)
    assert "Erbjudet till dig" not in text


def test_who_lost_the_right_to_write_cannot_take_it():
    version, friend = stories.submitted(), stories.author()
    offer = offered(version, friend)
    friend.user_permissions.clear()

    answer(friend, offer, "yes")

    assert owners(version) == {version.author}


def test_who_does_not_own_it_offers_nothing():
    version = stories.submitted()

    with pytest.raises(NotAllowed):
        workflow.offer(
            version.entry, email="x@example.se", alone=False, by=stories.author()
        )


def test_moderator_gives_away_what_nobody_owns_any_more():
    version, friend = stories.published(), stories.author()
    moderator = stories.moderator()
    version.entry.owners.clear()

    sent = {"how": "alone", "email": friend.email}
    response = signed_in(moderator).post(place(version), sent)
    answer(friend, OwnerOffer.objects.get(), "yes")

    assert response.url == "/mina-bidrag/"
    assert owners(version) == {friend}


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Skriv personens e-postadress"),
        ({"how": "alone", "email": "x"}, "Skriv e-postadressen så här"),
        ({"email": "x@example.se"}, "Välj om du vill lägga till en ägare"),
    ],
)
def test_what_is_missing_is_told_and_what_was_written_stays(sent, told):
    version = stories.submitted()

    response = signed_in(version.author).post(place(version), sent)

    text = unescape(response.content.decode())
    assert told in text
    assert 'value="x' in text or not sent.get("email")


def test_a_draft_s_owner_gets_a_new_ninety_days():
    with time_machine.travel("2026-03-01T12:00:00+01:00"):
        version = stories.draft()
    friend = stories.author()

    answer(friend, offered(version, friend, alone=True), "yes")

    before = version.saved_at
    version.refresh_from_db()
    assert version.status == Status.DRAFT
    assert version.saved_at > before
