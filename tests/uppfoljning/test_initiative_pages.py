"""Initiatives as readers meet them: the list, its filters and CSV, and a page each."""

import csv

import pytest

from kunskapsbank.enums import Status as VersionStatus
from programme.models import Prioritering
from tests.factories import (
    InitiativeFactory,
    InitiativeTextFactory,
    OrganisationFactory,
    VersionFactory,
)
from uppfoljning.enums.initiatives import InitiativeState, InitiativeStatus, Progress
from uppfoljning.models import Indicator

pytestmark = pytest.mark.django_db
LIST = "/uppfoljning/insatser/"


@pytest.fixture
def prioriteringar():
    """One of 4.1.1 and one of 4.3.1."""
    found = Prioritering.objects.all()
    return found.get(slug="2016-4-1-1-a"), found.get(slug="2016-4-3-1-b")


@pytest.fixture
def shown(prioriteringar):
    first, second = prioriteringar
    return [
        InitiativeFactory(title="Bänkar i parken", prioriteringar=[first]),
        InitiativeFactory(
            title="Simskola",
            progress=Progress.FINISHED,
            prioriteringar=[first, second],
            organisation=OrganisationFactory(name="Badbolaget", slug="badbolaget"),
        ),
    ]


def titles(response):
    return [each.title for each in response.context["page"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Bänkar i parken", "Simskola"]),
        ("?fokus=4.3.1", ["Simskola"]),
        ("?prio=2016-4-1-1-a", ["Bänkar i parken", "Simskola"]),
        ("?org=badbolaget", ["Simskola"]),
        ("?lage=pagar", ["Bänkar i parken"]),
        ("?fokus=4.1.1&lage=avslutad", ["Simskola"]),
        ("?lage=planerad", []),
        ("?fokus=9.9.9&org=finns-inte&lage=%00&prio=x%00", None),  # means nothing
        ("?sida=10000000000000000000", None),
    ],
)
def test_list_is_filtered(client, shown, query, found):
    response = client.get(f"{LIST}{query}")

    assert response.status_code == 200
    assert titles(response) == (
        ["Bänkar i parken", "Simskola"] if found is None else found
    )


def test_filters_count_as_if_nothing_were_chosen_in_their_own(client, shown):
    asked = client.get(f"{LIST}?lage=pagar").context["asked"]

    counts = {each.value: each.count for each in asked.progress_choices}
    assert counts == {"planerad": 0, "pagar": 1, "avslutad": 1}
    areas = {each.value: each.count for _, some in asked.area_choices for each in some}
    assert (areas["4.1.1"], areas["4.3.1"]) == (1, 0)
    assert [each.label for each in asked.removals] == ["Pågår"]


def test_draft_and_withdrawn_show_nowhere(client, prioriteringar):
    about = {"title": "Hemligt", "prioriteringar": prioriteringar}
    hidden = InitiativeFactory(
        **about, slug="hemligt", state=InitiativeState.WITHDRAWN, state_reason="Fel."
    )
    for status in InitiativeStatus:
        InitiativeTextFactory(**about, status=status, initiative=hidden)
    pages = [
        LIST,
        "/uppfoljning/insatser.csv",
        f"{LIST}?org={hidden.organisation.slug}",
        prioriteringar[0].get_absolute_url(),
        prioriteringar[0].fokusomrade.get_absolute_url(),
        "/sok/?q=Hemligt",
        "/sitemap.xml",
    ]

    for page in pages:
        body = b"".join(client.get(page)).decode()
        assert "<mark>Hemligt" not in body
        assert "insatser/hemligt" not in body, page
        assert hidden.organisation.name not in body, page
    gone = client.get(hidden.get_absolute_url())
    assert gone.status_code == 410
    assert "Orsak: Fel." in gone.content.decode()


def test_page_shows_what_is_tied_and_public(client, prioriteringar):
    listed = VersionFactory(title="Syns")
    hidden = VersionFactory(title="Syns inte", status=VersionStatus.SUBMITTED)
    shown = Indicator.objects.create(slug="visas", title="Visas", position=1)
    off = Indicator.objects.create(
        slug="visas-inte", title="Visas inte", position=2, is_active=False
    )
    initiative = InitiativeFactory(
        effect="Det **hjälpte**. <script>",
        prioriteringar=prioriteringar,
        entries=[listed.entry, hidden.entry],
        indicators=[shown, off],
    )

    page = client.get(initiative.get_absolute_url()).content.decode()

    assert "<strong>hjälpte</strong>" in page
    assert "<script>" not in page.partition("<main")[2]
    assert listed.get_absolute_url() in page
    assert "Syns inte" not in page
    assert ">Visas<" in page
    assert "Visas inte" not in page
    for each in prioriteringar:
        assert each.get_absolute_url() in page


def test_panels_lead_to_the_list_of_the_place(client, shown, prioriteringar):
    second = prioriteringar[1]

    page = client.get(second.get_absolute_url()).content.decode()
    area = client.get(second.fokusomrade.get_absolute_url()).content.decode()

    assert shown[1].get_absolute_url() in page
    assert shown[0].get_absolute_url() not in page
    assert f"{LIST}?prio={second.slug}" in page
    assert f"{LIST}?fokus=4.3.1" in area


def test_csv_is_the_list_and_no_spreadsheet_runs_it(client, prioriteringar):
    InitiativeFactory(title="=1+1", prioriteringar=prioriteringar)
    InitiativeFactory(title="Annat", progress=Progress.PLANNED)

    response = client.get("/uppfoljning/insatser.csv?lage=pagar")

    text = b"".join(response).decode()
    [row] = csv.DictReader(text.splitlines())
    assert row["rubrik"] == "'=1+1"
    assert row["prioriteringar"] == "4.1.1 a | 4.3.1 b"
    assert response["Content-Disposition"] == 'attachment; filename="insatser.csv"'
