"""The API, as whoever writes a program against it meets it."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kunskapsbank import facets, workflow
from kunskapsbank.enums import DeclineReason, Kind, Status
from kunskapsbank.models import Link, Version
from programme.models import Framework, Prioritering
from search import generation
from tests.factories import (
    EntryFactory,
    OrganisationFactory,
    TagFactory,
    UserFactory,
    VersionFactory,
)
from tests.kunskapsbank import stories
from tests.open_data.reading import CONTRIBUTIONS, numbers

pytestmark = pytest.mark.django_db

LISTS = [
    "prioriteringar",
    "fokusomraden",
    "viljeinriktningar",
    "amnen",
    "organisationer",
    "ramverk",
]
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
# Queries when the tree and the facets are kept in process.
QUERIES = {
    f"{CONTRIBUTIONS}?antal=100": 8,
    "/api/v1/prioriteringar/": 2,
    "/api/v1/lankar/?antal=100": 4,
    "/api/v1/amnen/": 2,
    "/api/v1/organisationer/": 2,
    "/api/v1/ramverk/": 5,
}


@pytest.fixture
def version():
    return VersionFactory(
        kind=Kind.GOOD_EXAMPLE,
        title="Bänkar vid stranden",
        byline="Ida Dahl",
        tags=[TagFactory(name="bänkar", slug="bankar")],
        organisations=[OrganisationFactory(name="Bänkföreningen")],
        prioriteringar=[Prioritering.objects.get(slug="2016-4-3-1-b")],
    )


def replaced(version):
    """The published text that took its place."""
    proposal = stories.changed(version)
    return workflow.publish(proposal, by=stories.moderator(), lock=proposal.lock)


def record(client, version):
    return client.get(f"{CONTRIBUTIONS}{version.entry.number}/")


# -- Contributions


def test_contributions_are_those_of_the_list(client):
    answer = client.get(f"{CONTRIBUTIONS}?antal=100").json()

    listed = {version.entry.number for version in Version.objects.listed()}
    assert answer["total"] == len(listed) == 60
    assert {each["number"] for each in answer["results"]} == listed


def test_contribution_says_what_it_is_and_how_it_may_be_used(client, version):
    told = record(client, version).json()

    site = settings.SITE_ADDRESS
    number = version.entry.number
    assert told["id"] == f"{site}/id/bidrag/{number}"
    assert told["page"] == site + version.get_absolute_url()
    assert told["record"] == f"{site}{CONTRIBUTIONS}{number}/"
    assert told["licence"] == CC_BY
    assert told["attribution"] == "Ida Dahl, Livskvalitet Helsingborg"
    assert told["kind"] == "gott-exempel"
    assert [each["title"] for each in told["subjects"]] == ["bänkar"]
    assert [each["name"] for each in told["organisations"]] == ["Bänkföreningen"]
    assert [each["slug"] for each in told["prioriteringar"]] == ["2016-4-3-1-b"]
    assert told["published"] == told["changed"]
    assert "author" not in str(told)


def test_contribution_tells_when_it_began_and_which_texts_it_has_had(client):
    first = stories.published()
    second = replaced(first)

    told = record(client, second).json()

    assert told["published"] < told["changed"]
    assert [each["number"] for each in told["versions"]] == [second.number, 1]


def test_suppressed_text_is_not_among_the_versions(client):
    first = stories.published()
    second = replaced(first)
    Version.objects.filter(pk=first.pk).update(is_suppressed=True)

    told = record(client, second).json()

    assert [each["number"] for each in told["versions"]] == [second.number]


@pytest.mark.parametrize("status", set(Status) - {Status.PUBLISHED})
def test_what_is_not_published_is_not_there(client, status):
    version = VersionFactory(entry=EntryFactory(slug=None), status=status)

    assert record(client, version).status_code == 404
    assert version.entry.number not in numbers(client, "?antal=100")


def test_withdrawn_contribution_is_gone_with_its_reason(client):
    version = stories.published()
    assert version.entry.number in numbers(client, "?antal=100")

    workflow.withdraw(version.entry, by=version.author)

    answer = record(client, version)
    assert answer.status_code == 410
    assert answer.json()["status"] == 410
    assert "visas inte längre" in answer.json()["message"]
    assert version.title not in answer.content.decode()
    assert version.entry.number not in numbers(client, "?antal=100")


def test_hidden_contribution_is_gone(client):
    version = stories.published()

    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.COPYRIGHT)

    assert record(client, version).status_code == 410
    assert version.entry.number not in numbers(client, "?antal=100")


def test_forbidden_subject_is_not_told(client, version):
    version.tags.update(is_forbidden=True)

    assert record(client, version).json()["subjects"] == []
    assert "bankar" not in client.get("/api/v1/amnen/").content.decode()


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


# -- The programme, word for word, and what is around it


def test_every_prioritering_is_told_word_for_word(client):
    told = client.get("/api/v1/prioriteringar/").json()

    texts = dict(Prioritering.objects.values_list("slug", "text"))
    assert told["total"] == 58
    assert {each["slug"]: each["text"] for each in told["results"]} == texts
    assert {each["licence"] for each in told["results"]} == {CC0}
    assert {each["edition"] for each in told["results"]} == {"2016"}
    assert {each["published"] for each in told["results"]} == {"2016-01-26"}
    assert {each["changed"] for each in told["results"]} == {"2016-01-26"}


def test_prioritering_counts_its_contributions(client, version):
    told = client.get("/api/v1/prioriteringar/2016-4-3-1-b/").json()

    place = Prioritering.objects.get(slug="2016-4-3-1-b")
    assert told["contributions"] == facets.current().count(place) > 0
    assert told["id"] == settings.SITE_ADDRESS + place.get_absolute_url()


def test_correction_of_the_text_is_dated(client):
    prioritering = Prioritering.objects.get(slug="2016-4-3-1-b")
    prioritering.text = "Rättad text."
    prioritering.save()
    generation.touch()

    told = client.get("/api/v1/prioriteringar/2016-4-3-1-b/").json()

    assert told["text"] == "Rättad text."
    assert told["changed"] > "2026"


def test_strand_and_area_lead_to_each_other(client):
    strand = client.get("/api/v1/viljeinriktningar/3/").json()
    area = client.get("/api/v1/fokusomraden/4.3.1/").json()

    assert area["id"] in {each["id"] for each in strand["fokusomraden"]}
    assert area["viljeinriktning"]["id"] == strand["id"]
    assert len(area["prioriteringar"]) > 1


def test_frameworks_hold_their_goals_and_keep_editors_notes(client):
    Framework.objects.update(editor_note="inte för läsare")

    told = client.get("/api/v1/ramverk/")

    goals = [goal for each in told.json()["results"] for goal in each["goals"]]
    assert sum(len(goal["ties"]) for goal in goals) > 15
    assert "inte för läsare" not in told.content.decode()


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


# -- Links, subjects, organisations


@pytest.fixture
def link(version):
    return Link.objects.create(
        entry=version.entry,
        url="https://example.se/bankar",
        next_check_at=version.published_at,
    )


def test_link_tells_where_it_stands_and_what_it_answered(client, link):
    (told,) = client.get("/api/v1/lankar/").json()["results"]

    assert told["url"] == "https://example.se/bankar"
    assert told["state"] == "inte kontrollerad än"
    assert told["contribution"]["title"] == "Bänkar vid stranden"
    assert told["id"].startswith(told["contribution"]["id"])


@pytest.mark.parametrize("state", ["hidden", "withdrawn"])
def test_link_goes_with_its_contribution(client, link, state):
    type(link.entry).objects.filter(pk=link.entry_id).update(state=state)
    generation.touch()

    assert client.get("/api/v1/lankar/").json()["total"] == 0


@pytest.mark.parametrize("name", ["amnen", "organisationer"])
def test_subject_and_organisation_of_a_draft_are_not_told(client, name):
    before = client.get(f"/api/v1/{name}/").json()
    VersionFactory(
        entry=EntryFactory(slug=None),
        status=Status.DRAFT,
        tags=[TagFactory()],
        organisations=[OrganisationFactory()],
    )

    assert client.get(f"/api/v1/{name}/").json() == before


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
