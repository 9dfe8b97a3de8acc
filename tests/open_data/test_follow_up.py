"""The follow-up as open data: what readers see of it, and nothing else."""

import json

import pytest

from kunskapsbank import workflow
from livskvalitet.open_data.identity import CC_BY, KOLADA_TERMS
from programme.enums import EditionStatus
from search import generation
from tests.factories import (
    EditionFactory,
    FokusomradeFactory,
    PrioriteringFactory,
    ViljeinriktningFactory,
)
from tests.kunskapsbank import stories
from tests.open_data import follow_up
from tests.open_data.reading import API, answer, csv_rows, everything, results
from uppfoljning.enums.indicators import Origin
from uppfoljning.enums.initiatives import InitiativeState
from uppfoljning.models import Initiative, Measurement

pytestmark = pytest.mark.django_db

# -- Indicators and their values


def test_indicator_says_where_it_belongs_and_has_its_values(client):
    made = follow_up.indicator()
    follow_up.measurement(made, period=2020)
    follow_up.measurement(made, period=2019)

    told = answer(client, "nyckeltal/pahittat-tal/")

    assert told["title"] == "Påhittat tal"
    assert told["wanted"] == "högre är bättre"
    assert [each["title"] for each in told["fokusomraden"]]
    assert [each["slug"] for each in told["prioriteringar"]] == ["2016-4-3-1-b"]
    assert [each["year"] for each in told["measurements"]] == [2019, 2020]
    listed = answer(client, "nyckeltal/")["results"]
    (same,) = [each for each in listed if each["slug"] == "pahittat-tal"]
    assert same == {key: told[key] for key in same}


def test_value_names_its_source_and_the_terms_of_it(client):
    made = follow_up.indicator()
    follow_up.measurement(made)
    follow_up.measurement(made, period=2018, value=None, origin=Origin.UPLOADED)

    fetched, uploaded = results(client, "varden")

    assert (fetched["value"], fetched["gender"]) == (12.5, "K")
    assert (fetched["source"], fetched["licence"]) == ("Kolada", KOLADA_TERMS)
    assert uploaded["value"] is None
    assert (uploaded["source"], uploaded["licence"]) == ("Påhittad källa", "")


def test_there_are_no_values_until_some_are_fetched(client):
    assert not Measurement.objects.exists()
    assert answer(client, "varden/")["total"] == 0
    assert csv_rows(client, "varden") == []


def test_indicator_that_is_not_shown_is_nowhere(client):
    follow_up.measurement(follow_up.indicator(is_active=False))
    generation.touch()

    assert client.get(f"{API}/nyckeltal/pahittat-tal/").status_code == 404
    assert results(client, "varden") == []
    assert "Påhittat tal" not in json.dumps(everything(client), ensure_ascii=False)


def test_place_in_a_proposed_edition_is_not_told(client):
    strand = ViljeinriktningFactory(
        edition=EditionFactory(status=EditionStatus.PROPOSAL)
    )
    area = FokusomradeFactory(viljeinriktning=strand, title="Hemligt förslag")
    made, started = follow_up.indicator(), follow_up.initiative()
    made.fokusomraden.add(area)
    secret = PrioriteringFactory(fokusomrade=area, slug="hemlig")
    for row in (made, started):
        row.prioriteringar.add(secret)

    told = answer(client, "nyckeltal/pahittat-tal/")
    (other,) = results(client, "insatser")

    assert "Hemligt" not in str(told)
    assert "hemlig" not in str(told) + str(other)


# -- Initiatives


def test_initiative_says_who_does_what(client):
    entry = stories.published(title="Flaggor").entry
    made = follow_up.initiative(entry)
    made.indicators.add(follow_up.indicator())

    told = answer(client, "insatser/pahittad-insats/")

    assert told["organisation"]["name"] == "Påhittade nämnden"
    assert told["progress"] == "pågår"
    assert [each["title"] for each in told["contributions"]] == ["Flaggor"]
    assert [each["title"] for each in told["indicators"]] == ["Påhittat tal"]
    assert told["licence"] == CC_BY
    assert results(client, "insatser") == [told]
    (row,) = csv_rows(client, "insatser")
    assert row["rubrik"] == "Påhittad insats"


def test_initiative_shows_only_what_may_be_read(client):
    version = stories.published(title="Flaggor")
    waiting = stories.submitted(title="Väntar")
    made = follow_up.initiative(version.entry, waiting.entry)
    made.indicators.add(follow_up.indicator(is_active=False))

    workflow.withdraw(version.entry, by=version.author)
    (told,) = results(client, "insatser")

    assert (told["contributions"], told["indicators"]) == ([], [])


def test_withdrawn_initiative_is_gone_with_its_reason(client):
    made = follow_up.initiative()
    answer(client, "insatser/pahittad-insats/")

    Initiative.objects.filter(pk=made.pk).update(
        state=InitiativeState.WITHDRAWN, state_reason="Den blev inte av."
    )

    generation.touch()
    gone = client.get(f"{API}/insatser/pahittad-insats/")
    assert gone.status_code == 410
    assert gone.json()["message"] == "Insatsen visas inte längre. Den blev inte av."
    assert results(client, "insatser") == []
    assert csv_rows(client, "insatser") == []
    assert everything(client)["initiatives"] == []


# -- All of them


@pytest.mark.parametrize("name", ["varden", "insatser"])
def test_list_is_read_in_few_queries(client, django_assert_max_num_queries, name):
    entry = stories.published().entry
    made = follow_up.indicator()
    for number in range(3):
        follow_up.measurement(made, period=2010 + number)
        follow_up.initiative(entry, slug=f"insats-{number}").indicators.add(made)
    generation.touch()
    client.get("/kunskapsbank/")

    with django_assert_max_num_queries(12):
        assert client.get(f"{API}/{name}/").json()["total"]
