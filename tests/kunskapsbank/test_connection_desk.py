"""The forms of connections: how they are proposed, and decided on by moderators."""

from uuid import uuid4

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import ConnectionStatus, DeclineReason
from kunskapsbank.exceptions import InvalidTransition, NotAllowed
from kunskapsbank.models import Connection, ConnectionEvent
from tests.factories import UserFactory, VersionFactory
from tests.html_tree import read
from tests.kunskapsbank.connecting import SENTENCE, approved, proposed

pytestmark = pytest.mark.django_db
FORM = "/samband/foresla/"
REVIEW = "/granska/samband/"


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


def text(response):
    return " ".join(response.content.decode().split())


def filled(**changes):
    return {
        "key": str(uuid4()),
        "start": "2016-4-1-1-a",
        "kind": "supports",
        "end": "2016-4-3-1-b",
        "sentence": SENTENCE,
        "entries": "",
        "link": "",
        "link_title": "",
        **changes,
    }


# -- Proposing


def test_whoever_is_not_signed_in_is_told_how(client):
    page = text(client.get(f"{FORM}?fran=2016-4-3-1-b"))

    assert "Logga in och föreslå" in page
    assert "<form" not in page.partition("<main")[2]
    assert client.post(FORM, filled())["Location"].startswith("/konto/")
    assert not Connection.objects.exists()


def test_first_prioritering_comes_from_the_address(client, person):
    page = text(client.get(f"{FORM}?fran=2016-4-3-1-b"))

    assert '<option value="2016-4-3-1-b" selected>' in page
    assert page.count(" selected>") == 2  # and nothing yet as the other end


def test_proposal_is_sent(client, person):
    version = VersionFactory()
    evidence = f"{version.entry.number.lower()}, {version.get_absolute_url()}"

    response = client.post(FORM, filled(entries=evidence))

    made = Connection.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert made.proposer == person
    assert list(made.entries.all()) == [version.entry]
    assert made.title in text(client.get("/samband/mina/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": ""}, "Välj en prioritering"),
        ({"end": "2016-4-1-1-a"}, "Välj en annan prioritering än den första"),
        ({"kind": ""}, "Välj hur de hör ihop"),
        ({"sentence": " "}, "Förklara hur de hör ihop"),
        ({"sentence": "x" * 301}, "Skriv högst 300 tecken"),
        ({"entries": "B-999999"}, "Det finns inget publicerat bidrag som är B-999999"),
        ({"entries": "en bänk"}, "inget publicerat bidrag som är en, bänk"),
        ({"link": "javascript:alert(1)"}, "Länken ska börja med https://"),
        (
            {"link": "https://example.se/x", "link_title": ""},
            "Skriv vad länken leder till",
        ),
    ],
)
def test_form_loses_nothing_on_error(client, person, changes, said):
    data = filled(**{"entries": "B-1", "link_title": "Min källa"} | changes)
    VersionFactory()

    page = client.post(FORM, data)

    shown = text(page)
    assert said in shown
    assert "<title>Fel:" in shown
    for value in (data["sentence"].strip(), data["entries"], data["link_title"]):
        assert value in shown
    assert not Connection.objects.exists()


def test_double_is_explained_at_the_field(client, person):
    proposed()

    shown = text(client.post(FORM, filled()))

    assert "Det sambandet finns redan" in shown
    assert SENTENCE in shown


def test_what_was_written_before_signing_in_is_given_back(client):
    person = UserFactory()
    client.force_login(person)
    tree, _ = read(client.get(FORM).content.decode())
    who = next(each["value"] for each in tree.all("input") if each["name"] == "who")
    client.logout()

    client.post(FORM, filled(sentence="Det jag hann skriva.", who=who))
    client.force_login(person)

    assert "Det jag hann skriva." in text(client.get(FORM))


# -- Deciding


def test_moderators_list_and_queue_count_what_waits(desk):
    connection = proposed()

    assert connection.title in text(desk.get(REVIEW))
    assert "Samband (1)" in text(desk.get("/granska/"))


def test_moderator_decides(desk):
    connection = proposed()
    page = f"{REVIEW}{connection.pk}/"
    no = {"decision": "decline", "reason": "too_thin", "message": "", "reply": ""}

    refused = text(desk.post(page, no))
    assert "Skriv varför det blev nej" in refused
    desk.post(page, no | {"message": "Påhittat nej."})

    assert ConnectionEvent.objects.filter(message="Påhittat nej.").exists()
    assert Connection.objects.get().status == ConnectionStatus.DECLINED


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_decision_that_comes_too_late_is_kept_on_the_page(desk, decision):
    connection = approved()  # a "decline" below lacks its reason, which is now moot

    page = desk.post(
        f"{REVIEW}{connection.pk}/",
        {"decision": decision, "message": "Mina ord.", "reply": "", "reason": ""},
    )

    assert "har redan fått ett beslut" in text(page)
    assert "Mina ord." in text(page)


@pytest.mark.parametrize("rights", [None, {}, {"contributor": True}])
def test_nobody_else_gets_the_moderators_pages(client, rights):
    connection = proposed()
    if rights is not None:
        client.force_login(UserFactory(**rights))

    for page in (REVIEW, f"{REVIEW}{connection.pk}/"):
        answers = {client.get(page).status_code, client.post(page).status_code}
        assert answers <= {302, 404}


def test_only_its_proposer_takes_back_what_is_not_approved_and_no_stays_no():
    connection, moderator = proposed(), UserFactory(moderator=True)
    taking_back = {"by": moderator, "message": "Stämmer inte."}
    no = {"reason": DeclineReason.TOO_THIN, "message": "Påhittat nej."}
    with pytest.raises(NotAllowed):
        workflow.withdraw_connection(connection, **taking_back)

    workflow.decline_connection(connection, by=moderator, **no)

    with pytest.raises(NotAllowed):
        workflow.withdraw_connection(connection, **taking_back)
    with pytest.raises(InvalidTransition):
        workflow.withdraw_connection(connection, by=connection.proposer)
