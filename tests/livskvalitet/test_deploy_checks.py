"""What `manage.py check --deploy` says of how the site talks to other machines."""

import pytest

from livskvalitet.checks import check_encrypted_on_the_way as check

AWAY, NEAR = "db.example.se", "127.0.0.1"


@pytest.fixture(autouse=True)
def database(settings, monkeypatch):
    """On this machine, until a test says otherwise."""
    monkeypatch.setitem(settings.DATABASES, "default", {"HOST": ""})
    return settings.DATABASES["default"]


@pytest.mark.parametrize(
    ("host", "sslmode", "told"),
    [
        (AWAY, None, ["livskvalitet.W002"]),
        (AWAY, "prefer", ["livskvalitet.W002"]),
        (AWAY, "verify-full", []),
        (NEAR, None, []),
        ("/run/postgresql", None, []),
        ("", None, []),
    ],
)
def test_database_elsewhere_is_talked_to_under_tls(host, sslmode, told, database):
    database |= {"HOST": host, "OPTIONS": {"sslmode": sslmode} if sslmode else {}}

    assert [each.id for each in check(None)] == told


@pytest.mark.parametrize(
    ("host", "tls", "told"),
    [(AWAY, False, ["livskvalitet.W003"]), (AWAY, True, []), (NEAR, False, [])],
)
def test_mail_server_elsewhere_is_talked_to_under_tls(host, tls, told, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = host, tls

    assert [each.id for each in check(None)] == told
