"""Connections as open data: those that are approved, and nothing else."""

import json

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import ConnectionStatus
from search import generation
from tests.kunskapsbank import stories
from tests.open_data import follow_up
from tests.open_data.reading import API, answer, csv_rows, everything, results

pytestmark = pytest.mark.django_db


def test_connection_says_what_ties_and_what_shows_it(client):
    entry = stories.published(title="Flaggor").entry
    made = follow_up.connection(entry)

    told = answer(client, f"samband/{made.number}/")

    assert told["kind"] == "stöder"
    assert told["from_prioritering"]["slug"] == "2016-4-1-1-a"
    assert told["has_evidence"] is True
    assert [each["title"] for each in told["contributions"]] == ["Flaggor"]
    assert results(client, "samband") == [told]
    (row,) = csv_rows(client, "samband")
    assert row["till"] == "2016-4-3-1-b"


def test_connection_loses_the_evidence_that_is_taken_away(client):
    version = stories.published(title="Flaggor")
    follow_up.connection(version.entry)

    workflow.withdraw(version.entry, by=version.author)
    (told,) = results(client, "samband")

    assert (told["contributions"], told["has_evidence"]) == ([], False)
    assert "Flaggor" not in json.dumps(everything(client), ensure_ascii=False)


@pytest.mark.parametrize(
    "status", [each for each in ConnectionStatus if each != ConnectionStatus.APPROVED]
)
def test_connection_that_is_not_approved_is_nowhere(client, status):
    made = follow_up.connection(status=status)
    generation.touch()

    assert client.get(f"{API}/samband/{made.number}/").status_code == 404
    assert results(client, "samband") == []
    assert csv_rows(client, "samband") == []
    assert everything(client)["connections"] == []


def test_list_is_read_in_few_queries(client, django_assert_max_num_queries):
    entry = stories.published().entry
    follow_up.connection(entry)
    generation.touch()
    client.get("/kunskapsbank/")

    with django_assert_max_num_queries(10):
        assert client.get(f"{API}/samband/").json()["total"]
