"""Ready accounts and unsent mails are there on one's own computer, and nowhere else."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.mail.backends.filebased import EmailBackend
from django.core.management import CommandError, call_command

from accounts import local
from accounts.enums import Role
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.LOCAL = True


def send(*subjects, body="Hej!\n"):
    backend = EmailBackend(file_path=local._mail_folder())
    to = ["anna@example.se"]
    backend.send_messages([mail.EmailMessage(each, body, to=to) for each in subjects])


def test_there_is_an_account_for_each_role():
    call_command("local_accounts")

    held = {user.role for user in User.objects.filter(email__endswith="@example.se")}
    assert held == set(Role)


@pytest.mark.parametrize("role", Role)
def test_ready_account_lets_one_in_with_the_code_shown(client, role):
    local.prepare()
    (account,) = (each for each in local.accounts() if each.role == role)

    written = {"login": account.email, "password": local.password()}
    response = client.post("/konto/logga-in/", written)
    if account.code:
        assert response.url == "/konto/logga-in/andra-steget/"
        client.post(response.url, {"code": account.code})

    assert client.session["_auth_user_id"]
    assert bool(account.code) == (role in local.WITH_CODE)


def test_preparing_again_changes_nothing():
    local.prepare()
    before = list(User.objects.order_by("pk").values())

    local.prepare()

    assert list(User.objects.order_by("pk").values()) == before


def test_new_folder_gives_the_accounts_new_secrets(settings, tmp_path):
    local.prepare()
    old = local.password()
    settings.VAR_DIR = tmp_path / "other"
    settings.VAR_DIR.mkdir()

    local.prepare()

    email = local.ADDRESSES[Role.CONTRIBUTOR]
    assert authenticate(email=email, password=old) is None
    assert authenticate(email=email, password=local.password())


def test_secrets_are_for_nobody_else_to_read(tmp_path):
    local.password()

    assert (tmp_path / "local_accounts.json").stat().st_mode & 0o077 == 0


def test_start_for_others_refuses_a_database_with_ready_accounts(settings):
    """trust 6.3.2"""
    local.prepare()
    settings.LOCAL = False

    with pytest.raises(CommandError, match="bidragsgivare@example.se") as fault:
        call_command("local_accounts")

    assert "\n" not in str(fault.value)


def test_start_for_others_makes_no_accounts(settings):
    settings.LOCAL = False

    call_command("local_accounts")

    assert local.found() == []


LIST_ROUTES = """
import django; django.setup()
from django.urls import NoReverseMatch, reverse
for name in ("accounts:apply", "accounts:local"):
    try:
        print(name, reverse(name))
    except NoReverseMatch:
        print(name, "none")
"""


@pytest.mark.thorough
def test_site_for_others_has_no_such_addresses(tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for_others = {
        "DJANGO_SETTINGS_MODULE": "livskvalitet.settings",
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "livskvalitet.example.se",
        "DATABASE_URL": "sqlite://:memory:",
        "EMAIL_URL": "submission://user:password@mail.example.se:587",
        "MODERATORS_EMAIL": "granskarna@example.se",
        "VAR_DIR": str(tmp_path),
    }
    listed = subprocess.run(
        [sys.executable, "-c", LIST_ROUTES],
        env=kept | for_others,
        capture_output=True,
        text=True,
        check=True,
    )

    assert listed.stdout.split("\n")[:2] == [
        "accounts:apply /bidra/ansok/",
        "accounts:local none",
    ]


def test_sign_in_page_names_the_accounts_only_here(client, settings):
    here = client.get("/konto/logga-in/").content.decode()
    settings.LOCAL = False

    elsewhere = client.get("/konto/logga-in/").content.decode()

    assert "moderator@example.se" in here
    assert "moderator@example.se" not in elsewhere


def test_page_lists_mails_the_latest_first_and_shows_each(client):
    send("Första")
    first = next(iter(local._mail_folder().iterdir()))
    os.utime(first, (0, 0))
    send("Andra", body="Hej!\n\nLänk: https://example.se/å\n")

    page = client.get("/lokalt/").content.decode()
    number = local.mails()[0].number
    shown = client.get(f"/lokalt/mejl/{number}/")

    assert page.index("Andra") < page.index("Första")
    assert 'href="https://example.se/%C3%A5"' in shown.content.decode()
    assert "anna@example.se" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"


def test_mails_of_one_file_are_listed_the_latest_first_too():
    send("Första", "Andra")

    assert [mail.subject for mail in local.mails()] == ["Andra", "Första"]


def test_mail_that_is_not_there_is_not_found(client):
    assert client.get("/lokalt/mejl/20261124-1-0/").status_code == 404
