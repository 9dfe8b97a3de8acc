"""The sheet for a plan of operations: what is chosen, word for word, in three forms."""

import csv
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.utils.html import escape
from openpyxl import load_workbook

from kunskapsbank.enums import Status
from programme import taxonomy
from programme.models import Prioritering
from tests.factories import VersionFactory
from uppfoljning.models import Indicator

pytestmark = pytest.mark.django_db
PLAN = "/uppfoljning/verksamhetsplan/"
CHOSEN = ["2016-4-1-1-a", "2016-4-3-1-b"]
QUERY = "?prio=2016-4-3-1-b&prio=2016-4-1-1-a&prio=finns-inte&prio=%00"


@pytest.fixture
def prioritering():
    return Prioritering.objects.get(slug="2016-4-3-1-b")


def as_csv(client, query):
    response = client.get(f"{PLAN}blad.csv{query}")
    return list(csv.DictReader(StringIO(response.content.decode())))


def as_xlsx(client, query):
    response = client.get(f"{PLAN}blad.xlsx{query}")
    book = load_workbook(BytesIO(response.content))
    head, *rows = book["Verksamhetsplan"].iter_rows(values_only=True)
    return [
        {name: value or "" for name, value in zip(head, row, strict=True)}
        for row in rows
    ]


def test_every_prioritering_can_be_ticked_and_those_asked_for_are(client):
    page = client.get(f"{PLAN}?prio=2016-4-3-1-b&fokus=4.1.2").content.decode()

    assert page.count('name="prio"') == len(taxonomy.current().prioriteringar)
    area = next(a for a in taxonomy.current().fokusomraden if a.number == "4.1.2")
    assert page.count(" checked>") == 1 + len(area.prioriteringar.all())


def test_sheet_has_the_exact_words_and_where_they_are(client, prioritering):
    page = client.get(f"{PLAN}blad/{QUERY}").content.decode()

    for each in Prioritering.objects.filter(slug__in=CHOSEN):
        assert f">{escape(each.text)}</h4>" in page
        assert f"Prioritering {each.number}" in page
        assert settings.SITE_ADDRESS + each.get_absolute_url() in page
    assert page.count("Så bidrar vi") == len(CHOSEN)
    assert str(taxonomy.current().edition.period) in page
    assert page.index("4.1.1 a") < page.index("4.3.1 b")


def test_nothing_ticked_is_told_on_the_form(client):
    page = client.get(f"{PLAN}blad/?prio=finns-inte").content.decode()

    assert "<title>Fel: I verksamhetsplanen" in page
    assert "Kryssa i minst en prioritering" in page


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_files_say_what_the_sheet_says(client, prioritering, read):
    shown = VersionFactory(title="=Syns", prioriteringar=[prioritering])
    VersionFactory(
        title="Syns inte", prioriteringar=[prioritering], status=Status.SUBMITTED
    )
    indicator = Indicator.objects.create(slug="prov", title="Provtal", position=1)
    indicator.prioriteringar.add(prioritering)

    first, second = read(client, QUERY)

    assert first["Nummer"] == "4.1.1 a"
    assert second["Prioritering, ordagrant"] == prioritering.text
    assert second["Utgåva"] == str(taxonomy.current().edition)
    address = settings.SITE_ADDRESS + prioritering.get_absolute_url()
    assert second["Permanent adress"] == address
    assert shown.get_absolute_url() in second["Bidrag i kunskapsbanken"]
    assert second["Bidrag i kunskapsbanken"].startswith("'=Syns")
    assert "Syns inte" not in second["Bidrag i kunskapsbanken"]
    assert "Provtal: " in second["Nyckeltal"]
    assert second["Så bidrar vi"] == ""


@pytest.mark.parametrize("read", [as_csv, as_xlsx])
def test_file_of_nothing_ticked_is_of_everything(client, read):
    rows = read(client, "")

    assert [row["Prioritering, ordagrant"] for row in rows] == [
        each.text for each in taxonomy.current().prioriteringar
    ]
