"""Moderators invite on a page, and two who accept at once make one account."""

import pytest

from accounts import workflow
from accounts.enums import InvitationState, Role
from accounts.exceptions import InvitationNotOpen
from accounts.models import Invitation, User
from tests.accounts.joining import (
    ANNA,
    address,
    administrator,
    invited,
    link_in,
    moderator,
    run,
)
from tests.factories import UserFactory
from tests.racing import HAS_ROW_LOCKS, committed, race

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.user = moderator()
    client.force_login(client.user)
    return client


PAGE = "/granska/inbjudningar/"


def test_moderator_invites_on_the_page(signed_in):
    written = {"email": "Anna@Example.se", "role": "bidragsgivare", "message": ""}

    response = signed_in.post(PAGE, written)

    assert response.url == PAGE
    assert ANNA in signed_in.get(PAGE).content.decode()
    assert link_in(run("send_invitation"))


@pytest.mark.parametrize("role", ["moderator", "administratör"])
def test_moderator_cannot_choose_more_on_the_page(signed_in, role):
    page = signed_in.get(PAGE).content.decode()
    response = signed_in.post(PAGE, {"email": ANNA, "role": role})

    assert f'value="{role}"' not in page
    assert "Välj en av rollerna" in response.content.decode()
    assert not Invitation.objects.exists()


def test_refusal_stands_by_the_address_and_keeps_what_was_written(signed_in):
    workflow.give_role(UserFactory(email=ANNA), Role.CONTRIBUTOR, by=None)
    written = {"email": ANNA, "role": "bidragsgivare", "message": "Hej Anna"}

    page = signed_in.post(PAGE, written).content.decode()

    assert "Personen har redan ett konto" in page
    assert "Hej Anna" in page


def test_inviting_the_same_address_again_leaves_one_open(signed_in):
    first, _ = invited(by=signed_in.user)

    invited(by=signed_in.user)

    first.refresh_from_db()
    assert first.state == InvitationState.REVOKED
    assert Invitation.objects.unanswered().count() == 1


def test_new_link_is_sent_and_the_old_one_stops(signed_in):
    invitation, token = invited(by=signed_in.user, message="Hej Anna")

    signed_in.post(f"{PAGE}{invitation.pk}/skicka-ny/")

    message = run("send_invitation")
    assert "Hej Anna" in message.body
    assert signed_in.get(address(token)).status_code == 410
    assert signed_in.get(link_in(message)).status_code == 200


def test_moderator_revokes_on_the_page(signed_in):
    invitation, token = invited(by=signed_in.user)

    signed_in.post(f"{PAGE}{invitation.pk}/aterkalla/")
    again = signed_in.post(f"{PAGE}{invitation.pk}/aterkalla/", follow=True)

    assert signed_in.get(address(token)).status_code == 410
    assert "redan använd eller återkallad" in again.content.decode()


def test_moderator_does_not_touch_an_administrator_s_invitation(signed_in):
    invitation, _ = invited(by=administrator(), role=Role.MODERATOR)

    for act in ("aterkalla", "skicka-ny"):
        signed_in.post(f"{PAGE}{invitation.pk}/{act}/")

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.WAITING
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("act", ["aterkalla", "skicka-ny"])
@pytest.mark.parametrize("fields", [{}, {"contributor": True}])
def test_others_do_nothing_there(client, act, fields):
    invitation, _ = invited()
    client.force_login(UserFactory(**fields))

    response = client.post(f"{PAGE}{invitation.pk}/{act}/")

    assert response.status_code == 404
    assert Invitation.objects.get().state == InvitationState.WAITING


# -- at once


def several_accept():
    _, token = invited()

    outcomes = race(
        *[lambda name=name: workflow.accept(token, name=name) for name in "ABCD"]
    )

    assert [type(each) for each in outcomes].count(User) == 1
    assert [type(each) for each in outcomes].count(InvitationNotOpen) == 3
    assert User.objects.filter(email=ANNA).count() == 1


if HAS_ROW_LOCKS:

    def test_several_who_accept_at_once_make_one_account():
        committed(several_accept)
