"""Sessions end, and what protects an account is not changed in passing (trust 7)."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import sessions, workflow
from accounts.enums import Role
from accounts.exceptions import NotAllowed
from accounts.models import User
from tests.accounts.signing_in import (
    ENTER_CODE,
    PASSWORD,
    SECURITY,
    ask_for_code,
    by_password,
    code_in,
    delivered,
    is_signed_in,
    person,
)
from tests.admin_pages import change
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "ingen@example.se"
RESET = "/konto/losenord/glomt/"
OTHER_NETWORK = {"REMOTE_ADDR": "192.0.2.7"}
LATER = "skog och hav vid Öresund"


def test_session_has_a_new_id_after_signing_in(client):
    user = person()
    ask_for_code(client, user.email)
    before = client.session.session_key

    client.post(ENTER_CODE, {"code": code_in(delivered()[0])})

    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def is_in(client):
    return client.get(SECURITY).status_code == 200


def test_session_ends_after_rest(client, time_machine_at):
    client.force_login(person())

    time_machine_at(seconds=settings.SESSION_IDLE_AGE - 60)
    assert is_in(client)
    time_machine_at(seconds=settings.SESSION_IDLE_AGE + 60)

    assert not is_in(client)


def test_reading_now_and_then_keeps_one_signed_in(client, time_machine_at):
    client.force_login(person())

    for _ in range(4):
        time_machine_at(hours=1)
        assert is_in(client)


def test_session_ends_after_a_day_s_work_whatever_one_does(client, time_machine_at):
    client.force_login(person())

    for _ in range(7):
        time_machine_at(hours=1)
        assert is_in(client)
    time_machine_at(hours=1, minutes=1)

    assert not is_in(client)


def test_reading_writes_nothing_for_the_first_minutes(client):
    client.force_login(person())
    kept = Session.objects.get().session_data

    client.get("/om/kakor/")

    assert Session.objects.get().session_data == kept


def test_cookie_lives_as_long_as_the_session(client, time_machine_at):
    client.force_login(person())
    time_machine_at(hours=1)

    client.get("/om/kakor/")

    age = client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    assert abs(age - settings.SESSION_IDLE_AGE) < 60


def test_staying_takes_a_post_and_tells_how_long(client):
    client.force_login(person())

    response = client.post("/konto/fortsatt/", headers={"accept": "application/json"})

    assert response.json() == {"seconds": settings.SESSION_IDLE_AGE, "prolongs": True}
    assert client.get("/konto/fortsatt/").status_code == 405
    assert Client().post("/konto/fortsatt/").status_code == 403


def test_page_tells_when_one_is_signed_out(client):
    client.force_login(person())

    page = client.get("/om/kakor/").content.decode()

    seconds = int(re.search(r'data-seconds="(\d+)"', page)[1])
    assert 0 <= settings.SESSION_IDLE_AGE - seconds < 60
    assert "Du loggas ut kl." in page
    assert "session-notice" not in Client().get("/om/kakor/").content.decode()


def test_opening_a_page_after_rest_is_counted_at_once(client, time_machine_at):
    client.force_login(person())
    time_machine_at(seconds=settings.SESSION_IDLE_AGE - 60)

    page = client.get("/om/kakor/").content.decode()

    seconds = int(re.search(r'data-seconds="(\d+)"', page)[1])
    assert settings.SESSION_IDLE_AGE - seconds < 60


def test_end_of_the_day_cannot_be_put_off():
    session = {sessions.STARTED: 0, sessions.SEEN: 0}

    assert not sessions.may_prolong(session)


def two_places(user):
    clients = [Client(), Client()]
    for each in clients:
        by_password(each, user)
    return clients


def test_signing_out_ends_the_session_on_the_server(client):
    by_password(client, person())
    key = client.session.session_key

    response = client.post("/konto/logga-ut/")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.url == "/konto/utloggad/"
    assert not Session.objects.filter(session_key=key).exists()


def test_signing_out_leaves_no_session_cookie(client):
    by_password(client, person())

    client.post("/konto/logga-ut/")
    client.get("/konto/utloggad/")

    assert not client.cookies[settings.SESSION_COOKIE_NAME].value
    assert Session.objects.count() == 0


def test_signing_out_takes_a_post(client):
    by_password(client, person())

    client.get("/konto/logga-ut/")

    assert is_signed_in(client)


def test_new_password_ends_the_other_sessions():
    here, there = two_places(person())

    here.post(
        "/konto/losenord/byt/",
        {"oldpassword": PASSWORD, "password1": LATER, "password2": LATER},
    )

    assert is_in(here)
    assert not is_in(there)


def test_person_signs_out_everywhere_else():
    here, there = two_places(person())
    listed = here.get("/konto/inloggningar/").content.decode()

    here.post("/konto/inloggningar/")

    assert listed.count("En annan webbläsare") == 1
    assert is_in(here)
    assert not is_in(there)


def test_closed_account_is_out_on_the_next_request_and_stays_so():
    administrator = workflow.give_role(
        UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None
    )
    user = person()
    here, _ = two_places(user)

    workflow.close(user, by=administrator)
    after_closing = is_in(here)
    workflow.open_again(user, by=administrator)

    assert not after_closing
    assert not is_in(here)


def test_administrator_ends_sessions_in_the_admin(client):
    client.force_login(
        workflow.give_role(UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None)
    )
    user = person()
    here, there = two_places(user)

    client.post(
        "/admin/accounts/user/", {"action": "end_sessions", "_selected_action": user.pk}
    )

    assert not is_in(here)
    assert not is_in(there)


def test_others_end_nobody_s_sessions():
    with pytest.raises(NotAllowed):
        workflow.end_sessions(person(), by=UserFactory(moderator=True))


def test_address_that_an_administrator_replaced_no_longer_signs_in(client):
    client.force_login(
        workflow.give_role(UserFactory(second_factor=True), Role.ADMINISTRATOR, by=None)
    )
    user = person(email="gammal@example.se")
    here, _ = two_places(user)

    change(client, user, email="ny@example.se")

    other = Client()
    by_password(other, "gammal@example.se")
    assert not is_signed_in(other)
    assert not is_in(here)


# -- Changes are asked about and told of (trust 6.3.7, 7.5.1)


def test_new_address_is_asked_about_told_of_and_proven(client):
    user = person(email="gammal@example.se")
    by_password(client, user)

    asked = client.post("/konto/epost/", {"email": "ny@example.se", "action_add": ""})
    assert asked.url.startswith("/konto/bekrafta/losenord/")
    confirmed = client.post(asked.url, {"password": PASSWORD})
    assert confirmed.url == "/konto/epost/bekrafta/"
    (message,) = delivered()
    before = User.objects.get(pk=user.pk).email
    client.post(confirmed.url, {"code": code_in(message)})

    assert message.to == ["ny@example.se"]
    assert before == "gammal@example.se"
    assert User.objects.get(pk=user.pk).email == "ny@example.se"
    (told,) = delivered()
    assert told.to == ["gammal@example.se"]
    assert "bytt från gammal@example.se till ny@example.se" in told.body


def test_nobody_is_signed_out_by_mistyping_a_new_address(client):
    by_password(client, person())
    asked = client.post("/konto/epost/", {"email": "fel@example.se", "action_add": ""})
    confirm = client.post(asked.url, {"password": PASSWORD}).url

    page = client.get(confirm).content.decode()
    again = client.post(confirm, {"action": "resend"}, follow=True).content.decode()

    assert "Skriv en annan adress" in page
    assert "Börja om med en annan adress" not in page
    assert "En ny kod är på väg." in again
    assert [each.to for each in delivered()] == [["fel@example.se"]] * 2


def test_person_without_password_is_asked_for_a_code(client, time_machine_at):
    user = person()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    asked = client.get(f"{SECURITY}engangskoder/")

    client.post(asked.url, {"action": "send"})
    response = client.post(asked.url, {"code": code_in(delivered()[0])})

    assert asked.url.startswith("/konto/bekrafta/epostkod/")
    assert response.url == f"{SECURITY}engangskoder/"
    assert client.get(response.url).status_code == 200


def test_codes_that_confirm_who_one_is_are_mailed_three_times_a_minute(client):
    user = person()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    pages = [
        client.post("/konto/bekrafta/epostkod/", {"action": "send"}, follow=True)
        for _ in range(4)
    ]

    assert len(delivered()) == 3
    assert "Det blev för många försök." in pages[3].content.decode()


def test_person_without_password_who_just_came_in_is_not_asked(client, time_machine_at):
    user = person()
    user.set_unusable_password()
    user.save()
    ask_for_code(client, user.email)
    client.post(ENTER_CODE, {"code": code_in(delivered()[0])})

    assert client.get(f"{SECURITY}engangskoder/").status_code == 200
    time_machine_at(minutes=11)
    assert client.get(f"{SECURITY}engangskoder/").status_code == 302


def test_wrong_codes_do_not_confirm_who_one_is(client):
    user = person()
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    page = "/konto/bekrafta/epostkod/"
    client.post(page, {"action": "send"})
    code = code_in(delivered()[0])

    for _ in range(3):
        client.post(page, {"code": "AAAA-AAAA"})
    response = client.post(page, {"code": code})

    assert response.status_code == 200
    assert client.get(f"{SECURITY}engangskoder/").status_code == 302


def test_new_password_is_told_of(client):
    by_password(client, person())

    client.post(
        "/konto/losenord/byt/",
        {"oldpassword": PASSWORD, "password1": LATER, "password2": LATER},
    )

    (told,) = delivered()
    assert told.subject == "Ditt lösenord är bytt"
    assert "127.0.0.1" not in told.body
