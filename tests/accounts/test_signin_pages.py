"""Every page for signing in: in Swedish, in our look, and for the right people."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.urls import signin
from tests import html_checks, html_tree
from tests.accounts.signing_in import (
    ASK_FOR_CODE,
    PASSWORD,
    app_code,
    ask_for_code,
    by_password,
    delivered,
    person,
)
from tests.factories import UserFactory
from tests.source import ROOT

pytestmark = pytest.mark.django_db

OPEN = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_password_reset_completed",
    "account_inactive",
    "signed_out",
    "socialaccount_login_cancelled",
]
OWN = [
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_change_password",
    "account_email",
    "account_logout",
    "usersessions_list",
]
WITH_APP = [
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
]
# Words of allauth's own pages, in both its languages.
FOREIGN = re.compile(
    r"Sign In|Sign Up|Sign Out|Password:|Two-Factor|Recovery Codes|Säkerhetsnyckel|"
    r"Tvåfaktor|Logga in med|Registrera|Var god|Vänligen|Tyvärr|Menu",
)

# The summary of errors stands first; data is no script; and a key has its own name.
KNOWN = re.compile(
    r"does not have one h1 before|passkey-data.* is a script in the page"
    r"|Min nyckel.* lacks autocomplete"
)


def sure(client, **fields):
    """Signed in and just asked who one is."""
    user = person(**fields)
    by_password(client, user)
    if fields.get("second_factor"):
        client.post("/konto/logga-in/andra-steget/", {"code": app_code()})
    client.post("/konto/bekrafta/losenord/", {"password": PASSWORD})
    return user


def check(response, status=200):
    page = response.content.decode()
    assert response.status_code == status
    assert page.count("<h1") == 1
    tree, faults = html_tree.read(page)
    faults += html_checks.faults(tree)
    assert [each for each in faults if not KNOWN.search(each)] == []
    assert FOREIGN.findall(re.sub(r"<[^>]*>", " ", page)) == []
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|data:image", page)
    return page


@pytest.mark.parametrize("name", OPEN)
def test_page_for_all(client, name):
    page = check(client.get(reverse(name)))

    assert "own-nav" not in page


def test_page_of_a_sign_in_that_failed_elsewhere(client):
    check(client.get(reverse("socialaccount_login_error")), 401)


@pytest.mark.parametrize("name", OWN)
def test_page_of_one_s_own(client, name):
    sure(client)

    page = check(client.get(reverse(name)))

    assert "Inloggad som" in page


@pytest.mark.parametrize("name", WITH_APP)
def test_page_for_whoever_has_an_app(client, name):
    sure(client, second_factor=True)
    client.post(reverse("mfa_generate_recovery_codes"))

    check(client.get(reverse(name)))


@pytest.mark.parametrize("name", OWN + WITH_APP)
def test_own_pages_lead_others_to_the_login_page(client, name):
    response = client.get(reverse(name), follow=True)

    assert response.redirect_chain
    assert response.request["PATH_INFO"] in {"/konto/logga-in/", "/konto/utloggad/"}


def test_pages_of_a_code_that_is_on_its_way(client):
    ask_for_code(client, person().email)
    check(client.get(reverse("account_confirm_login_code")))

    other = Client()
    other.post(reverse("account_reset_password"), {"email": person().email})
    check(other.get(reverse("account_confirm_password_reset_code")))


def test_page_of_a_new_address(client):
    sure(client)
    client.post(reverse("account_email"), {"email": "ny@example.se", "action_add": ""})

    check(client.get(reverse("account_email_verification_sent")))


def test_page_of_the_second_step(client):
    by_password(client, person(second_factor=True))

    check(client.get(reverse("mfa_authenticate")))


def test_page_for_confirming_by_password(client):
    by_password(client, person())

    check(client.get(reverse("account_reauthenticate")))


def test_page_for_choosing_a_first_password(client):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    check(client.get(reverse("account_set_password")))
    check(client.get(reverse("reauthenticate_by_code")))


@pytest.mark.parametrize("name", ["mfa_remove_webauthn", "mfa_edit_webauthn"])
def test_another_s_key_is_not_there(client, name):
    sure(client)
    others = Authenticator.objects.create(
        user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "Annans"}
    )
    address = reverse(name, args=[others.pk])

    assert client.get(address).status_code == 404
    assert client.post(address, {"name": "Min"}).status_code == 404
    assert Authenticator.objects.filter(pk=others.pk).exists()


def test_recovery_codes_are_fetched_as_text(client):
    user = sure(client, second_factor=True)
    client.post(reverse("mfa_generate_recovery_codes"))
    kept = user.authenticator_set.get(type="recovery_codes").wrap()

    response = client.get(reverse("mfa_download_recovery_codes"))

    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.headers["Cache-Control"] == "private, no-store" or (
        "no-store" in response.headers["Cache-Control"]
    )
    assert all(code in response.content.decode() for code in kept.get_unused_codes())


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_takes_other_methods(client, method):
    for pattern in signin.urlpatterns:
        if "<" in str(pattern.pattern):
            continue
        response = getattr(client, method)(reverse(pattern.name))
        assert response.status_code in {302, 403, 404, 405}, pattern.name


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/konto/logga-in/", {}),
        ("/konto/logga-in/", {"login": "inte en adress", "password": "x"}),
        (ASK_FOR_CODE, {}),
        (ASK_FOR_CODE, {"email": "inte en adress"}),
        ("/konto/losenord/glomt/", {}),
    ],
)
def test_page_with_errors_says_what_to_do_and_loses_nothing(client, path, data):
    page = check(client.post(path, data))

    assert "<title>Fel: " in page
    assert 'aria-invalid="true"' in page
    assert "Skriv " in page
    assert all(value in page for name, value in data.items() if name != "password")


def test_password_is_never_sent_back(client):
    page = by_password(client, person(), "fel lösenord helt").content.decode()

    assert "fel lösenord helt" not in page


def test_code_is_one_field_that_can_be_filled_in_by_the_browser(client):
    ask_for_code(client, person().email)

    page = client.get(reverse("account_confirm_login_code")).content.decode()

    assert page.count('autocomplete="one-time-code"') == 1


# -- Mails


def test_every_mail_is_ours():
    """In Swedish, whichever allauth knows; none of its own is left to be sent."""
    import allauth

    theirs = ROOT / allauth.__path__[0] / "templates"
    apps = ["account", "mfa", "socialaccount"]
    known = {
        path.relative_to(theirs)
        for app in apps
        for path in (theirs / app).glob("email/*.txt")
    }
    unused = {"password_reset_key_message.txt", "password_reset_key_subject.txt"}

    ours = {path for path in known if (ROOT / "templates" / path).exists()}

    assert {path.name for path in known - ours} == unused


def test_mail_is_plain_and_says_who_sends_it(client):
    ask_for_code(client, person().email)

    (message,) = delivered()

    assert message.body.startswith("Hej!\n\nHär är koden")
    assert message.body.endswith("Livskvalitet Helsingborg\nhttp://localhost:8000")
    assert "&" not in message.body


def test_unknown_address_is_told_how_to_apply(client):
    ask_for_code(client, "ingen@example.se")

    (message,) = delivered()

    assert message.subject == "Det finns inget konto med din adress"
    assert "http://localhost:8000/" in message.body
