"""How the tests read open data, as a client of another's would, and change it."""

import csv
import json
from io import BytesIO, StringIO

from openpyxl import load_workbook

from kunskapsbank import workflow
from search import generation
from tests.kunskapsbank import stories

API = "/api/v1"
CONTRIBUTIONS = "/api/v1/bidrag/"


def whole(response):
    """The body of an answer, sent in pieces or not.

    The client closes the answer at its end. Closing it again would close the database's
    connection too, and PostgreSQL would lose the test's transaction.
    """
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


def numbers(client, query=""):
    found = client.get(f"{CONTRIBUTIONS}{query}").json()
    return [record["number"] for record in found["results"]]


def csv_rows(client, table):
    body = whole(client.get(f"/oppna-data/{table}.csv")).decode("utf-8")
    return list(csv.DictReader(StringIO(body, newline="")))


def workbook(client, table):
    return load_workbook(BytesIO(whole(client.get(f"/oppna-data/{table}.xlsx"))))


def replaced(version):
    """The published text that took its place."""
    proposal = stories.changed(version)
    return workflow.publish(proposal, by=stories.moderator(), lock=proposal.lock)


def answer(client, address):
    """What the API says now, at an address under its own."""
    generation.touch()
    found = client.get(f"{API}/{address}")
    assert found.status_code == 200, address
    return found.json()


def results(client, name):
    return answer(client, f"{name}/?antal=100")["results"]


def everything(client):
    return json.loads(whole(client.get("/oppna-data/allt.json")))
