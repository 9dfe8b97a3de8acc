"""Nobody learns who has an account, or guesses for long; refusals are logged."""

import logging
from statistics import median
from time import process_time

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts import notifications
from livskvalitet import settings as real
from tests.accounts.signing_in import (
    ASK_FOR_CODE,
    ENTER_CODE,
    LOGIN,
    PASSWORD,
    ask_for_code,
    by_password,
    code_in,
    delivered,
    is_signed_in,
    person,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

UNKNOWN = "ingen@example.se"
RESET = "/konto/losenord/glomt/"
TOO_LITTLE_TO_TELL = 0.002  # seconds, which a network hides
OTHER_NETWORK = {"REMOTE_ADDR": "192.0.2.7"}
# A home has so many addresses of IPv6 that each guess can come from one of its own.
HOME = "2001:db8:1:2"
LATER = "skog och hav vid Öresund"


# -- Who has an account (trust 6.3.8)


def shown(response, email):
    """What a person sees: the same text, but for the address they wrote."""
    html = response.content.decode().replace(email, "ADRESS")
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("path", [ASK_FOR_CODE, RESET])
def test_known_and_unknown_address_are_told_the_same(path):
    answers = []
    for email in [person().email, UNKNOWN]:
        response = Client().post(path, {"email": email}, follow=True)
        answers.append((response.redirect_chain, shown(response, email)))

    assert answers[0] == answers[1]
    assert len(delivered()) == 2


def test_wrong_password_and_unknown_address_are_told_the_same():
    answers = [
        shown(by_password(Client(), email, "fel lösenord helt"), email)
        for email in [person().email, UNKNOWN]
    ]

    assert answers[0] == answers[1]


@pytest.mark.parametrize("has_password", [True, False])
def test_a_hash_is_made_for_unknown_addresses_too(monkeypatch, has_password):
    """The time a page takes is that of the hash."""
    made = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher, "encode", lambda *args, **kw: made.append(1) or encode(*args, **kw)
    )
    user = person()
    if not has_password:
        user.set_unusable_password()
        user.save()
    counts = []
    for email in [user.email, UNKNOWN]:
        made.clear()
        by_password(Client(), email, "fel lösenord helt")
        counts.append(len(made))

    assert counts[0] == counts[1] > 0


@pytest.mark.parametrize("path", [ASK_FOR_CODE, RESET])
def test_mails_wait_so_that_their_time_does_not_tell(client, path):
    client.post(path, {"email": person().email})

    assert mail.outbox == []
    assert DBTaskResult.objects.count() == 1


def test_mail_that_waits_cannot_be_read_in_the_database(client):
    user = person()
    ask_for_code(client, user.email)
    kept = str(DBTaskResult.objects.get().args_kwargs)

    assert user.email not in kept
    assert code_in(delivered()[0]) not in kept


def test_mail_is_tried_again_when_the_server_is_down(client, monkeypatch):
    ask_for_code(client, person().email)
    task = DBTaskResult.objects.get()

    def fail(message):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    notifications.send_mail.call(*task.args_kwargs["args"])

    again = DBTaskResult.objects.exclude(pk=task.pk).get()
    assert again.args_kwargs["args"][-1] == 1
    assert again.run_after is not None


# -- Guessing (trust 6.1.1, 6.3.1)


def guess(client, user, times, **extra):
    for _ in range(times):
        response = client.post(
            LOGIN, {"login": user.email, "password": "fel lösenord helt"}, **extra
        )
    return response


def test_sixth_guess_is_not_even_tried(client):
    user = person()
    guess(client, user, 5)

    response = by_password(client, user)

    assert "Det blev för många försök." in response.content.decode()
    assert not is_signed_in(client)


def test_guesses_from_all_addresses_of_a_home_are_one_network_s(client):
    user = person()
    for number in range(1, 6):
        guess(client, user, 1, REMOTE_ADDR=f"{HOME}:{number}::1")

    sent = {"login": user.email, "password": PASSWORD}
    response = client.post(LOGIN, sent, REMOTE_ADDR=f"{HOME}:6::1")

    assert "Det blev för många försök." in response.content.decode()
    assert not is_signed_in(client)


def test_owner_signs_in_from_elsewhere_while_somebody_guesses(client):
    user = person()
    guess(client, user, 6)

    client.post(LOGIN, {"login": user.email, "password": PASSWORD}, **OTHER_NETWORK)

    assert is_signed_in(client)


def test_owner_gets_a_code_on_the_same_network_while_somebody_guesses(client):
    user = person()
    guess(client, user, 6)

    ask_for_code(client, user.email)
    client.post(ENTER_CODE, {"code": code_in(delivered()[0])})

    assert is_signed_in(client)


def test_guessing_at_many_accounts_from_one_network_is_stopped(client):
    for _ in range(12):
        response = guess(client, UserFactory(), 1)

    assert "Det blev för många försök." in response.content.decode()


def test_guesses_may_begin_again_after_a_while(client, time_machine_at):
    user = person()
    guess(client, user, 6)

    time_machine_at(minutes=6)
    by_password(client, user)

    assert is_signed_in(client)


@pytest.mark.parametrize("email", [None, UNKNOWN])
@pytest.mark.parametrize("path", [ASK_FOR_CODE, RESET])
def test_fourth_mail_in_a_minute_is_not_sent(path, email):
    email = email or person().email
    for _ in range(4):
        response = Client().post(path, {"email": email})

    assert "Det blev för många försök." in response.content.decode()
    assert len(delivered()) == 3


def test_owner_gets_a_code_while_somebody_else_asks_for_them(client):
    user = person()
    for _ in range(4):
        Client().post(ASK_FOR_CODE, {"email": user.email}, **OTHER_NETWORK)
    delivered()

    ask_for_code(client, user.email)

    assert len(delivered()) == 1


def test_too_many_requests_are_answered_in_our_own_words(client):
    for _ in range(31):
        response = client.post(LOGIN, {"login": "", "password": ""})

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert "<h1>För många försök</h1>" in response.content.decode()


def test_throttles_are_shared_by_processes():
    from livskvalitet import settings as real

    assert real.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


@pytest.mark.django_db
def test_database_cache_has_its_table():
    from django.core.cache.backends.db import DatabaseCache

    cache = DatabaseCache("cache", {})

    assert cache.add("nyckel", "värde")
    assert not cache.add("nyckel", "annat")
    assert cache.get("nyckel") == "värde"


# -- The log (trust 16.3.1)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, logger="accounts.signin")
    return caplog


def test_signing_in_is_logged_by_number(client, log):
    user = person()

    by_password(client, user)

    assert f"user {user.pk} signed in" in log.text
    assert user.email not in log.text


@pytest.mark.parametrize("email", ["a@example.se", "a\r\n2026 forged@example.se"])
def test_refusal_is_logged_without_what_was_written(client, log, email):
    by_password(client, email, "fel\r\nlösenord här")

    lines = [each for each in log.records if each.name == "accounts.signin"]
    assert all("example" not in each.getMessage() for each in lines)
    assert "forged" not in log.text
    assert "lösenord här" not in log.text


def test_wrong_password_and_wrong_code_are_logged(client, log):
    by_password(client, UNKNOWN)
    ask_for_code(client, person().email)
    client.post(ENTER_CODE, {"code": "AAAA-AAAA"})

    assert "a password was refused" in log.text
    assert "a code was refused" in log.text


@pytest.mark.bench
@pytest.mark.parametrize("path", [LOGIN, ASK_FOR_CODE, RESET])
def test_known_and_unknown_addresses_take_the_same_time(settings, path):
    """Trust 6.3.8: CPU time, in turns, the middle of many; `pytest -m bench`."""
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    user = person()
    user.set_password(PASSWORD)
    user.save()
    spent = {user.email: [], UNKNOWN: []}
    for _ in range(25):
        for email, times in spent.items():
            cache.clear()
            began = process_time()
            Client().post(
                path, {"email": email, "login": email, "password": "fel " * 9}
            )
            times.append(process_time() - began)

    known, unknown = map(median, spent.values())

    assert abs(known - unknown) <= max(known / 10, TOO_LITTLE_TO_TELL)
