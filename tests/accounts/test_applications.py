"""Whoever wants to contribute may ask, and is answered."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from accounts import bots, notices, workflow
from accounts.enums import Role
from accounts.exceptions import AlreadyAnswered, MessageMissing, NotAllowed
from accounts.models import Application, Invitation
from tests.accounts.joining import run
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PAGE = "/bidra/ansok/"
ANNA = "anna@example.se"


@pytest.fixture
def written():
    """What a person who takes their time sends."""
    from django.core import signing

    began = signing.dumps(int(time.time()) - 60, salt=bots._SALT)
    return {
        "name": "Anna Ek",
        "email": ANNA,
        "organisation": "Förening i Söder",
        "reason": "Vi har byggt bänkar.",
        "began": began,
    }


def applied(email=ANNA, reason="Vi har byggt bänkar."):
    return workflow.apply(
        name="Anna Ek", email=email, organisation="Förening", reason=reason
    )


def moderator():
    return UserFactory(moderator=True, name="Mo Lind")


def test_application_gets_a_receipt_with_its_number(client, written):
    response = client.post(PAGE, written, follow=True)

    application = Application.objects.get()
    page = response.content.decode()
    assert f"Den har nummer {application.number}." in page
    assert ANNA not in response.redirect_chain[-1][0]


def test_receipt_is_not_had_by_guessing(client):
    application = applied()

    assert client.get(f"{PAGE}{application.number}/").url == PAGE


def test_page_says_that_it_may_become_public(client):
    page = client.get(PAGE).content.decode()

    assert "kan bli en allmän handling" in page
    assert "uppgift av allmänt intresse" in page


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("name", "Skriv ditt namn"),
        ("email", "Skriv en e-postadress"),
        ("reason", "Berätta varför du vill bidra"),
    ],
)
def test_what_is_missing_is_asked_for_and_the_rest_stays(client, written, name, fault):
    page = client.post(PAGE, {**written, name: ""}).content.decode()

    assert fault in page
    assert "Förening i Söder" in page
    assert not Application.objects.exists()


def test_machine_that_fills_in_everything_is_stopped(client, written):
    page = client.post(PAGE, {**written, "page_url": "https://example.se"})

    assert "ska vara tomt" in page.content.decode()
    assert "Vi har byggt bänkar." in page.content.decode()
    assert not Application.objects.exists()


@pytest.mark.parametrize("began", ["", "123", "now"])
def test_machine_that_is_too_quick_is_stopped(client, written, began):
    if began == "now":
        began = client.get(PAGE).context["form"].initial["began"]

    page = client.post(PAGE, {**written, "began": began}).content.decode()

    assert "Det gick så fort" in page
    assert "Vi har byggt bänkar." in page
    assert not Application.objects.exists()


def test_many_from_one_network_are_asked_to_wait(client, written):
    cache.clear()
    for number in range(5):
        client.post(PAGE, {**written, "email": f"person{number}@example.se"})

    response = client.post(PAGE, written)

    assert response.status_code == 429
    assert "Vänta en timme" in response.content.decode()
    assert "Vi har byggt bänkar." in response.content.decode()
    assert Application.objects.count() == 5


def test_same_person_twice_is_one_that_waits_with_both_texts():
    first = applied()

    second = applied(email="ANNA@example.se", reason="Och bord.")
    applied(reason="Och bord.")

    waiting = Application.objects.waiting().get()
    assert first.number == second.number == waiting.number
    assert waiting.reason.startswith("Vi har byggt bänkar.")
    assert waiting.reason.count("Och bord.") == 1


def test_who_was_answered_may_apply_again():
    workflow.decline_applicant(applied(), by=moderator(), message="Inte nu.")

    applied()

    assert Application.objects.waiting().count() == 1


def test_longest_wait_comes_first():
    first, second = applied(), applied(email="bo@example.se")

    assert list(Application.objects.waiting()) == [first, second]


# -- the answer


@pytest.fixture
def signed_in(client):
    client.user = moderator()
    client.force_login(client.user)
    return client


def answer(client, application, **written):
    return client.post(application.get_absolute_url(), written)


def test_yes_is_an_invitation_by_mail(signed_in):
    application = applied()

    answer(signed_in, application, answer="invite", message="Välkommen!")

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == (ANNA, Role.CONTRIBUTOR)
    assert invitation.message == "Välkommen!"
    assert not Application.objects.waiting().exists()
    run("send_invitation")
    assert mail.outbox[-1].to == [ANNA]


def test_no_is_explained_by_mail(signed_in):
    application = applied()

    answer(signed_in, application, answer="decline", message="Vi har redan flera.")

    notices.send_answer.call(application.pk)
    message = mail.outbox[-1]
    assert message.to == [ANNA]
    assert application.number in message.subject
    assert "Vi har redan flera." in message.body
    assert "/tipsa/" in message.body
    assert not Invitation.objects.exists()


def test_no_without_a_word_is_refused(signed_in):
    application = applied()

    page = answer(signed_in, application, answer="decline", message=" ")

    assert "Skriv varför" in page.content.decode()
    assert Application.objects.waiting().exists()
    with pytest.raises(MessageMissing):
        workflow.decline_applicant(application, by=signed_in.user, message=" ")


def test_who_has_an_account_is_told_so_by_mail(signed_in):
    workflow.give_role(UserFactory(email=ANNA), Role.CONTRIBUTOR, by=None)
    application = applied()

    answer(signed_in, application, answer="invite")

    assert not Invitation.objects.exists()
    notices.send_answer.call(application.pk)
    assert "Du kan redan bidra" in mail.outbox[-1].body


def test_application_is_answered_once(signed_in):
    application = applied()
    answer(signed_in, application, answer="invite")
    before = DBTaskResult.objects.count()

    page = answer(signed_in, application, answer="decline", message="Nej.")

    assert "redan besvarad" in page.content.decode()
    assert DBTaskResult.objects.count() == before
    with pytest.raises(AlreadyAnswered):
        workflow.invite_applicant(application, by=signed_in.user)


@pytest.mark.parametrize("fields", [{}, {"contributor": True}])
def test_nobody_else_reads_or_answers(client, fields):
    application, user = applied(), UserFactory(**fields)
    client.force_login(user)

    assert client.get(application.get_absolute_url()).status_code == 404
    assert client.post(application.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        workflow.decline_applicant(application, by=user, message="Nej.")


def test_waiting_applications_are_listed_for_moderators(signed_in):
    application = applied()

    page = signed_in.get("/granska/ansokningar/").content.decode()

    assert application.number in page
    assert application.get_absolute_url() in page
