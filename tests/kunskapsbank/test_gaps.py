"""White spots: the table that anybody sees, and the one with invitations."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, Kind
from kunskapsbank.models import Version
from programme import taxonomy
from search import generation
from tests.factories import OrganisationFactory, UserFactory, VersionFactory
from tests.html_tree import read

pytestmark = pytest.mark.django_db
PAGE = "/kunskapsbank/vita-flackar/"
FOR_MODERATORS = "/granska/vita-flackar/"


@pytest.fixture
def gap():
    """A prioritering that nothing hangs on."""
    prioritering = taxonomy.current().prioriteringar[0]
    Version.prioriteringar.through.objects.filter(prioritering=prioritering).delete()
    generation.touch()
    return prioritering


def rows(response):
    tree, _ = read(response.content.decode())
    found = [row for row in tree.all("tr") if row["class"] == "gaps__row"]
    return {row.all("a")[0]["href"]: row for row in found}


def row_of(client, prioritering, page=PAGE):
    return rows(client.get(page))[prioritering.get_absolute_url()]


def cells(row):
    return [cell.text for cell in row.all("td")]


def test_every_prioritering_has_a_row_under_its_fokusomrade(client):
    tree, _ = read(client.get(PAGE).content.decode())

    heads = [th["scope"] for th in tree.all("th")]
    assert heads.count("row") == len(taxonomy.current().prioriteringar) == 58
    assert heads.count("rowgroup") == 15
    assert heads.count("col") == 6


def test_row_tells_number_of_each_kind_and_the_newest(client, gap):
    VersionFactory(kind=Kind.LINK, prioriteringar=[gap])
    VersionFactory(kind=Kind.RESEARCH, prioriteringar=[gap])
    organisation = OrganisationFactory(name="Odlarna")
    about = {"prioriteringar": [gap], "organisations": [organisation]}
    newest = VersionFactory(kind=Kind.RESEARCH, byline="Ida Ek", **about)
    generation.touch()

    told = cells(row_of(client, gap))

    numbers = ["Goda exempel 0", "Erfarenheter 0", "Forskning 2", "Länkar 1"]
    assert told[:4] == numbers
    assert told[4].endswith(f"{newest.published_at.year}, Odlarna")


def test_byline_is_told_when_no_organisation_took_part(client, gap):
    VersionFactory(prioriteringar=[gap], byline="Ida Ek")
    generation.touch()

    assert cells(row_of(client, gap))[4].endswith(", Ida Ek")


def test_empty_row_leads_to_a_contribution_to_it(client, gap):
    row = row_of(client, gap)

    assert cells(row) == [f"Inga bidrag ännu – bidra till {gap.number}"]
    started = client.get(row.all("a")[1]["href"])
    assert gap.text in started.content.decode()


def test_only_empty_ones_are_shown_when_asked_for(client, gap):
    other = taxonomy.current().prioriteringar[1]
    VersionFactory(prioriteringar=[other])
    generation.touch()

    shown = rows(client.get(f"{PAGE}?visa=tomma"))

    assert gap.get_absolute_url() in shown
    assert other.get_absolute_url() not in shown
    assert all("data-empty" in row for row in shown.values())


def test_nothing_empty_is_told_in_words(client):
    for each in taxonomy.current().prioriteringar:
        VersionFactory(prioriteringar=[each])
    generation.touch()

    page = client.get(f"{PAGE}?visa=tomma").content.decode()

    assert "Inga vita fläckar" in page


def test_what_is_hidden_is_not_counted(client, gap):
    version = VersionFactory(prioriteringar=[gap])
    workflow.hide(
        version.entry, by=UserFactory(moderator=True), reason=DeclineReason.OTHER
    )

    assert "data-empty" in row_of(client, gap)


def test_moderator_invites_to_a_gap(client, gap):
    client.force_login(UserFactory(moderator=True))

    row = row_of(client, gap, FOR_MODERATORS)
    tree, _ = read(client.get(row.all("a")[2]["href"]).content.decode())

    (chosen,) = [each for each in tree.all("option") if "selected" in each]
    assert chosen["value"] == gap.slug


def test_invitations_are_for_moderators(client):
    client.force_login(UserFactory(contributor=True))

    assert client.get(FOR_MODERATORS).status_code == 404
    assert b"inbjud" not in client.get(PAGE).content
