"""Sending a contribution in, and writing at other times than the first."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kunskapsbank import workflow
from kunskapsbank.enums import Kind, PublicName, Status
from kunskapsbank.models import Version
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.kunskapsbank.writing import at, html_of, post, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return stories.author()


@pytest.fixture
def client(client, author):
    client.force_login(author)
    return client


# -- Sending in


def test_a_complete_text_is_sent_in_and_receipted(client, author):
    version = stories.draft(author)

    response = send(client, version, note="Bilden är min.")
    page = html_of(client.get(response.url))

    version.refresh_from_db()
    assert version.status == Status.SUBMITTED
    assert version.entry.last_event.detail.message == "Bilden är min."
    assert version.entry.number in page


@pytest.mark.trust("R1")
def test_sending_twice_gives_one_receipt(client, author):
    """Trust R1."""
    version = stories.draft(author)
    key = str(uuid4())

    first, second = (send(client, version, key=key) for _ in range(2))

    assert first.url == second.url
    assert stories.acts(version.entry) == ["submitted"]


def test_what_is_missing_is_told_with_links_that_come_back(client, author):
    version = workflow.start_draft(kind=Kind.EXPERIENCE, by=author)

    html = html_of(send(client, version))

    assert "Rätta sex saker så kan du skicka in" in html
    assert "Välj hur det gick" in html
    assert f"{at(version)}?fran=kontrollera#id_title" in html
    assert Version.objects.get(pk=version.pk).status == Status.DRAFT


def test_the_licence_must_be_granted(client, author):
    """Trust A27."""
    version = stories.draft(author)

    html = html_of(send(client, version, grants_licence=""))

    version.refresh_from_db()
    assert "Kryssa i att" in html
    assert 'href="#id_grants_licence"' in html
    assert version.status == Status.DRAFT


def test_all_that_is_missing_is_told_in_one_place(client, author):
    version = stories.draft(author, title="")

    html = html_of(send(client, version, grants_licence=""))

    assert html.count('role="alert" tabindex="-1"') == 1
    assert "Rätta två saker så kan du skicka in" in html


def test_what_was_chosen_is_said_as_it_was_asked(client, author):
    version = stories.draft(author, kind="experience", outcome="partly")

    html = html_of(client.get(at(version, "kontrollera")))

    assert "Det lyckades delvis" in html


def test_what_sending_in_means_is_said_there(client, author, settings):
    """Trust A12, A22 and A27, for whoever never saw the start page too."""
    settings.PUBLISHER = settings.PUBLISHER | {"publisher": "Provstads kommun"}
    version = stories.draft(author)

    html = html_of(client.get(at(version, "kontrollera")))

    assert "Webbplatsen drivs av Provstads kommun" in html
    assert "blir en allmän handling. Den kan diarieföras och lämnas ut" in html
    assert "Länka till det i stället" in html
    assert html.count('type="checkbox"') == 1


def test_an_owner_who_did_not_write_sees_no_address(client, author):
    other = UserFactory(contributor=True, name="Bo Ek", email="medagare@example.se")
    version = stories.returned(stories.submitted(other))
    version.entry.owners.add(author)

    pages = [client.get(at(version, step)) for step in ("om-dig", "kontrollera")]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("medagare@example.se" in html_of(page) for page in pages)


@pytest.mark.parametrize("number", ["19811218-9876", "811218 9876", "8112789873"])
def test_a_personal_number_is_refused(client, author, number):
    """Trust A11."""
    version = stories.draft(author, summary=f"Ring {number}.")

    response = send(client, version)

    version.refresh_from_db()
    assert "Ta bort personnumret" in html_of(response)
    assert version.status == Status.DRAFT


def test_a_name_that_is_missing_is_asked_for(client):
    nameless = UserFactory(contributor=True)
    client.force_login(nameless)
    version = stories.draft(nameless, public_name=PublicName.NAME)

    html = html_of(send(client, version))

    assert "Skriv ditt namn, eller välj ett annat alternativ" in html


def test_text_that_changed_since_it_was_read_is_not_sent(client, author):
    version = stories.draft(author)

    response = send(client, version, lock=version.lock - 1)

    version.refresh_from_db()
    assert response.status_code == 409
    assert version.status == Status.DRAFT


# -- Other times and people


def test_a_returned_text_shows_what_was_asked(client, author):
    version = stories.returned(stories.submitted(author))

    html = html_of(client.get(at(version)))

    assert "Vem äger bilden?" in html


def test_a_returned_text_can_be_sent_in_again(client, author):
    version = stories.returned(stories.submitted(author))

    send(client, version)

    version.refresh_from_db()
    assert version.status == Status.SUBMITTED


def test_a_proposal_says_that_the_old_text_stays(client, author):
    proposal = workflow.propose_change(stories.published(author).entry, by=author)

    html = html_of(client.get(at(proposal)))

    assert "Den publicerade texten ligger kvar" in html


def test_a_submitted_text_cannot_be_changed_and_what_was_written_is_shown(
    client, author
):
    version = stories.submitted(author)

    response = post(client, version, title="Senare tanke")

    version.refresh_from_db()
    assert response.status_code == 409
    assert "Senare tanke" in html_of(response)
    assert version.title != "Senare tanke"


def test_another_persons_draft_is_not_there(client):
    version = stories.draft(stories.author_named("other"))

    assert client.get(at(version)).status_code == 404


def test_the_preview_is_the_page_that_readers_meet(client, author):
    version = stories.draft(author, kind=Kind.GOOD_EXAMPLE, result="Det **gick** bra.")

    html = html_of(client.get(reverse("kunskapsbank:write_preview", args=[version.pk])))

    version.refresh_from_db()
    assert "<strong>gick</strong>" in html
    assert "Bara du ser den nu" in html
    assert version.published_at is None
    assert version.byline == ""


def test_a_preview_of_nothing_is_a_page(client, author):
    version = workflow.start_draft(kind=Kind.LINK, by=author)

    response = client.get(reverse("kunskapsbank:write_preview", args=[version.pk]))

    assert response.status_code == 200
