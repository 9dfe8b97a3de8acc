"""What must not be there: accounts, and files of the code."""

import json

import pytest

from tests import source

NOTHING = [
    "/.git/config",
    "/.env",
    "/manage.py",
    "/livskvalitet/settings.py",
    "/requirements.txt",
    "/var/secret_key.txt",
    "/media/",
    "/static/",
    "/static/css/",
    "/static/../manage.py",
    "/static/%2e%2e/manage.py",
    "/metrics",
    "/metrics/",
    "/server-status",
]
PEOPLE = ("accounts.", "auth.", "account.", "mfa.")


def test_fixtures_hold_nobody():
    files = source.under("fixtures", suffix=".json")

    models = {
        row["model"]
        for path in files
        for row in json.loads((source.ROOT / path).read_text())
        if isinstance(row, dict) and "model" in row
    }

    assert "programme.prioritering" in models
    assert {model for model in models if model.startswith(PEOPLE)} == set()


@pytest.mark.parametrize("address", NOTHING)
def test_nothing_but_pages_is_there(address, client, db):
    assert client.get(address).status_code == 404
