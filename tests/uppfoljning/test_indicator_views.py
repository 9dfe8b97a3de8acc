"""What readers see of indicators. All values are made up."""

import csv
import re
from io import StringIO

import pytest

from programme.models import Fokusomrade, Prioritering
from tests.uppfoljning.made_up import COUNTRY, an_indicator, measured
from uppfoljning.enums.indicators import Wanted
from uppfoljning.models import Indicator, Measurement

pytestmark = pytest.mark.django_db
STRAND = "/uppfoljning/varmt-valkomnande/"
AREA = f"{STRAND}hem-for-alla/"
PAGE = "/uppfoljning/nyckeltal/pahittat/"
DIGITS = re.compile(r"\d+,\d+")


def words(response):
    """The page's text, with one space between words."""
    html = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.split())


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return words(response)


@pytest.fixture
def indicator():
    return an_indicator()


def place_in(indicator, number="4.1.2"):
    area = Fokusomrade.objects.get_by_natural_key("2016", number)
    indicator.fokusomrade_links.create(fokusomrade=area)


@pytest.mark.parametrize(
    "address",
    ["/uppfoljning/", STRAND, AREA, "/uppfoljning/nyckeltal/trangboddhet/"],
)
def test_without_values_pages_say_so_and_lead_to_the_source(client, address):
    response = client.get(address)

    assert "Inga värden hämtade än" in words(response)
    assert "https://www.kolada.se/" in response.content.decode()
    assert "<table" not in response.content.decode()
    assert "Källa: Kolada." not in words(response)


def test_page_shows_direction_ends_source_and_table(client, indicator):
    measured(indicator, "71 71 72 - 75 75.5 77")
    measured(indicator, "60 61 62", place=COUNTRY)

    text = read(client, PAGE)

    assert "Rätt håll, 2015–2021" in text
    assert "71,0 år 2015, 77,0 år 2021" in text
    assert "Källa: Kolada. Hämtat" in text
    assert "Riktningen är webbplatsens egen beräkning" in text
    assert "2018 – saknas" in text
    assert "Riket: 60,0 år 2015, 62,0 år 2017" in text


def test_women_and_men_have_a_chart_of_their_own(client, indicator):
    measured(indicator, "71 72", gender="K")
    measured(indicator, "61 62", gender="M")

    text = read(client, PAGE)

    assert "Kvinnor och män" in text
    assert "För lite data" in text


def test_indicator_of_the_whole_programme_is_on_the_front_page(client, indicator):
    assert indicator.title in read(client, "/uppfoljning/")


@pytest.mark.parametrize("address", [STRAND, AREA, "/programmet/2016" + AREA[12:]])
def test_indicator_is_where_it_belongs(client, indicator, address):
    place_in(indicator)
    measured(indicator, "4 3 2 1")

    text = read(client, address)

    assert f"{indicator.title}" in text
    assert "Fel håll" in text


def test_indicator_of_a_prioritering_is_on_its_page_and_its_fokusomrade(
    client, indicator
):
    prioritering = Prioritering.objects.get_by_natural_key("2016-4-1-2-c")
    indicator.prioritering_links.create(prioritering=prioritering)

    assert indicator.title in read(client, "/prioritering/2016-4-1-2-c/")
    assert indicator.title in read(client, AREA)
    assert indicator.title not in read(client, "/prioritering/2016-4-1-2-d/")


def test_neutral_indicator_has_neutral_words(client):
    measured(an_indicator(wanted=Wanted.NEUTRAL), "1 2 3 4")

    assert "Ökar, 2015–2018" in read(client, PAGE)


def test_hidden_indicator_is_nowhere(client, indicator):
    place_in(indicator)
    Indicator.objects.filter(pk=indicator.pk).update(is_active=False)

    assert client.get(PAGE).status_code == 404
    assert client.get("/uppfoljning/nyckeltal/pahittat.csv").status_code == 404
    for address in (STRAND, AREA, "/uppfoljning/"):
        assert indicator.title not in read(client, address)


@pytest.mark.parametrize(
    "address",
    ["/uppfoljning/saknas/", f"{STRAND}saknas/", "/uppfoljning/saknas.csv"]
    + [f"{STRAND}saknas.csv", "/uppfoljning/nyckeltal/saknas/"],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/uppfoljning/nyckeltal.csv", "/uppfoljning/nyckeltal/pahittat.csv"]
    + ["/uppfoljning/varmt-valkomnande.csv", f"{STRAND}hem-for-alla.csv"],
)
def test_csv_has_every_value_as_it_is(client, indicator, address):
    place_in(indicator)
    measured(indicator, "71.25 -")

    response = client.get(address)
    text = b"".join(response.streaming_content).decode()

    first, second = csv.DictReader(StringIO(text, newline=""))
    assert (first["varde"], first["ar"], first["kon"]) == ("71.25", "2015", "alla")
    assert (second["varde"], second["anmarkning"]) == ("", "Missing")


def test_csv_runs_nothing_in_a_spreadsheet(client):
    measured(an_indicator(title="=1+1"), "1")

    response = client.get("/uppfoljning/nyckeltal/pahittat.csv")

    assert b"'=1+1" in b"".join(response.streaming_content)


def test_site_holds_no_values_of_its_own():
    assert not Measurement.objects.exists()
