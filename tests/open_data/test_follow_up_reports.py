"""Reports as open data: as they were adopted, and nothing else."""

import json
from hashlib import sha256

import pytest
from django.conf import settings

from search import generation
from tests.open_data import follow_up
from tests.open_data.reading import API, answer, csv_rows, everything
from uppfoljning.enums.reports import ReportStatus

pytestmark = pytest.mark.django_db


def test_report_says_how_it_was_adopted_and_what_was_wrong(client):
    follow_up.report()

    told = answer(client, "rapporter/2018/")

    assert told["title"] == "Uppföljning 2017–2018"
    assert (told["diary_number"], told["adopted"]) == ("PÅHITTAT 1/2019", "2019-03-01")
    assert told["corrections"] == [{"noted": "2019-04-01", "text": "Fel ord."}]
    assert answer(client, "rapporter/")["results"] == [told]
    (row,) = csv_rows(client, "rapporter")
    assert (row["rapportar"], row["antal_rattelser"]) == ("2018", "1")


def test_report_s_content_is_sent_to_the_byte_as_it_was_adopted(client):
    follow_up.report()
    told = answer(client, "rapporter/2018/")

    path = told["content_address"].removeprefix(settings.SITE_ADDRESS)
    sent = client.get(path)

    assert sent.content == follow_up.FROZEN.encode()
    assert sha256(sent.content).hexdigest() == told["sha256"]
    assert sent.headers["Content-Type"] == "application/json"
    (whole_report,) = everything(client)["reports"]
    assert whole_report["content"] == json.loads(follow_up.FROZEN)


@pytest.mark.parametrize(
    "status", [each for each in ReportStatus if each != ReportStatus.ADOPTED]
)
def test_report_that_is_not_adopted_is_nowhere(client, status):
    follow_up.report(status=status)
    generation.touch()

    assert client.get(f"{API}/rapporter/2018/").status_code == 404
    assert client.get(f"{API}/rapporter/2018/innehall/").status_code == 404
    assert answer(client, "rapporter/")["results"] == []
    assert csv_rows(client, "rapporter") == []
    assert everything(client)["reports"] == []
