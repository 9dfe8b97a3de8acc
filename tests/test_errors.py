"""What a reader meets when something is wrong, the lost database above all."""

import pytest
from django.db import OperationalError, connection

from programme import taxonomy
from programme.enums import EditionStatus
from programme.models import Chapter, Edition

pytestmark = pytest.mark.django_db

PAGES = ["/", "/programmet/", "/kunskapsbank/?sida=2", "/ordlista/"]


@pytest.fixture
def lost_database():
    """Every question to the database fails, as when its server has gone."""
    taxonomy.forget()

    def lost(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(lost):
        yield


def body_as_sent(response):
    """What a real server sends: no more than the length that the headers tell."""
    length = response.headers.get("Content-Length")
    return response.content[: int(length)] if length else response.content


@pytest.mark.parametrize("cookie", ["", "session=x", "_ga=x"])
@pytest.mark.parametrize("address", PAGES)
def test_lost_database_is_a_calm_503_also_for_those_with_cookies(
    client, lost_database, address, cookie
):
    response = client.get(address, headers={"cookie": cookie})

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "ladda om sidan" in body_as_sent(response).decode()


@pytest.mark.parametrize("cookie", ["", "session=x"])
def test_unknown_address_is_never_a_500_without_database(client, lost_database, cookie):
    response = client.get("/finns-inte/", headers={"cookie": cookie})

    assert response.status_code in {404, 503}


def test_lost_database_is_logged_with_its_cause(client, lost_database, caplog):
    client.get("/")

    (record,) = (each for each in caplog.records if each.name.startswith("livskv"))
    assert "server closed the connection" in str(record.exc_info[1])


@pytest.mark.parametrize("method", ["TRACE", "PUT"])
def test_refused_method_has_a_page_that_reaches_the_reader(client, method):
    response = client.generic(method, "/om/")

    assert response.status_code == 405
    assert "<h1" in body_as_sent(response).decode()


def test_reading_goes_on_with_cookies_from_other_sites_of_the_city(client):
    plain = client.get("/")

    response = client.get("/", headers={"cookie": "_ga=GA1.2.3; consent=yes"})

    assert response["ETag"] == plain["ETag"]


def test_asking_for_anything_new_does_not_hide_that_a_page_is_missing(client):
    response = client.get("/finns-inte/", headers={"if-none-match": "*"})

    assert response.status_code == 404


def test_strange_host_is_refused_even_with_a_known_etag(client):
    etag = client.get("/")["ETag"]

    response = client.get("/", headers={"if-none-match": etag, "host": "evil.example"})

    assert response.status_code == 400


def test_proposed_edition_is_nowhere_to_be_read(client):
    edition = Edition.objects.create(
        slug="2025",
        title="Nya programmet",
        period_start=2025,
        period_end=2032,
        status=EditionStatus.PROPOSAL,
    )
    Chapter.objects.create(
        edition=edition, number="1", slug="1", title="Inledning", position=1
    )
    taxonomy.forget()

    for address in ["", "hela/", "kapitel/1/", "livskvalitetsprogrammet.pdf"]:
        assert client.get(f"/programmet/2025/{address}").status_code == 404, address
    assert "/programmet/2025/" not in client.get("/sitemap.xml").content.decode()
