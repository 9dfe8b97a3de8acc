"""The pages of connections: the map, a pair, one connection, the forms, the chain."""

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from kunskapsbank import workflow
from kunskapsbank.enums import ConnectionKind, ConnectionStatus, DeclineReason
from kunskapsbank.models import Connection, Version
from programme import taxonomy
from programme.models import Goal, GoalLink
from search import generation
from tests.factories import PrioriteringFactory, UserFactory, VersionFactory
from tests.html_tree import read
from tests.kunskapsbank.connecting import SENTENCE, approved, ends, proposed

pytestmark = pytest.mark.django_db
MAP = "/samband/"
FORM = "/samband/foresla/"
REVIEW = "/granska/samband/"
PAIR = "/samband/2016-4-1-1/2016-4-3-1/"
CHAIN = "/malkedjan/2016-4-1-1-a/"


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.fixture
def desk(client):
    moderator = UserFactory(moderator=True)
    client.force_login(moderator)
    return client


@pytest.fixture
def bare():
    """A site where nothing ties anything."""
    Version.prioriteringar.through.objects.all().delete()
    GoalLink.objects.all().delete()
    generation.touch()


def text(response):
    return " ".join(response.content.decode().split())


def knots(page):
    """By the address of each knot of the picture, its number."""
    tree, _ = read(page.content.decode())
    found = [a for a in tree.all("a") if a["class"] == "crossings__knot"]
    return {a["href"]: int(a.text) for a in found}


def listed(page):
    """The addresses of the pairs in the list below the picture."""
    tree, _ = read(page.content.decode())
    lists = [ul for ul in tree.all("ul") if ul["class"] == "crossing-list__rows"]
    return [a["href"] for ul in lists for a in ul.all("a")]


def cells(page):
    """The numbers of the table, row by row."""
    tree, _ = read(page.content.decode())
    (table,) = tree.all("table")
    rows = [row for row in table.all("tr") if row.all("td")][1:]
    return [
        [int(cell.text.partition(",")[0]) for cell in row.all("td")] for row in rows
    ]


# -- The map


def test_nothing_is_invented(client, bare):
    page = client.get(MAP)

    assert knots(page) == {}
    assert "Här finns inget att visa än" in text(page)


def test_contribution_ties_the_fokusomraden_that_it_hangs_on(client, bare):
    VersionFactory(prioriteringar=ends("4-1-1-a", "4-1-1-b", "4-3-1-b"))
    VersionFactory(prioriteringar=ends("4-1-1-a"))
    VersionFactory(status="draft", prioriteringar=ends("4-1-1-a", "4-5-1-a"))
    generation.touch()

    page = client.get(MAP)

    within = "/samband/2016-4-1-1/2016-4-1-1/"
    assert knots(page) == {within: 1, PAIR: 1}


def test_each_sort_of_tie_is_shown_by_itself_and_all_together(client, bare):
    first, second = ends("4-1-1-a", "4-3-1-b")
    VersionFactory(prioriteringar=[first, second])
    approved()
    approved(ConnectionKind.REQUIRES)
    proposed(ConnectionKind.CONFLICTS)
    goal = Goal.objects.first()
    for area in (first.fokusomrade, second.fokusomrade):
        GoalLink.objects.create(fokusomrade=area, goal=goal, motivation="påhittat")
    generation.touch()

    numbers = {
        tie: knots(client.get(f"{MAP}?visa={tie}")).get(PAIR)
        for tie in ("bidrag", "samband", "mal", "alla", "nonsens")
    }

    assert numbers == {"bidrag": 1, "samband": 2, "mal": 1, "alla": 4, "nonsens": 1}


@pytest.mark.parametrize("tie", ["bidrag", "mal", "alla"])
def test_picture_table_and_list_say_the_same(client, tie):
    page = client.get(f"{MAP}?visa={tie}")

    shown = knots(page)
    table = cells(page)
    assert len(table) == 15
    assert all(table[a][b] == table[b][a] for a in range(15) for b in range(15))
    lower = [table[a][b] for a in range(15) for b in range(a + 1) if table[a][b]]
    assert sorted(lower) == sorted(shown.values())
    assert sorted(listed(page)) == sorted(shown)


def test_goals_are_said_to_be_interpretation(client):
    assert "Redaktionell tolkning" in text(client.get(f"{MAP}?visa=mal"))
    assert "Redaktionell tolkning" not in text(client.get(MAP))


def test_map_asks_little_and_no_more_for_more(client):
    client.get(MAP)
    with CaptureQueriesContext(
        database,
    ) as kept:
        client.get(f"{MAP}?visa=alla")
    assert len(kept) == 1

    for number in range(5):
        VersionFactory(prioriteringar=ends("4-1-1-a", "4-5-1-a"), number=1 + number)
    approved()
    client.get(MAP)
    with CaptureQueriesContext(database) as after:
        client.get(f"{MAP}?visa=alla")
    assert len(after) == 1


# -- A pair


def test_pair_page_lists_what_the_knot_counts(client):
    version = VersionFactory(prioriteringar=ends("4-1-1-a", "4-3-1-b"))
    connection = approved()
    generation.touch()

    page = text(client.get(PAIR))

    number = knots(client.get(MAP))[PAIR]
    assert f'Bidrag <span class="count">({number})' in page
    assert version.title in page
    assert connection.title in page


def test_pair_within_a_fokusomrade_lists_what_hangs_on_two_of_it(client):
    twice = VersionFactory(prioriteringar=ends("4-1-1-a", "4-1-1-b"))
    once = VersionFactory(prioriteringar=ends("4-1-1-a"))

    page = text(client.get("/samband/2016-4-1-1/2016-4-1-1/"))

    assert twice.title in page
    assert once.title not in page


def test_pair_has_one_address(client):
    turned = client.get("/samband/2016-4-3-1/2016-4-1-1/")

    assert (turned.status_code, turned["Location"]) == (301, PAIR)


@pytest.mark.parametrize("slug", ["2016-9-9-9", "1999-4-1-1", "x", "4-1-1"])
def test_what_is_no_pair_is_not_there(client, slug):
    assert client.get(f"/samband/2016-4-1-1/{slug}/").status_code == 404


# -- One connection


@pytest.mark.parametrize("status", ConnectionStatus)
def test_connection_page_is_there_for_whom_it_concerns(client, status):
    connection = proposed()
    Connection.objects.filter(pk=connection.pk).update(
        status=status, decided_at=connection.proposed_at
    )
    address = connection.get_absolute_url()
    is_public = status == ConnectionStatus.APPROVED

    assert client.get(address).status_code == (200 if is_public else 404)
    client.force_login(UserFactory())
    assert client.get(address).status_code == (200 if is_public else 404)
    client.force_login(connection.proposer)
    assert client.get(address).status_code == 200


def test_evidence_goes_when_the_contribution_is_hidden(client):
    version = VersionFactory(title="Påhittat belägg")
    connection = approved(entries=[version.entry])
    address = connection.get_absolute_url()
    assert "Påhittat belägg" in text(client.get(address))

    workflow.hide(
        version.entry,
        by=UserFactory(moderator=True),
        reason=DeclineReason.OTHER,
        message="Påhittat skäl.",
    )

    for page in (address, "/prioritering/2016-4-1-1-a/", PAIR):
        shown = text(client.get(page))
        assert "Påhittat belägg" not in shown
        assert "Saknar belägg" in shown


def test_readers_never_see_what_was_said_or_who_proposed(client):
    connection = proposed(by=UserFactory(name="Påhittad Person"))
    workflow.approve_connection(
        connection, by=UserFactory(moderator=True), message="Hemligt meddelande."
    )

    page = text(client.get(connection.get_absolute_url()))
    client.force_login(connection.proposer)
    own = text(client.get(connection.get_absolute_url()))

    assert "Hemligt meddelande." not in page
    assert "Påhittad Person" not in page
    assert "Hemligt meddelande." in own


def test_proposer_takes_it_back(client):
    connection = approved()
    client.force_login(connection.proposer)

    response = client.post(connection.get_absolute_url(), {"message": ""})

    assert response["Location"] == connection.get_absolute_url()
    assert not Connection.objects.public().exists()


def test_reader_cannot_take_it_back(client, person):
    connection = approved()

    page = client.post(connection.get_absolute_url(), {"message": "Bort."})

    assert "Ta bort" not in text(page)
    assert Connection.objects.public().exists()


def test_moderator_takes_it_away_with_a_reason(desk):
    connection = approved()
    address = connection.get_absolute_url()

    refused = desk.post(address, {"message": ""})
    assert "Skriv varför sambandet ska bort" in text(refused)
    desk.post(address, {"message": "Stämmer inte."})

    assert not Connection.objects.public().exists()


# -- The programme's pages


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("supports", "Stöder", "Stöds av"),
        ("requires", "Förutsätter", "Är en förutsättning för"),
        ("conflicts", "Krockar med", "Krockar med"),
    ],
)
def test_prioritering_says_it_from_its_own_side(client, kind, start, end):
    approved(kind)

    first = text(client.get("/prioritering/2016-4-1-1-a/"))
    second = text(client.get("/prioritering/2016-4-3-1-b/"))

    assert f">{start}</h3>" in first
    assert f">{end}</h3>" in second
    assert SENTENCE in first
    assert SENTENCE in second


def test_chain_goes_up_to_goals_and_down_to_knowledge(client):
    version = VersionFactory(prioriteringar=ends("4-1-1-a"))
    connection = approved()
    generation.touch()

    tree, _ = read(client.get(CHAIN).content.decode())

    links = [a["href"] for a in tree.all("a")]
    up = GoalLink.objects.filter(fokusomrade__number="4.1.1").first().goal
    order = [
        up.framework.get_absolute_url(),
        up.get_absolute_url(),
        "/programmet/2016/varmt-valkomnande/",
        "/prioritering/2016-4-1-1-a/",
        version.get_absolute_url(),
        connection.get_absolute_url(),
    ]
    last = [len(links) - 1 - links[::-1].index(each) for each in order[1:2]]
    assert all(each in links for each in order)
    assert last[0] < links.index(version.get_absolute_url())


def test_chain_leads_back_down_from_a_goal(client):
    area = taxonomy.current().fokusomraden[0]
    goal = GoalLink.objects.filter(fokusomrade=area).first().goal

    page = text(client.get(goal.get_absolute_url()))

    for prioritering in area.prioriteringar.all():
        assert f"/malkedjan/{prioritering.slug}/" in page


def test_chain_of_what_is_not_decided_is_not_there(client):
    other = PrioriteringFactory()

    assert client.get(f"/malkedjan/{other.slug}/").status_code == 404
    assert client.get("/malkedjan/finns-inte/").status_code == 404
