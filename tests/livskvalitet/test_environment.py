"""What stops the start, each fault in one sentence that says what to set."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from livskvalitet.environment import Environment

PRODUCTION = {
    "SECRET_KEY": "x" * 64,
    "ALLOWED_HOSTS": "livskvalitet.helsingborg.se",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "submission://site:secret@mail.example.se",
    "MODERATORS_EMAIL": "granskarna@example.se",
}


def start(**variables):
    """Run a command that needs nothing but the settings."""
    kept = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    return subprocess.run(
        [sys.executable, "manage.py", "diffsettings", "--output", "unified"],
        env=kept | {"DJANGO_SETTINGS_MODULE": "livskvalitet.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is missing"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "mysql://u:p@h/n"}, "DATABASE_URL cannot be read"),
        ({"PORT": "many"}, "PORT"),
        ({"EMAIL_URL": ""}, "EMAIL_URL is missing"),
        ({"MODERATORS_EMAIL": ""}, "MODERATORS_EMAIL is missing"),
        ({"EMAIL_URL": "mail.example.se"}, "EMAIL_URL cannot be read"),
        ({"EMAIL_URL": "smtp://host:many"}, "EMAIL_URL cannot be read"),
        ({"DEFAULT_FROM_EMAIL": "ingen"}, "DEFAULT_FROM_EMAIL is no address"),
        ({"S3_BUCKET": "files"}, "S3_ENDPOINT and S3_ACCESS_KEY and S3_SECRET_KEY"),
        ({"LOCAL": "1", "HOST": "0.0.0.0"}, "set HOST to 127.0.0.1"),
        ({"LOCAL": "perhaps"}, "LOCAL"),
    ],
)
def test_fault_stops_the_start_with_one_sentence(change, sentence, tmp_path):
    result = start(**PRODUCTION | {"VAR_DIR": str(tmp_path)} | change)

    assert result.returncode == 1
    assert sentence in result.stderr
    assert result.stderr.startswith("Cannot start: ")
    assert len(result.stderr.strip().splitlines()) == 1


def test_folder_that_cannot_be_written_stops_the_start(tmp_path):
    (tmp_path / "file").touch()

    result = start(LOCAL="1", VAR_DIR=str(tmp_path / "file" / "var"))

    assert "set VAR_DIR to a folder" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_secret_is_never_in_the_message(tmp_path):
    result = start(**PRODUCTION | {"DATABASE_URL": "mysql://user:hemligt@host/name"})

    assert "hemligt" not in result.stderr


@pytest.mark.thorough
def test_production_settings_keep_what_tls_demands(tmp_path):
    said = start(**PRODUCTION | {"VAR_DIR": str(tmp_path)}).stdout

    for line in [
        "SECURE_SSL_REDIRECT = True",
        "SESSION_COOKIE_SECURE = True",
        "CSRF_COOKIE_SECURE = True",
        "SESSION_COOKIE_NAME = '__Host-session'",
        "SECURE_HSTS_SECONDS = 63072000",
    ]:
        assert f"+ {line}" in said
    assert "+ DEBUG = True" not in said


@pytest.mark.thorough
def test_reports_of_the_policy_go_where_the_installation_says(tmp_path):
    address = "https://reports.example.se/csp"

    said = start(**PRODUCTION | {"CSP_REPORT_ADDRESS": address}).stdout

    assert f"'report-uri': ['{address}']" in said


@pytest.mark.thorough
def test_debug_is_for_this_computer_only(tmp_path):
    said = start(**PRODUCTION | {"VAR_DIR": str(tmp_path), "DEBUG": "1"}).stdout

    assert "+ DEBUG = True" not in said


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_loopback_addresses_are_served_locally(host, monkeypatch):
    monkeypatch.setenv("LOCAL", "1")
    monkeypatch.setenv("HOST", host)

    assert Environment().loopback_host() == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.se", ""])
def test_other_addresses_are_not(host, monkeypatch):
    monkeypatch.setenv("LOCAL", "1")
    monkeypatch.setenv("HOST", host)

    with pytest.raises(ImproperlyConfigured):
        Environment().loopback_host()


def test_local_secret_is_made_once_and_readable_by_its_owner_only(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("LOCAL", "1")
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = Environment().local_secret("SECRET_KEY", tmp_path)

    assert Environment().local_secret("SECRET_KEY", tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key.txt").stat().st_mode & 0o077 == 0


MAIL = {
    "submission://site:p%40ss@mail.example.se": ("mail.example.se", 587, True, False),
    "smtps://site:p%40ss@mail.example.se": ("mail.example.se", 465, False, True),
    "smtp://site:p%40ss@localhost:1025": ("localhost", 1025, False, False),
}


@pytest.mark.parametrize("url", MAIL)
def test_the_mail_server_is_named_by_one_address(url, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", url)

    said = Environment().mail("unused")

    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL"]
    assert tuple(said[name] for name in names) == MAIL[url]
    assert said["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert said["EMAIL_TIMEOUT"] == 20


def test_mail_is_encrypted_unless_somebody_says_otherwise(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    monkeypatch.setenv("EMAIL_HOST", "mail.example.se")

    assert Environment().mail("unused")["EMAIL_USE_TLS"] is True


def test_unsent_mail_is_a_file_on_one_s_own_computer(monkeypatch):
    for name in ("EMAIL_URL", "EMAIL_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LOCAL", "1")

    assert "filebased" in Environment().mail("folder")["EMAIL_BACKEND"]


def test_answers_to_mail_go_to_the_contact_when_no_other_is_named(monkeypatch):
    monkeypatch.setenv("CONTACT_EMAIL", "hej@example.se")
    monkeypatch.delenv("MODERATORS_EMAIL", raising=False)

    assert Environment().answers_go_to() == "hej@example.se"
