"""What must not be there: accounts, files of the code, lines of others in the log."""

import json
import logging

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


def test_no_address_forges_a_line_of_the_log(client, db, caplog):
    """As a file has it, with each line break that a visitor can write."""
    handler = logging.StreamHandler()
    with caplog.at_level(logging.INFO):
        client.get("/finns-inte/%0A2026-01-01 ERROR forged%0D%0AERROR forged")
        client.get("/sok/", {"q": "x\n2026-01-01 ERROR forged"})
        client.post("/tipsa/", {"message": "x\r\nERROR forged"})

    lines = [handler.format(record) for record in caplog.records]

    assert any("finns-inte" in line for line in lines)
    assert [line for line in lines if "\n" in line or "\r" in line] == []
