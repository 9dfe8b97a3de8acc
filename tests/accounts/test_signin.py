"""Signing in by code and by password, for those who have an account and no others."""

import pytest
from allauth.account.models import EmailAddress

from tests.accounts.signing_in import (
    AFTER,
    ASK_FOR_CODE,
    ENTER_CODE,
    LOGIN,
    WRONG,
    ask_for_code,
    by_password,
    code_in,
    delivered,
    is_signed_in,
    person,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_code_from_the_mail_signs_in(client):
    user = person()

    asked = ask_for_code(client, user.email)
    (message,) = delivered()
    response = client.post(asked.url, {"code": code_in(message)})

    assert message.to == [user.email]
    assert message.subject == "Din kod för att logga in"
    assert response.url == AFTER
    assert is_signed_in(client)


def test_code_is_taken_in_small_letters_and_without_hyphen(client):
    ask_for_code(client, person().email)
    code = code_in(delivered()[0]).lower().replace("-", " ")

    client.post(ENTER_CODE, {"code": code})

    assert is_signed_in(client)


def test_wrong_code_does_not_sign_in(client):
    ask_for_code(client, person().email)

    response = client.post(ENTER_CODE, {"code": "AAAA-AAAA"})

    assert "Koden stämmer inte." in response.content.decode()
    assert not is_signed_in(client)


def test_third_wrong_code_ends_the_attempt(client):
    ask_for_code(client, person().email)
    code = code_in(delivered()[0])

    for _ in range(3):
        client.post(ENTER_CODE, {"code": "AAAA-AAAA"})
    client.post(ENTER_CODE, {"code": code})

    assert not is_signed_in(client)


def test_new_code_is_told_of_and_ends_the_first(client):
    user = person()
    ask_for_code(client, user.email)

    page = client.post(ENTER_CODE, {"action": "resend"}, follow=True)
    first, second = [code_in(each) for each in delivered()]
    client.post(ENTER_CODE, {"code": first})

    assert "En ny kod är på väg." in page.content.decode()
    assert not is_signed_in(client)
    client.post(ENTER_CODE, {"code": second})
    assert is_signed_in(client)


def test_code_holds_for_fifteen_minutes(client, time_machine_at):
    ask_for_code(client, person().email)
    code = code_in(delivered()[0])

    time_machine_at(minutes=16)
    client.post(ENTER_CODE, {"code": code})

    assert not is_signed_in(client)


def test_code_makes_an_address_known(client):
    user = UserFactory()

    ask_for_code(client, user.email)
    client.post(ENTER_CODE, {"code": code_in(delivered()[0])})

    assert is_signed_in(client)
    assert EmailAddress.objects.get(user=user).verified


def test_password_signs_in(client):
    response = by_password(client, person())

    assert response.url == AFTER
    assert is_signed_in(client)


def test_address_is_taken_in_any_case(client):
    user = person(email="anna@example.se")

    by_password(client, user.email.upper())

    assert is_signed_in(client)


def test_wrong_password_does_not_sign_in(client):
    response = by_password(client, person(), "något helt annat här")

    assert WRONG in response.content.decode()
    assert not is_signed_in(client)


def test_password_of_an_address_that_is_not_known_asks_for_a_code(client):
    user = UserFactory()
    user.set_password("vatten och luft i staden")
    user.save()

    response = by_password(client, user)

    assert not is_signed_in(client)
    assert response.url == "/konto/epost/bekrafta/"
    client.post(response.url, {"code": code_in(delivered()[0])})
    assert is_signed_in(client)


def test_closed_account_does_not_sign_in(client):
    user = person(is_active=False)

    by_password(client, user)
    ask_for_code(client, user.email)

    assert not is_signed_in(client)
    assert "Det finns inget konto" in delivered()[0].subject


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/konto/skapa-konto/", "/konto/stad/nytt/"])
def test_there_is_no_sign_up(client, path, method):
    response = getattr(client, method)(path)

    assert response.status_code in {404, 405}
    assert "Skapa konto" not in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        r"\\evil.example",
        r"/\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "http:evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(client, onward):
    response = by_password(client, person(), next=onward)

    assert response.url == AFTER


def test_one_is_sent_to_where_one_was_going(client):
    user = person()

    assert by_password(client, user, next="/bidra/?prio=x").url == "/bidra/?prio=x"


def test_code_also_leads_to_where_one_was_going(client):
    user = person()

    asked = client.post(ASK_FOR_CODE, {"email": user.email, "next": "/om/kakor/"})
    response = client.post(asked.url, {"code": code_in(delivered()[0])})

    assert response.url == "/om/kakor/"


def test_whoever_is_signed_in_is_led_on_from_the_login_page(client):
    client.force_login(person())

    assert client.get(LOGIN).url == AFTER
