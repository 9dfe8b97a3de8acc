"""How the API is asked, and how it answers."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kunskapsbank import facets
from kunskapsbank.enums import Kind
from kunskapsbank.models import Link, Version
from search import generation
from tests.factories import (
    OrganisationFactory,
    TagFactory,
    UserFactory,
    VersionFactory,
)
from tests.open_data.reading import CONTRIBUTIONS, numbers

pytestmark = pytest.mark.django_db

LISTS = [
    "prioriteringar",
    "fokusomraden",
    "viljeinriktningar",
    "amnen",
    "organisationer",
    "ramverk",
    "nyckeltal",
    "rapporter",
]
# Queries when the tree and the facets are kept in process.
QUERIES = {
    f"{CONTRIBUTIONS}?antal=100": 8,
    "/api/v1/prioriteringar/": 2,
    "/api/v1/lankar/?antal=100": 4,
    "/api/v1/amnen/": 2,
    "/api/v1/organisationer/": 2,
    "/api/v1/ramverk/": 5,
    "/api/v1/nyckeltal/": 10,
}


# -- Filters, the same as in the list


FILTERS = [
    "?vilja=1",
    "?vilja=1&vilja=3&typ=forskning",
    "?fokus=4.3.1",
    "?prio=2016-4-3-1-b",
    "?typ=lank&ordning=a-o",
    "?ordning=aldsta",
    "?q=cykel",
    "?q=bostad&typ=forskning",
]


@pytest.mark.parametrize("query", FILTERS)
def test_filter_finds_what_the_list_finds_in_the_same_order(client, query):
    page = client.get(f"/kunskapsbank/{query}").context["page"]
    shown = [version.entry.number for version in page.object_list]

    found = numbers(client, f"{query}&antal=12")

    assert found == shown
    assert found
    total = client.get(f"{CONTRIBUTIONS}{query}").json()["total"]
    assert total == page.paginator.count


@pytest.mark.parametrize(
    "query", ["amne=bankar", "org=bankforeningen", "period=2021", "plats=raa"]
)
def test_filters_of_a_contribution_s_own_values_find_it(client, query):
    version = VersionFactory(
        place="Råå",
        period_start=2020,
        period_end=2022,
        tags=[TagFactory(name="bänkar", slug="bankar")],
        organisations=[OrganisationFactory(slug="bankforeningen")],
    )
    generation.touch()

    found = client.get(f"{CONTRIBUTIONS}?{query}&antal=100").json()
    assert version.entry.number in {each["number"] for each in found["results"]}
    assert found["total"] < Version.objects.listed().count() / 2


@pytest.mark.parametrize("query", ["?prio=finns-inte", "?amne=finns-inte&typ=lank"])
def test_value_that_nothing_has_finds_nothing(client, query):
    answer = client.get(f"{CONTRIBUTIONS}{query}").json()

    assert answer == {"total": 0, "next": None, "previous": None, "results": []}


WRONG = {
    "?okand=1": "okand",
    "?sida=0": "sida",
    "?sida=a": "sida",
    "?antal=101": "antal",
    "?vilja=6": "vilja",
    "?typ=bok": "typ",
    "?fokus=1": "fokus",
    "?ordning=slump": "ordning",
    "?amne=%00": "amne",
    f"?q={'a' * 201}": "q",
    "?" + "&".join(["prio=a"] * 21): "prio",
}


@pytest.mark.parametrize("query", WRONG)
def test_wrong_parameter_is_refused_by_name_and_in_swedish(client, query):
    answer = client.get(f"{CONTRIBUTIONS}{query}")

    assert answer.status_code == 422
    told = answer.json()
    assert told["status"] == 422
    (fault,) = told["faults"]
    assert fault["parameter"] == WRONG[query]
    assert fault["message"].endswith(".")
    assert "should" not in fault["message"]


@pytest.mark.parametrize("name", LISTS)
def test_list_without_parameters_refuses_any(client, name):
    assert client.get(f"/api/v1/{name}/?sida=1").status_code == 422


# -- Pages


def test_following_next_gives_everything_once(client):
    address, found = f"{CONTRIBUTIONS}?antal=25&typ=gott-exempel", []
    while address:
        answer = client.get(address.removeprefix(settings.SITE_ADDRESS)).json()
        found += [each["number"] for each in answer["results"]]
        address = answer["next"]

    listed = Version.objects.listed().filter(kind=Kind.GOOD_EXAMPLE)
    assert len(found) == len(set(found)) == answer["total"] == listed.count()


def test_previous_leads_back(client):
    first = client.get(f"{CONTRIBUTIONS}?antal=25").json()
    second = client.get(first["next"].removeprefix(settings.SITE_ADDRESS)).json()

    back = client.get(second["previous"].removeprefix(settings.SITE_ADDRESS)).json()

    assert first["previous"] is None
    assert back["results"] == first["results"]


def test_page_after_the_last_is_not_there(client):
    answer = client.get(f"{CONTRIBUTIONS}?sida=100")

    assert answer.status_code == 404
    assert answer.json()["message"] == "Adressen finns inte."


# -- What is not there


MISSING = [
    "prioriteringar/finns-inte/",
    "fokusomraden/4.9.9/",
    "bidrag/B-999999999999/",
    "finns-inte/",
]


@pytest.mark.parametrize("address", MISSING)
def test_what_is_not_there_is_told_as_data(client, address):
    answer = client.get(f"/api/v1/{address}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["status"] == 404


# -- How it is sent


def test_unchanged_answer_is_not_sent_again(client):
    etag = client.get(CONTRIBUTIONS).headers["ETag"]

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(CONTRIBUTIONS, headers={"if-none-match": etag})

    assert answer.status_code == 304
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(captured) == 1


def test_changed_answer_is_sent(client):
    etag = client.get(CONTRIBUTIONS).headers["ETag"]
    generation.touch()

    answer = client.get(CONTRIBUTIONS, headers={"if-none-match": etag})

    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    answer = getattr(client, method)(CONTRIBUTIONS)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["message"].startswith("Metoden är inte tillåten.")


def test_head_is_answered_like_get(client):
    got, headed = client.get(CONTRIBUTIONS), client.head(CONTRIBUTIONS)

    assert headed.status_code == 200
    assert headed.content == b""
    assert headed.headers["ETag"] == got.headers["ETag"]
    assert headed.headers["Content-Type"] == got.headers["Content-Type"]


def test_who_asks_makes_no_difference_and_gets_no_cookie(client):
    client.force_login(UserFactory(moderator=True))
    signed_in = client.get(CONTRIBUTIONS)

    anonymous = Client().get(CONTRIBUTIONS)

    assert signed_in.json() == anonymous.json()
    assert not anonymous.cookies
    assert not signed_in.cookies


def test_lost_database_is_told_as_data():
    def lost(*args):
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(lost):
        answer = Client(raise_request_exception=False).get(CONTRIBUTIONS)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.json()["status"] == 503


def test_fault_of_ours_is_told_as_data(monkeypatch):
    def broken(request):
        raise ValueError("a fault")

    monkeypatch.setattr(facets, "for_request", broken)

    answer = Client(raise_request_exception=False).get(CONTRIBUTIONS)

    assert answer.status_code == 500
    assert answer.json() == {
        "status": 500,
        "message": "Något gick fel hos oss.",
        "faults": [],
    }


@pytest.mark.parametrize("address", QUERIES)
def test_answer_asks_the_database_no_more_than_agreed(client, version, address):
    Link.objects.create(
        entry=version.entry,
        url="https://example.se/",
        next_check_at=version.published_at,
    )
    client.get("/kunskapsbank/")
    client.get(address)

    with CaptureQueriesContext(connection) as captured:
        client.get(address)

    assert len(captured) <= QUERIES[address]


def test_index_leads_to_every_list(client):
    told = client.get("/api/v1/").json()

    for address in [*told["lists"], told["description"]]:
        path = address.removeprefix(settings.SITE_ADDRESS)
        assert client.get(path).status_code == 200, path
