from pathlib import Path

import pytest

from tests import checks


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = 1", "no newline at the end"),
        ("a = 1\n\n", "empty lines at the end"),
        ("a = 1 \n", "space at the end of the line"),
        ("a = 1\r\n", "space at the end of the line"),
        ("\ta = 1\n", "tab"),
    ],
)
def test_whitespace_finds_each_fault(text, fault):
    found = list(checks.whitespace(Path("search/models.py"), text))

    assert len(found) == 1
    assert found[0].endswith(fault)


def test_whitespace_allows_what_must_be():
    assert list(checks.whitespace(Path("Makefile"), "run:\n\techo\n")) == []
    assert list(checks.whitespace(Path("LICENSE"), "text ")) == []
    assert list(checks.whitespace(Path("search/__init__.py"), "")) == []


@pytest.mark.parametrize(
    "line", ["--index" + "-url x", "x @ https" + "://x", "--find" + "-links x"]
)
def test_addresses_finds_them_in_requirements_only(line):
    assert list(checks.addresses(Path("requirements-dev.txt"), line))
    assert not list(checks.addresses(Path("README.md"), line))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("-----BEGIN " + "RSA PRIVATE KEY-----", True),
        ("SECRET_KEY = " + '"k3jh5k2j3h5k2j3h5k2j3h5k2jh"', True),
        ("api_token: " + "'k3jh5k2j3h5k2j3h5k2j3h5k2jh'", True),
        ('SECRET_KEY = env.local_secret("SECRET_KEY")', False),
        ('message = "the password is at least fifteen characters"', False),
        ('"change_password": "accounts.forms.signin.ChangePasswordForm"', False),
        ("PASSWORD = " + '"a.b1.Qw9rT4yUi7oP2sD5fG8h"', True),
    ],
)
def test_secrets_tells_a_value_from_a_name(line, found):
    assert bool(list(checks.secrets(Path("livskvalitet/settings.py"), line))) == found
