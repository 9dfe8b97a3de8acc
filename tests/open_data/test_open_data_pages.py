"""The pages about open data, the names of things, and who may read it all."""

import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from kunskapsbank import workflow
from livskvalitet.open_data import tables
from livskvalitet.open_data.api import api
from livskvalitet.open_data.crossing import is_open
from livskvalitet.open_data.identity import CC0, CC_BY
from programme.models import Prioritering
from tests import html_tree
from tests.factories import EntryFactory, VersionFactory
from tests.kunskapsbank import stories
from tests.open_data.reading import replaced, whole

pytestmark = [pytest.mark.django_db, pytest.mark.pages]

OPEN = [
    "/api/v1/",
    "/api/v1/bidrag/?typ=lank",
    "/api/v1/openapi.json",
    "/oppna-data/bidrag.csv",
    "/oppna-data/bidrag.xlsx",
    "/oppna-data/allt.json",
    "/oppna-data/schema.json",
    "/datasets/dcat",
    "/kunskapsbank/flode.atom",
]
CLOSED = ["/", "/oppna-data/", "/oppna-data/api/", "/kunskapsbank/", "/apikor/"]


def page_of(client, address):
    return html_tree.read(client.get(address).content.decode())[0]


# -- The pages


@pytest.mark.parametrize("address", ["/oppna-data/", "/om/"])
def test_licences_are_told_in_the_same_words(client, address):
    section = page_of(client, address).all("main")[0]

    (told,) = (ul for ul in section.all("ul") if "(CC0)" in ul.text)
    assert [link["href"] for link in told.all("a")] == [
        f"{CC_BY}deed.sv",
        f"{CC0}deed.sv",
    ]
    assert "/oppna-data/" in {link["href"] for link in page_of(client, "/om/").all("a")}


def test_page_leads_to_every_file_and_back_from_the_footer(client):
    page = page_of(client, "/oppna-data/")
    footer = page_of(client, "/om/").all("footer")[0]

    linked = {link["href"] for link in page.all("main")[0].all("a")}
    files = {
        f"/oppna-data/{name}.{e}" for name in tables.TABLES for e in ("csv", "xlsx")
    }
    assert linked >= files | {
        "/oppna-data/allt.json",
        "/oppna-data/schema.json",
        "/oppna-data/api/",
        "/api/v1/openapi.json",
        "/datasets/dcat",
    }
    assert "/oppna-data/" in {link["href"] for link in footer.all("a")}


def test_page_names_licences_columns_and_says_it_in_english_too(client):
    body = client.get("/oppna-data/").content.decode()
    page = page_of(client, "/oppna-data/")

    assert "https://creativecommons.org/licenses/by/4.0/deed.sv" in body
    assert "https://creativecommons.org/publicdomain/zero/1.0/deed.sv" in body
    for table in tables.TABLES.values():
        for name, field, description in table.described:
            assert f"<code>{name}</code>" in body
            assert f"<code>{field}</code>" in body
            assert description in page.text
    (said,) = (each for each in page.all("p") if each["lang"] == "en")
    assert "CC BY 4.0" in said.text


def test_example_on_the_page_works(client):
    body = client.get("/oppna-data/").content.decode()

    (address,) = re.findall(r"<p><code>(http[^<]+)</code>", body)
    path = address.replace("&amp;", "&").removeprefix(settings.SITE_ADDRESS)

    answer = client.get(path)
    assert answer.status_code == 200
    assert 1 <= len(answer.json()["results"]) <= 10


def test_page_of_the_api_says_all_that_its_schema_says(client):
    schema = api.get_openapi_schema()
    body = client.get("/oppna-data/api/").content.decode()

    for path, methods in schema["paths"].items():
        assert f"<code>{path}</code>" in body
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in body
            assert parameter["schema"]["description"] in body
    for name, record in schema["components"]["schemas"].items():
        assert f'id="{name}"' in body
        for field in record["properties"]:
            assert f"<code>{field}</code>" in body


def test_every_field_and_address_is_explained():
    schema = api.get_openapi_schema()

    fields = {
        f"{name}.{field}": told.get("description")
        for name, record in schema["components"]["schemas"].items()
        for field, told in record["properties"].items()
        if field != "results"
    }
    assert [name for name, told in fields.items() if not told] == []
    for path, methods in schema["paths"].items():
        assert methods["get"]["summary"], path
        assert methods["get"]["description"], path
        assert {200, 422} <= methods["get"]["responses"].keys(), path


# -- Names that last


def test_name_of_a_contribution_leads_to_its_page(client):
    version = VersionFactory()

    answer = client.get(f"/id/bidrag/{version.entry.number}")

    assert answer.status_code == 303
    assert answer.headers["Location"] == version.get_absolute_url()


def test_name_of_a_withdrawn_contribution_says_that_it_is_gone(client):
    version = stories.published()
    workflow.withdraw(version.entry, by=version.author)

    assert client.get(f"/id/bidrag/{version.entry.number}").status_code == 410


@pytest.mark.parametrize("number", ["B-0", "B-999999999999", "B-9999999999999", "x"])
def test_name_of_nothing_is_not_there(client, number):
    assert client.get(f"/id/bidrag/{number}").status_code == 404


def test_name_of_a_draft_is_not_there(client):
    version = VersionFactory(entry=EntryFactory(slug=None), status="draft")

    assert client.get(f"/id/bidrag/{version.entry.number}").status_code == 404


# -- What a contribution's page says to machines


def structured(page):
    (told,) = (
        data
        for each in page.all("script")
        if each["type"] == "application/ld+json"
        and (data := json.loads("".join(each.children)))["@type"] == "CreativeWork"
    )
    return told


def test_contribution_names_itself_as_in_the_open_data(client):
    place = Prioritering.objects.get(slug="2016-4-3-1-b")
    version = VersionFactory(prioriteringar=[place], byline="Ida Dahl")
    record = client.get(f"/api/v1/bidrag/{version.entry.number}/").json()

    told = structured(page_of(client, version.get_absolute_url()))

    assert told["@id"] == record["id"]
    assert told["identifier"] == record["number"]
    assert told["license"] == record["licence"]
    assert told["url"] == record["page"]
    assert told["encoding"]["contentUrl"] == record["record"]
    assert [each["url"] for each in told["about"]] == [
        each["id"] for each in record["prioriteringar"]
    ]


def test_contribution_tells_when_it_began_and_when_it_changed(client):
    first = stories.published()
    type(first).objects.filter(pk=first.pk).update(
        published_at="2026-01-02T12:00:00+00:00"
    )
    second = replaced(first)

    told = structured(page_of(client, second.get_absolute_url()))

    assert told["datePublished"] == "2026-01-02"
    assert told["dateModified"] > told["datePublished"]


def test_contribution_links_to_its_record_and_licence(client):
    version = VersionFactory()

    page = page_of(client, version.get_absolute_url())

    rels = {
        link["rel"]: link for link in page.all("link") if link["type"] or link["rel"]
    }
    record = reverse("api:contribution", args=[version.entry.number])
    alternates = [link for link in page.all("link") if link["rel"] == "alternate"]
    assert f"{settings.SITE_ADDRESS}{record}" in {link["href"] for link in alternates}
    assert rels["license"]["href"] == "https://creativecommons.org/licenses/by/4.0/"


# -- Who may read it


@pytest.mark.parametrize("address", OPEN)
@pytest.mark.parametrize("method", ["get", "head"])
def test_any_site_may_read_open_data(client, address, method):
    answer = getattr(client, method)(address, headers={"origin": "https://example.se"})
    whole(answer)

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize("address", OPEN)
def test_any_site_may_ask_whether_it_may(client, address):
    answer = client.options(address, headers={"origin": "https://example.se"})

    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("address", CLOSED)
def test_no_other_site_may_read_pages(client, address):
    answer = client.get(address, headers={"origin": "https://example.se"})

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/oppna-data/../konto/x.json", "/id/bidrag/B-1"])
def test_only_what_is_open_data_is_open(address):
    assert not is_open(address)


def test_error_of_the_api_may_be_read_by_any_site(client):
    answer = client.get("/api/v1/finns-inte/")

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
