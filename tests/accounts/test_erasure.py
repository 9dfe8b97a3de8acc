"""A person takes their name away, stops showing, or erases the account (trust A13)."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from accounts import workflow as of_people
from accounts.enums import Role
from accounts.exceptions import LastAdministrator
from accounts.models import Application, Invitation, RoleAssignment, User
from kunskapsbank import workflow
from kunskapsbank.enums import EntryState, Status
from kunskapsbank.exceptions import NotAllowed
from kunskapsbank.models import Entry, EventDetail, Subscription
from tests.accounts.joining import invited
from tests.accounts.own_data import PAGE, everything_stored, fresh, ida, invite_once
from tests.accounts.signing_in import by_password
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.following import follower

pytestmark = pytest.mark.django_db


# -- three acts (trust A13)


def test_taking_the_name_away_leaves_the_texts(signed_in):
    version = stories.published(signed_in.user)
    asked = signed_in.get(f"{PAGE}ta-bort-namnet/")

    signed_in.post(f"{PAGE}ta-bort-namnet/")

    assert asked.status_code == 200
    assert (fresh(version).byline, fresh(version).status) == ("", Status.PUBLISHED)
    assert not EventDetail.objects.filter(actor_name="Ida Dahl").exists()
    assert stories.is_whole(version.entry)
    assert User.objects.filter(pk=signed_in.user.pk, name="Ida Dahl").exists()


def test_stopping_to_show_keeps_the_texts_and_what_is_shared(signed_in):
    alone, shared = stories.published(signed_in.user), stories.published(signed_in.user)
    shared.entry.owners.add(stories.author())

    signed_in.post(f"{PAGE}sluta-visa/")

    states = {each.pk: each.state for each in Entry.objects.all()}
    assert states[alone.entry_id] == EntryState.WITHDRAWN
    assert states[shared.entry_id] == EntryState.OPEN
    assert fresh(alone).status == Status.PUBLISHED
    assert signed_in.get(alone.entry.get_absolute_url()).status_code == 410


def erase(client):
    return client.post(f"{PAGE}radera/")


def test_erasing_leaves_no_name_and_no_address_anywhere(signed_in):
    user = signed_in.user
    version = stories.published(user)
    draft = stories.draft(user, title="Aldrig inskickat")
    invite_once(user)
    of_people.apply(
        name="Ida Dahl", email=user.email, organisation="", reason="Jag är Ida Dahl."
    )

    response = erase(signed_in)

    assert response.url == "/konto/raderat/"
    left = everything_stored()
    assert "Ida Dahl" not in left
    assert "ida@example.se" not in left
    assert fresh(version).author is None
    assert not Entry.objects.filter(pk=draft.entry_id).exists()
    assert Invitation.objects.filter(email="ida@example.se").count() == 0
    assert Application.objects.get().name == ""


def test_erasing_ends_what_is_followed_with_the_same_verified_address(signed_in):
    follower("Ida@example.se")
    other = follower("bo@example.se")
    EmailAddress.objects.create(user=signed_in.user, email="bo@example.se")

    erase(signed_in)

    assert list(Subscription.objects.all()) == [other]


def test_erasing_leaves_the_history_whole(signed_in):
    version = stories.declined(stories.submitted(signed_in.user))
    acts = stories.acts(version.entry)
    hashes = [event.hash for event in version.entry.events.order_by("position")]

    erase(signed_in)

    assert stories.acts(version.entry) == acts
    kept = version.entry.events.order_by("position")
    assert [event.hash for event in kept] == hashes
    assert stories.is_whole(version.entry)
    assert fresh(version).status == Status.DECLINED


def test_what_was_handed_in_and_taken_back_is_kept(signed_in):
    version = stories.submitted(signed_in.user)
    workflow.take_back(version, by=signed_in.user)

    erase(signed_in)

    assert fresh(version).author is None


def test_erasing_leaves_nothing_in_the_browser(signed_in):
    response = signed_in.post(f"{PAGE}radera/")

    assert response.url == "/konto/raderat/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'


def test_erasing_ends_every_session(signed_in):
    other = type(signed_in)()
    by_password(other, signed_in.user)
    before = other.get("/konto/").status_code

    erase(signed_in)

    assert before == 200
    for client in (signed_in, other):
        assert client.get("/konto/").url.startswith("/konto/logga-in/")


def test_role_s_history_does_not_name_the_erased(signed_in):
    pk = signed_in.user.pk

    erase(signed_in)

    rows = RoleAssignment.history.filter(user_id=pk)
    assert {row.history_type for row in rows} == {"+", "-"}
    assert {row.history_user_id for row in rows} == {None}


def test_erasing_asks_again_who_one_is(client):
    user = ida()
    client.force_login(user)

    responses = [client.get(f"{PAGE}radera/"), erase(client)]

    for response in responses:
        assert response.url.startswith("/konto/bekrafta/")
    assert User.objects.filter(pk=user.pk).exists()


def test_page_says_what_is_erased_before_it_is(signed_in):
    stories.draft(signed_in.user)

    page = signed_in.get(f"{PAGE}radera/").content.decode()

    assert "utkast som du aldrig har skickat in (du har 1)" in page
    assert User.objects.filter(pk=signed_in.user.pk).exists()


def test_last_administrator_is_not_erased():
    User.objects.filter(is_superuser=True).delete()
    only = of_people.give_role(
        UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None
    )

    with pytest.raises(LastAdministrator):
        workflow.erase_person(only, by=only)

    assert User.objects.filter(pk=only.pk).exists()


def test_only_an_administrator_erases_another():
    user = ida()

    with pytest.raises(NotAllowed):
        workflow.erase_person(user, by=stories.moderator())

    administrator = of_people.give_role(
        UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None
    )
    workflow.erase_person(user, by=administrator)
    assert not User.objects.filter(pk=user.pk).exists()


# -- in time


def age(row, **times):
    for name, days in times.items():
        setattr(row, name, timezone.now() - timedelta(days=days))
    row.save()


def test_sweeping_erases_old_invitations_and_forgets_old_applicants():
    old, new = invited(email="a@example.se")[0], invited(email="b@example.se")[0]
    age(old, expires_at=91)
    answered = of_people.apply(
        name="Anna", email="c@example.se", organisation="", reason="Bänkar."
    )
    of_people.decline_applicant(answered, by=stories.moderator(), message="Nej.")
    waiting = of_people.apply(
        name="Bo", email="d@example.se", organisation="", reason="Bord."
    )
    answered.refresh_from_db()
    age(answered, answered_at=366)

    call_command("sweep_people", "--dry-run", stdout=StringIO())
    counted = Invitation.objects.count(), Application.objects.exclude(email="").count()
    call_command("sweep_people", stdout=StringIO())

    assert counted == (2, 2)
    assert list(Invitation.objects.all()) == [new]
    answered.refresh_from_db()
    waiting.refresh_from_db()
    assert (answered.email, answered.answer) == ("", "Nej.")
    assert waiting.email == "d@example.se"
