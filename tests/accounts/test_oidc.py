"""The city's own sign-in, against a real OpenID provider on loopback."""

import socket
import subprocess
import sys
import time
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts import workflow
from accounts.enums import Role
from accounts.models import User
from livskvalitet.environment import Environment
from tests.accounts.signing_in import (
    AFTER,
    LOGIN,
    SECOND_STEP,
    SECURITY,
    is_signed_in,
    person,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

START = "/konto/stad/helsingborg/"
STAFF = "anna.ek@example.se"


@pytest.fixture(scope="module")
def issuer():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address):
    for _ in range(300):
        try:
            return requests.get(
                f"{address}/.well-known/openid-configuration", timeout=5
            )
        except requests.ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the provider does not answer")


@pytest.fixture
def provider(issuer, settings, monkeypatch):
    """Configured as an installation is: by its environment."""
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", "livskvalitet")
    monkeypatch.setenv("OIDC_CLIENT_SECRET", "hemligt")
    settings.SOCIALACCOUNT_PROVIDERS = Environment().openid_provider()
    return issuer


def come_from(provider, client, email, *, verified=True, sub=None, onward=""):
    """What the browser does: to the provider, sign in there, and back."""
    sub = sub or email
    claims = {"email": email, "email_verified": verified, "name": "Anna Ek"}
    requests.put(f"{provider}/users/{quote(sub)}", json=claims, timeout=10)
    there = client.get(START, {"next": onward} if onward else {}).url
    back = requests.post(there, data={"sub": sub}, allow_redirects=False, timeout=10)
    location = urlsplit(back.headers["Location"])
    return client.get(location.path, parse_qs(location.query))


def test_login_page_offers_it_only_when_configured(client, provider, settings):
    with_it = client.get(LOGIN).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}

    assert f'href="{START}' in with_it
    assert START not in client.get(LOGIN).content.decode()
    assert client.get(START).status_code == 404


def test_way_there_is_a_link_so_that_the_policy_lets_it_pass(client, provider):
    """`form-action 'self'` stops a form whose answer leads to another site."""
    response = client.get(START)

    assert response.status_code == 302
    assert response.url.startswith(f"{provider}/oauth2/authorize")
    assert "code_challenge_method=S256" in response.url


def test_person_with_an_account_is_signed_in(client, provider):
    user = person(email=STAFF)

    response = come_from(provider, client, STAFF)

    assert response.url == AFTER
    assert client.session["_auth_user_id"] == str(user.pk)


def test_nothing_the_provider_tells_is_kept_but_the_number(client, provider):
    person(email=STAFF)

    for _ in range(2):
        come_from(provider, Client(), STAFF, sub="anek01")

    kept = SocialAccount.objects.get()
    assert kept.uid == "anek01"
    assert kept.extra_data == {}


def test_one_is_led_to_where_one_was_going(client, provider):
    person(email=STAFF)

    response = come_from(provider, client, STAFF, onward="/om/kakor/")

    assert response.url == "/om/kakor/"


def test_nobody_is_led_to_another_site(client, provider):
    person(email=STAFF)

    response = come_from(provider, client, STAFF, onward="https://evil.example/")

    assert response.url == AFTER


def test_invited_person_whose_address_was_not_known_is_signed_in(client, provider):
    user = UserFactory(email=STAFF)

    come_from(provider, client, STAFF)

    assert is_signed_in(client)
    assert EmailAddress.objects.get(user=user).verified


def test_unknown_person_is_told_to_apply_and_gets_no_account(client, provider):
    before = User.objects.count()

    response = come_from(provider, client, "okand@example.se")

    assert "Det finns inget konto för dig än" in response.content.decode()
    assert not is_signed_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_address_that_the_provider_has_not_checked_opens_no_account(client, provider):
    person(email=STAFF)

    come_from(provider, client, STAFF, verified=False)

    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_closed_account_stays_closed(client, provider):
    person(email=STAFF, is_active=False)

    response = come_from(provider, client, STAFF)

    assert response.url == "/konto/avstangt/"
    assert not is_signed_in(client)


def test_answer_that_nobody_asked_for_is_refused(client, provider):
    person(email=STAFF)
    there = client.get(START).url
    back = requests.post(there, data={"sub": STAFF}, allow_redirects=False, timeout=10)
    location = urlsplit(back.headers["Location"])

    other = Client()
    response = other.get(location.path, parse_qs(location.query))

    assert not is_signed_in(other)
    assert "Stadens inloggning svarade inte" in response.content.decode()


def test_provider_that_is_down_is_told_of_calmly(client, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://localhost:9"

    response = client.get(START)

    assert response.status_code == 503
    assert "Stadens inloggning svarade inte" in response.content.decode()


# -- The second factor


def moderator():
    return workflow.give_role(person(email=STAFF), Role.MODERATOR, by=None)


def test_moderator_from_the_provider_needs_a_factor_here(client, provider):
    moderator()

    come_from(provider, client, STAFF)

    assert client.get("/granska/").url == SECURITY


def test_unless_the_provider_is_said_to_ask_for_it(client, provider, settings):
    settings.OIDC_PROVIDES_SECOND_FACTOR = True
    moderator()

    come_from(provider, client, STAFF)

    assert client.get("/granska/").headers.get("Location") != SECURITY


def test_that_holds_only_for_whoever_came_from_there(client, provider, settings):
    settings.OIDC_PROVIDES_SECOND_FACTOR = True
    client.force_login(moderator())

    assert client.get("/granska/").url == SECURITY


def test_app_is_asked_for_also_after_the_provider(client, provider):
    person(email=STAFF, second_factor=True)

    assert come_from(provider, client, STAFF).url == SECOND_STEP


# -- A person with a new address


def test_new_owner_of_an_account_does_not_share_it(provider):
    user = person(email=STAFF)
    come_from(provider, Client(), STAFF)
    user.email = "ny@example.se"
    user.save()

    workflow.take_new_address(user, instead_of=STAFF)
    assert not SocialAccount.objects.filter(user=user).exists()
    later = Client()
    come_from(provider, later, STAFF)

    assert not is_signed_in(later)


@pytest.mark.parametrize("missing", ["OIDC_ISSUER", "OIDC_CLIENT_ID"])
def test_half_a_configuration_stops_the_start(provider, monkeypatch, missing):
    monkeypatch.delenv(missing)

    with pytest.raises(Exception, match=f"{missing} missing: set all of"):
        Environment().openid_provider()
