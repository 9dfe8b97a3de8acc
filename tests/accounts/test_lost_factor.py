"""An administrator helps whoever has lost the app and the keys (ASVS 6.4.4)."""

from contextlib import suppress

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.test import Client

from accounts import workflow
from accounts.enums import Role
from accounts.exceptions import NotAllowed
from tests.accounts.signing_in import (
    SECOND_STEP,
    app_code,
    by_password,
    delivered,
    is_signed_in,
    person,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def with_role(role):
    return workflow.give_role(UserFactory(second_factor=True), role, by=None)


def remove_factor(client, user):
    action = {"action": "remove_second_factor", "_selected_action": user.pk}
    return client.post("/admin/accounts/user/", action, follow=True)


def test_administrator_removes_what_a_person_has_lost(client):
    user = person(second_factor=True)
    there = Client()
    by_password(there, user)
    there.post(SECOND_STEP, {"code": app_code()})
    client.force_login(with_role(Role.ADMINISTRATOR))

    page = remove_factor(client, user)

    assert "De valda är utloggade överallt" in page.content.decode()
    assert not user.authenticator_set.exists()
    assert not is_signed_in(there)
    (told,) = delivered()
    assert told.to == [user.email]
    assert "En administratör har tagit bort appen" in told.body
    by_password(there, user)
    assert is_signed_in(there)


def test_administrator_keeps_their_own(client):
    administrator = with_role(Role.ADMINISTRATOR)
    client.force_login(administrator)

    page = remove_factor(client, administrator)

    assert "Du får inte göra det här" in page.content.decode()
    assert administrator.authenticator_set.exists()


def test_moderator_removes_nobody_s():
    user = person(second_factor=True)

    with pytest.raises(NotAllowed):
        workflow.remove_second_factor(user, by=with_role(Role.MODERATOR))

    assert user.authenticator_set.exists()


def test_what_is_undone_is_not_told_to_the_log(
    caplog, django_capture_on_commit_callbacks
):
    caplog.set_level("INFO", logger="accounts.signin")
    administrator = with_role(Role.ADMINISTRATOR)
    first = UserFactory(second_factor=True)

    with (
        django_capture_on_commit_callbacks(execute=True),
        suppress(NotAllowed),
        transaction.atomic(),
    ):
        workflow.remove_second_factor(first, by=administrator)
        workflow.remove_second_factor(administrator, by=administrator)
    assert first.authenticator_set.exists()
    undone = caplog.text

    with django_capture_on_commit_callbacks(execute=True):
        workflow.remove_second_factor(first, by=administrator)

    assert undone == ""
    assert f"removed the second factor of user {first.pk}" in caplog.text


def test_the_admin_has_no_other_way_to_change_how_people_sign_in():
    assert {model._meta.app_label for model in site._registry} == {
        *("accounts", "auth", "kunskapsbank", "programme", "search", "uppfoljning")
    }
