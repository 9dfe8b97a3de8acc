"""What the API tells: contributions, the programme and what is around them."""

import pytest
from django.conf import settings

from kunskapsbank import facets, workflow
from kunskapsbank.enums import DeclineReason, Status
from kunskapsbank.models import Link, Version
from programme.models import Framework, Prioritering
from search import generation
from tests.factories import (
    EntryFactory,
    OrganisationFactory,
    TagFactory,
    VersionFactory,
)
from tests.kunskapsbank import stories
from tests.open_data.reading import CONTRIBUTIONS, numbers, replaced

pytestmark = pytest.mark.django_db

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


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


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED}))
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
