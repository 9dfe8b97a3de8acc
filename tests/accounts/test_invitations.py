"""Nobody comes in but by an invitation, and each lets one person in once."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import tokens, workflow
from accounts.enums import InvitationState, Role
from accounts.exceptions import (
    AccountClosed,
    AlreadyHere,
    InvitationNotOpen,
    NotAllowed,
    UnknownLink,
)
from accounts.models import Invitation, User
from programme import taxonomy
from tests.accounts.joining import (
    ANNA,
    address,
    administrator,
    expire,
    invited,
    link_in,
    moderator,
    run,
)
from tests.factories import TOTP_SECRET, UserFactory

pytestmark = pytest.mark.django_db


# -- who may invite to what


@pytest.mark.parametrize("role", [each for each in Role if each != Role.CONTRIBUTOR])
def test_only_an_administrator_invites_to_more_than_contributing(role):
    with pytest.raises(NotAllowed):
        workflow.invite(ANNA, role, by=moderator())

    assert workflow.invite(ANNA, role, by=administrator()).role == role


@pytest.mark.parametrize(
    "fields",
    [{}, {"contributor": True}, {"moderator": True, "second_factor": False}],
    ids=["stranger", "contributor", "without a second factor"],
)
def test_nobody_else_invites(fields):
    with pytest.raises(NotAllowed):
        workflow.invite(ANNA, Role.CONTRIBUTOR, by=UserFactory(**fields))


def test_whoever_can_contribute_is_not_invited_to_it_again():
    user = UserFactory(email=ANNA)
    workflow.give_role(user, Role.MODERATOR, by=None)

    with pytest.raises(AlreadyHere):
        workflow.invite(ANNA, Role.CONTRIBUTOR, by=moderator())


def test_closed_account_is_not_invited():
    UserFactory(email=ANNA, is_active=False)

    with pytest.raises(AccountClosed):
        workflow.invite(ANNA, Role.CONTRIBUTOR, by=moderator())


def test_demoted_moderator_s_invitations_are_of_no_use():
    person = workflow.give_role(
        UserFactory(second_factor=True), Role.MODERATOR, by=None
    )
    _, token = invited(by=person)

    workflow.change_role(person, Role.CONTRIBUTOR, by=administrator())

    with pytest.raises(InvitationNotOpen):
        workflow.accept(token, name="Anna")


# -- the link


def test_secret_is_stored_as_a_hash_and_nowhere_else():
    invitation, token = invited()

    invitation.refresh_from_db()
    assert len(token) >= 22  # 128 bits in base64
    assert invitation.token_hash == tokens.hash_of(token)
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(DBTaskResult.objects.values()))


def test_link_lasts_seven_days_at_most():
    invitation, _ = invited()

    left = invitation.expires_at - timezone.now()
    assert timedelta(days=6) < left <= timedelta(days=7)


def test_mail_tells_who_invites_to_what_and_why():
    prioritering = taxonomy.current().prioriteringar[0]
    workflow.invite(
        ANNA,
        Role.CONTRIBUTOR,
        by=moderator(),
        message="Ni har så fina <bänkar> & bord.",
        prioritering=prioritering,
    )

    message = run("send_invitation")

    assert message.to == [ANNA]
    assert message.subject == "Du är inbjuden till kunskapsbanken"
    assert "Mo Lind bjuder in dig" in message.body
    assert "som bidragsgivare" in message.body
    assert "Ni har så fina <bänkar> & bord." in message.body
    assert f"prioritering {prioritering.number}:" in message.body
    assert ANNA not in link_in(message)


def test_mail_is_not_sent_for_what_is_revoked_meanwhile():
    by = moderator()
    invitation = workflow.invite(ANNA, Role.CONTRIBUTOR, by=by)
    workflow.revoke(invitation, by=by)

    with pytest.raises(IndexError):  # there is no mail to give
        run("send_invitation")


def test_reading_the_link_uses_nothing(client):
    """Mail scanners follow links: trust 6.4.1."""
    invitation, token = invited()

    responses = [client.get(address(token)), client.head(address(token))]

    invitation.refresh_from_db()
    assert [each.status_code for each in responses] == [200, 200]
    assert invitation.state == InvitationState.WAITING
    assert not User.objects.filter(email=ANNA).exists()


def test_accepting_makes_the_account_and_signs_in(client):
    prioritering = taxonomy.current().prioriteringar[0]
    invitation, token = invited(prioritering=prioritering)

    response = client.post(address(token), {"name": " Anna Ek "})

    user = User.objects.get(email=ANNA)
    assert response.url == f"/bidra/?prio={prioritering.slug}"
    assert (user.name, user.role) == ("Anna Ek", Role.CONTRIBUTOR)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not user.has_usable_password()


def test_accepting_without_a_name_keeps_the_link_and_asks(client):
    _, token = invited()

    page = client.post(address(token), {"name": " "}).content.decode()

    assert "<title>Fel: Du är inbjuden" in page
    assert "Skriv ditt namn" in page
    assert workflow.find(token).state == InvitationState.WAITING


def test_accepting_gives_the_role_to_the_account_there_is(client):
    user = UserFactory(email=ANNA, name="Anna Ek")
    _, token = invited()

    client.post(address(token), {"name": "Någon Annan"})

    user.refresh_from_db()
    assert (user.name, user.role) == ("Anna Ek", Role.CONTRIBUTOR)


def test_accepting_never_takes_a_greater_role():
    _, token = invited()
    user = UserFactory(email=ANNA)
    workflow.give_role(user, Role.ADMINISTRATOR, by=None)

    workflow.accept(token, name="Anna")

    assert User.objects.get(pk=user.pk).role == Role.ADMINISTRATOR


def test_link_does_not_go_past_the_second_factor(client):
    _, token = invited()
    UserFactory(email=ANNA, second_factor=True)

    response = client.post(address(token), {"name": "Anna"})

    assert response.url.startswith("/konto/logga-in/andra-steget/")
    assert "_auth_user_id" not in client.session
    assert TOTP_SECRET not in response.url


def test_closed_account_is_not_opened_by_a_link(client):
    _, token = invited()
    UserFactory(email=ANNA, is_active=False)

    page = client.post(address(token), {"name": "Anna"}).content.decode()

    assert "Kontot med den här adressen är avstängt." in page
    assert workflow.find(token).state == InvitationState.WAITING
    assert "_auth_user_id" not in client.session


def test_link_works_once(client):
    _, token = invited()
    workflow.accept(token, name="Anna")

    response = client.post(address(token), {"name": "Bengt"})

    assert response.status_code == 410
    assert "Inbjudan är redan använd" in response.content.decode()
    assert User.objects.get(email=ANNA).name == "Anna"
    assert "_auth_user_id" not in client.session


DEAD = {
    "Inbjudan är redan använd": lambda i, t: workflow.accept(t, name="Anna"),
    "Inbjudan har gått ut": lambda i, t: expire(i),
    "Inbjudan gäller inte längre": lambda i, t: workflow.revoke(i, by=i.invited_by),
}


@pytest.mark.parametrize("title", DEAD)
def test_dead_link_says_so_and_offers_to_ask_for_a_new_one(client, title):
    invitation, token = invited()
    DEAD[title](invitation, token)

    response = client.get(address(token))
    page = response.content.decode()

    assert response.status_code == 410
    assert title in page
    assert "Be om en ny inbjudan" in page
    assert ANNA not in page
    with pytest.raises(InvitationNotOpen):
        workflow.accept(token, name="Anna")


def test_unknown_link_says_so(client):
    response = client.get(address("finns-inte"))

    assert response.status_code == 404
    assert "Länken leder ingenstans" in response.content.decode()
    with pytest.raises(UnknownLink):
        workflow.accept("finns-inte", name="Anna")


def test_asking_for_a_new_link_tells_the_inviter_once_a_day(client):
    invitation, token = invited()
    expire(invitation)
    before = DBTaskResult.objects.count()

    answers = [client.post(f"{address(token)}ny/") for _ in range(3)]

    assert DBTaskResult.objects.count() == before + 1
    assert {each.url for each in answers} == {"/inbjudan/begard/"}
    message = run("tell_link_is_wanted")
    assert message.to == [invitation.invited_by.email]
    assert ANNA in message.body
    assert "/granska/inbjudningar/" in message.body


def test_asking_tells_those_who_can_when_the_inviter_is_gone(client):
    invitation, token = invited()
    expire(invitation)
    User.objects.get(pk=invitation.invited_by_id).delete()
    other = moderator()

    client.post(f"{address(token)}ny/")

    assert run("tell_link_is_wanted").to == [other.email]


def test_asking_about_an_unknown_link_is_answered_alike(client):
    invitation, token = invited()
    expire(invitation)
    before = DBTaskResult.objects.count()

    unknown = client.post(f"{address('finns-inte')}ny/")
    known = client.post(f"{address(token)}ny/")

    assert unknown.url == known.url
    assert unknown.content == known.content
    assert DBTaskResult.objects.count() == before + 1


def test_mail_that_is_tried_again_holds_the_same_link(client, monkeypatch):
    def fail(self):
        raise SMTPServerDisconnected

    workflow.invite(ANNA, Role.CONTRIBUTOR, by=moderator())
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", fail)
        with pytest.raises(IndexError):
            run("send_invitation")

    message = run("send_invitation")
    run("send_invitation")  # and is sent once

    assert client.get(link_in(message)).status_code == 200
    assert len(mail.outbox) == 1
