"""The page of how the site is used and kept: true, old enough, and of nobody."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine

from kunskapsbank import workflow
from kunskapsbank.enums import (
    DeclineReason,
    LetterKind,
    LetterOutcome,
    OrganisationKind,
)
from kunskapsbank.models import Letter, Version
from livskvalitet import openness
from livskvalitet.openness import FEW, OTHER_PAGES, Period
from search import generation
from search.models import MissedSearch
from tests.factories import OrganisationFactory, UserFactory, VersionFactory
from tests.kunskapsbank import stories
from uppfoljning.models import PageViews

pytestmark = pytest.mark.django_db

ADDRESS = "/uppfoljning/oppenhet/"
NOW = datetime(2027, 3, 10, 12, tzinfo=UTC)
YESTERDAY = date(2027, 3, 9)
PERIOD = Period(YESTERDAY)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def days_ago(days):
    return time_machine.travel(NOW - timedelta(days=days), tick=False)


def rows(table):
    return {row.key: row.values for row in table.rows}


def seen(path, views, day=YESTERDAY):
    return PageViews.objects.create(day=day, path=path, views=views)


def test_period_is_twelve_months_up_to_yesterday():
    assert Period.until_yesterday() == PERIOD
    assert PERIOD.first_day == date(2026, 4, 1)
    assert Period(date(2026, 12, 31)).first_day == date(2026, 1, 1)
    assert len(list(PERIOD.months_from(date(2020, 1, 1)))) == 12


def test_contributions_are_counted_once_by_the_quarter_when_they_first_came(client):
    with days_ago(30):
        version = stories.published()
    with days_ago(1):
        change = stories.changed(version)
        workflow.publish(change, by=stories.moderator(), lock=change.lock)
    VersionFactory()  # of today

    found = rows(openness.published(PERIOD))

    assert found == {"2026-K4": (60, 60), "2027-K1": (1, 0)}


def test_what_is_hidden_is_counted_no_more():
    with days_ago(30):
        version = stories.published()
    workflow.hide(version.entry, by=stories.moderator(), reason=DeclineReason.OTHER)

    assert rows(openness.published(PERIOD))["2027-K1"] == (0, 0)


def test_quarter_without_contributions_says_none():
    Version.objects.update(published_at=datetime(2026, 5, 1, tzinfo=UTC))

    found = rows(openness.published(PERIOD))

    assert [*found] == ["2026-K2", "2026-K3", "2026-K4", "2027-K1"]
    assert found["2026-K3"] == (0, 0)


def test_contribution_counts_once_for_each_kind_of_its_organisations():
    Version.objects.all().delete()
    two = [OrganisationFactory(kind=OrganisationKind.ASSOCIATION) for _ in range(2)]
    company = OrganisationFactory(kind=OrganisationKind.COMPANY)
    with days_ago(2):
        VersionFactory(organisations=[*two, company])
        VersionFactory(organisations=[company])
        VersionFactory()

    assert rows(openness.organisations(PERIOD)) == {
        "Kommunalt bolag": (2,),
        "Förening": (1,),
        "Ingen organisation angiven": (1,),
    }


def test_views_are_summed_by_month_with_the_days_that_were_counted():
    seen("/", 7, date(2027, 1, 30))
    seen("/om/", 8, date(2027, 1, 31))
    seen("/", 12)
    seen("/", 900, date(2027, 3, 10))  # today

    assert rows(openness.views(PERIOD)) == {
        "2027-01": (15, 2),
        "2027-02": (None, 0),
        "2027-03": (12, 1),
    }


def test_few_views_are_not_told():
    seen("/", 9)

    assert rows(openness.views(PERIOD)) == {"2027-03": (FEW, 1)}
    assert rows(openness.pages(PERIOD)) == {"": (FEW,)}


def test_most_read_pages_are_named_and_the_rest_are_one_row(monkeypatch):
    monkeypatch.setattr(openness, "MOST_PAGES", 2)
    for path, views in [("/", 50), ("/om/", 40), ("/sok/", 30), ("", 20)]:
        seen(path, views)

    (first, second, other) = openness.pages(PERIOD).rows

    assert (first.label, first.address, first.values) == ("Startsidan", "/", (50,))
    assert second.label == "Om webbplatsen"
    assert (other.label, other.values) == (OTHER_PAGES, (50,))


def test_file_names_pages_with_their_whole_address(client, settings):
    seen("/om/", 50)
    generation.touch()

    table = client.get(f"{ADDRESS}sidor.csv").getvalue().decode()

    assert f"\r\n{settings.SITE_ADDRESS}/om/,50\r\n" in table


def test_page_that_was_taken_away_is_not_named(client):
    version = stories.published(title="Vimpelparad")
    seen(version.get_absolute_url(), 50)
    generation.touch()
    before = client.get(ADDRESS).content.decode()

    workflow.withdraw(version.entry, by=version.author)

    after = client.get(ADDRESS).content.decode()
    table = client.get(f"{ADDRESS}sidor.csv").getvalue().decode()
    assert "Vimpelparad" in before
    assert "impelparad" not in after + table
    assert rows(openness.pages(PERIOD)) == {"": (50,)}


def test_pages_of_the_programme_subjects_and_organisations_have_titles():
    address = OrganisationFactory(name="Vimpelvännerna").get_absolute_url()
    VersionFactory(organisations=list(OrganisationFactory._meta.model.objects.all()))
    seen(address, 20)
    seen("/prioritering/2016-4-3-1-b/", 10)
    seen("/programmet/2016/hela/", 10)

    labels = [row.label for row in openness.pages(PERIOD).rows]

    assert labels[0] == "Vimpelvännerna"
    assert "Hela programmet" in labels
    (prioritering,) = [label for label in labels if label.startswith("4.3.1 b ")]
    assert len(prioritering) == 80
    assert not any(label.startswith("/") for label in labels)


def test_answers_are_counted_by_month_with_their_median_wait():
    for asked, answer in ((40, 38), (44, 38), (5, 2), (1, 0)):
        with days_ago(asked):
            version = stories.submitted()
        with days_ago(answer):
            stories.declined(version)

    assert rows(openness.reviews(PERIOD)) == {
        "2027-01": (2, 4),
        "2027-02": (0, None),
    } | {"2027-03": (1, 3)}


def test_missed_searches_are_numbers_and_never_words(client):
    for query in ("vimpelparad", "solceller"):
        MissedSearch.objects.create(query=query, day=YESTERDAY, visits=4)
    MissedSearch.objects.create(
        query="solceller", day=YESTERDAY.replace(day=1), visits=3
    )

    assert rows(openness.missed_searches(PERIOD)) == {"2027-03": (11, 2)}
    assert "vimpelparad" not in client.get(ADDRESS).content.decode()


def letter(kind, days):
    with days_ago(days):
        return Letter.objects.create(
            kind=kind, text="Texten är för liten.", key=uuid4()
        )


def test_letters_about_accessibility_are_counted_and_no_others():
    answered = letter(LetterKind.ACCESSIBILITY, 5)
    letter(LetterKind.ACCESSIBILITY, 3)
    letter(LetterKind.ACCESSIBILITY, 0)  # today
    letter(LetterKind.TIP, 3)
    with days_ago(2):
        workflow.close_letter(
            answered,
            by=UserFactory(moderator=True),
            outcome=LetterOutcome.ANSWERED,
            message="Texten är större nu.",
        )

    found = rows(openness.letters(PERIOD))

    assert found == {LetterKind.ACCESSIBILITY: (2, 1, 0, 1)}


def test_faults_are_those_of_the_statement():
    assert rows(openness.faults()) == {"kända": (2,), "åtgärdade": (0,)}


def test_bars_are_of_the_greatest_number_and_texts_have_none():
    seen("/", 50, date(2027, 1, 30))
    seen("/", 100, date(2027, 2, 2))
    seen("/", 3)

    assert [line.share for line in openness.views(PERIOD).lines] == [50, 100, None]


def test_page_is_the_same_all_day_whatever_happens(client):
    before = client.get(ADDRESS)
    stories.declined(stories.submitted())
    letter(LetterKind.ACCESSIBILITY, 0)

    after = client.get(ADDRESS)

    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.content == before.content


def test_every_table_that_has_rows_is_on_the_page_and_has_a_file(client):
    seen("/", 50)
    MissedSearch.objects.create(query="solceller", day=YESTERDAY, visits=4)
    letter(LetterKind.ACCESSIBILITY, 3)
    with days_ago(3):
        stories.declined(stories.submitted())
    generation.touch()

    page = client.get(ADDRESS).content.decode()

    for name, table in openness.tables(PERIOD).items():
        answer = client.get(f"{ADDRESS}{name}.csv")
        head, *told = csv.reader(StringIO(answer.getvalue().decode(), newline=""))
        assert f'href="{ADDRESS}{name}.csv"' in page
        assert tuple(head) == table.columns
        assert len(told) == len(table.rows) > 0
        assert all(len(row) == len(head) for row in told)


def test_page_says_so_where_nothing_is_counted(client):
    Version.objects.all().delete()
    generation.touch()

    page = client.get(ADDRESS).content.decode()

    for nothing in (
        "Inga bidrag var publicerade den 9 mars 2027",
        "Inga sidvisningar är räknade än",
        "Granskarna har inte svarat",
        "Inga sökningar utan träff är räknade",
        "Inga brev om tillgänglighet",
    ):
        assert nothing in page


def test_unknown_table_is_not_there(client):
    assert client.get(f"{ADDRESS}finns-inte.csv").status_code == 404
