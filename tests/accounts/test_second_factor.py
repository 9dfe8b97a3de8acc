"""Moderators and above prove who they are twice, everywhere (trust 6.3.3, 6.5)."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import permissions, workflow
from accounts.enums import Role
from accounts.models import User
from kunskapsbank import permissions as of_the_bank
from kunskapsbank import workflow as acts
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import Version
from tests.accounts.signing_in import (
    PASSWORD,
    SECOND_STEP,
    SECURITY,
    app_code,
    ask_for_code,
    by_password,
    code_in,
    delivered,
    is_signed_in,
    person,
)
from tests.factories import TOTP_SECRET, UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

GUARDED = ["/granska/", "/granska/1/", "/uppfoljning/arbete/2026/", "/admin/"]
ACTIVATE = f"{SECURITY}engangskoder/"


def with_role(role, **fields):
    return workflow.give_role(UserFactory(**fields), role, by=None)


@pytest.mark.parametrize(
    ("role", "needs"),
    [
        (None, False),
        (Role.CONTRIBUTOR, False),
        (Role.MODERATOR, True),
        (Role.DOCUMENT_OWNER, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_who_needs_a_second_factor(role, needs):
    assert permissions.needs_second_factor(with_role(role)) == needs


@pytest.mark.parametrize("right", ["is_staff", "is_superuser"])
def test_staff_need_a_second_factor(right):
    assert permissions.needs_second_factor(UserFactory(**{right: True}))


@pytest.mark.parametrize("path", GUARDED)
def test_moderator_without_one_is_led_to_where_it_is_set_up(client, path):
    client.force_login(with_role(Role.MODERATOR))

    response = client.get(path, follow=True)

    assert response.redirect_chain == [(SECURITY, 302)]
    assert "Sidan kräver att du loggar in i två steg." in response.content.decode()


@pytest.mark.parametrize("path", GUARDED)
def test_posting_there_does_not_go_past_it(client, path):
    client.force_login(with_role(Role.ADMINISTRATOR))

    assert client.post(path).url == SECURITY


@pytest.mark.parametrize("path", GUARDED[:1] + GUARDED[3:])
def test_administrator_with_one_is_not_led_away(client, path):
    client.force_login(with_role(Role.ADMINISTRATOR, second_factor=True))

    assert client.get(path).headers.get("Location") != SECURITY


@pytest.mark.parametrize("path", ["/", SECURITY, "/kunskapsbank/"])
def test_other_pages_ask_for_none(client, path):
    client.force_login(with_role(Role.MODERATOR))

    assert client.get(path).status_code == 200


def test_recovery_codes_alone_are_no_second_factor():
    user = UserFactory()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.RECOVERY_CODES, data={}
    )

    assert not permissions.has_second_factor(user)


def test_moderator_without_one_can_decide_nothing():
    moderator = UserFactory(moderator=True, second_factor=False)
    version = stories.submitted()

    with pytest.raises(WorkflowError):
        acts.publish(version, by=moderator, lock=version.lock)

    assert not of_the_bank.can_moderate(moderator)
    assert not of_the_bank.can_hide(moderator)
    assert version not in Version.objects.visible_to(moderator)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR])
def test_nobody_invites_or_gives_roles_without_one(role):
    user = with_role(role)

    assert not permissions.can_invite(user)
    assert not permissions.can_change_role(user)
    assert not any(permissions.can_grant(user, each) for each in Role)


def test_lost_role_bites_on_the_next_request(client):
    user = with_role(Role.ADMINISTRATOR, second_factor=True)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200

    workflow.give_role(user, None, by=None)

    assert client.get("/admin/").status_code == 302


def test_lost_factor_bites_on_the_next_request(client):
    user = with_role(Role.ADMINISTRATOR, second_factor=True)
    client.force_login(user)

    user.authenticator_set.all().delete()

    assert client.get("/admin/").url == SECURITY


# -- the admin's own way in


def test_admin_takes_no_password_of_its_own(client):
    user = person(is_staff=True, is_superuser=True)

    response = client.post(
        "/admin/login/",
        {"username": user.email, "password": PASSWORD},
    )

    assert response.status_code == 405
    assert not is_signed_in(client)


def test_admin_leads_to_our_login_page_and_back(client):
    user = person(is_staff=True, is_superuser=True)

    first = client.get("/admin/", follow=True)
    by_password(client, user, next="/admin/")
    last = client.post(SECOND_STEP, {"code": app_code()})

    assert first.redirect_chain[-1][0] == "/konto/logga-in/?next=/admin/"
    assert last.url == "/admin/"


def test_contributor_is_refused_by_the_admin_without_a_loop(client):
    client.force_login(UserFactory(contributor=True))

    assert client.get("/admin/", follow=True).status_code == 403


# -- signing in with an app


def test_password_is_only_half_the_way(client):
    response = by_password(client, person(second_factor=True))

    assert response.url == SECOND_STEP
    assert not is_signed_in(client)


def test_code_in_a_mail_is_only_half_the_way(client):
    user = person(second_factor=True)
    asked = ask_for_code(client, user.email)

    response = client.post(asked.url, {"code": code_in(delivered()[0])})

    assert response.url == SECOND_STEP
    assert not is_signed_in(client)


def test_app_code_is_the_other_half(client):
    by_password(client, person(second_factor=True))

    client.post(SECOND_STEP, {"code": app_code()})

    assert is_signed_in(client)


@pytest.mark.parametrize("offset", [-2, -1, 1, 2])
def test_app_code_of_another_time_is_refused(client, offset):
    by_password(client, person(second_factor=True))

    response = client.post(SECOND_STEP, {"code": app_code(offset)})

    assert "Koden stämmer inte." in response.content.decode()
    assert not is_signed_in(client)


def test_app_code_is_taken_once(client):
    user = person(second_factor=True)
    code = app_code()
    by_password(client, user)
    client.post(SECOND_STEP, {"code": code})

    other = Client()
    by_password(other, user)
    other.post(SECOND_STEP, {"code": code})

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_second_step_without_the_first_leads_to_the_login_page(client):
    assert client.get(SECOND_STEP).url == "/konto/logga-in/"


def test_new_password_by_code_does_not_go_past_the_app(client):
    user = person(second_factor=True)
    reset_password(client, user, "skog och hav vid Öresund")

    response = by_password(client, user, "skog och hav vid Öresund")

    assert response.url == SECOND_STEP
    assert not is_signed_in(client)


def reset_password(client, user, password):
    client.post("/konto/losenord/glomt/", {"email": user.email})
    code = code_in(delivered()[0])
    asked = client.post("/konto/losenord/glomt/kod/", {"code": code})
    return client.post(asked.url, {"password1": password, "password2": password})


# -- setting it up


def sign_in_and_confirm(client, user):
    by_password(client, user)
    client.post("/konto/bekrafta/losenord/", {"password": PASSWORD})


def test_setting_up_an_app_asks_who_one_is_first(client):
    by_password(client, person())

    response = client.get(ACTIVATE)

    assert response.url.startswith("/konto/bekrafta/losenord/?next=")


def test_person_sets_up_an_app_and_gets_recovery_codes(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    user = person()
    sign_in_and_confirm(client, user)
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: TOTP_SECRET
    )
    page = client.get(ACTIVATE).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(ACTIVATE, {"code": app_code()}, follow=True)

    assert TOTP_SECRET in page
    assert response.redirect_chain == [(f"{SECURITY}reservkoder/", 302)]
    assert permissions.has_second_factor(User.objects.get(pk=user.pk))
    assert "En app är kopplad till ditt konto" in [each.subject for each in delivered()]


def test_who_came_in_before_there_was_a_second_step_is_out(client, monkeypatch):
    """Or a thief of one factor would get the rights of two."""
    user = workflow.give_role(person(), Role.MODERATOR, by=None)
    thief = Client()
    by_password(thief, user)
    sign_in_and_confirm(client, user)
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.generate_totp_secret", lambda: TOTP_SECRET
    )
    client.get(ACTIVATE)

    client.post(ACTIVATE, {"code": app_code()})

    assert client.get("/granska/inbjudningar/").status_code == 200
    assert not is_signed_in(thief)
    assert thief.get("/granska/inbjudningar/").status_code == 302


def test_secret_is_shown_as_a_picture_of_our_own(client):
    sign_in_and_confirm(client, person())
    page = client.get(ACTIVATE).content.decode()

    picture = client.get(f"{ACTIVATE}bild/")

    assert f'src="{ACTIVATE}bild/"' in page
    assert "data:" not in page
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert picture.content.startswith(b"<?xml")


def test_there_is_no_picture_when_nothing_is_set_up(client):
    assert client.get(f"{ACTIVATE}bild/").status_code == 302
    client.force_login(person())
    assert client.get(f"{ACTIVATE}bild/").status_code == 404


def test_secret_is_encrypted_in_the_database():
    kept = UserFactory(second_factor=True).authenticator_set.get().data["secret"]

    assert TOTP_SECRET not in kept
    assert kept.startswith("gAAAA")


def test_recovery_code_signs_in_once(client):
    user = person(second_factor=True)
    sign_in_and_confirm_by_app(client, user)
    client.post(f"{SECURITY}reservkoder/nya/")
    codes = user.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

    answers = []
    for _ in range(2):
        other = Client()
        by_password(other, user)
        other.post(SECOND_STEP, {"code": codes[0]})
        answers.append(is_signed_in(other))

    assert answers == [True, False]


def sign_in_and_confirm_by_app(client, user):
    by_password(client, user)
    client.post(SECOND_STEP, {"code": app_code()})
    client.post("/konto/bekrafta/losenord/", {"password": PASSWORD})


def test_removing_the_app_asks_who_one_is_and_tells_by_mail(client):
    user = person(second_factor=True)
    by_password(client, user)
    client.post(SECOND_STEP, {"code": app_code()})
    remove = f"{ACTIVATE}ta-bort/"
    asked = client.get(remove)

    client.post("/konto/bekrafta/losenord/", {"password": PASSWORD})
    client.post(remove)

    assert asked.url.startswith("/konto/bekrafta/")
    assert not user.authenticator_set.exists()
    assert [each.subject for each in delivered()] == [
        "Appen är borttagen från ditt konto"
    ]
