"""Mina bidrag: where each text is, what is said of it and on whom it waits."""

import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason, Status
from tests.factories import UserFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

LIST = "/mina-bidrag/"


def page(person, address=LIST, status=200):
    client = Client()
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def of(version):
    return f"{LIST}{version.pk}/"


def main(text):
    return text[text.index("<main") : text.index("</main>")]


@pytest.fixture
def author():
    return stories.author()


def test_list_is_for_those_who_have_signed_in(client):
    response = client.get(LIST)

    assert response.status_code == 302
    assert response.url.startswith("/konto/")


def test_who_has_nothing_is_shown_a_way_on(author):
    text = main(page(author))

    assert "Här är det tomt än" in text
    assert 'href="/kunskapsbank/"' in text


def test_who_may_not_write_is_told_so():
    text = main(page(UserFactory()))

    assert "Ditt konto kan inte skriva bidrag än." in text


def test_each_text_tells_on_whom_it_waits(author):
    stories.draft(author, title="Ett utkast")
    stories.returned(stories.submitted(author, title="Ett svar"))
    stories.submitted(author, title="Ett inskickat")
    stories.published(author, title="Ett publicerat")
    stories.declined(stories.submitted(author, title="Ett avböjt"))

    text = main(page(author))

    titles = re.findall(r'/mina-bidrag/\d+/">([^<]+)<', text)
    assert titles == [
        "Ett svar",
        "Ett utkast",
        "Ett inskickat",
        "Ett avböjt",
        "Ett publicerat",
    ]
    for said in (
        "Väntar på dig: svara på granskarnas fråga och skicka in igen.",
        "Väntar på dig: skriv klart och skicka in.",
        "Väntar på granskarna. Nummer 1 i kön, inskickat i dag.",
        "Granskarna publicerade inte bidraget.",
        "Alla kan läsa bidraget.",
    ):
        assert said in text
    assert "Granskaren skriver: ”Vem äger bilden?”" in text


def test_place_in_the_queue_counts_those_before_and_names_nobody(author):
    others = [stories.submitted(title=f"Någon annans {number}") for number in range(3)]
    mine = stories.submitted(author)

    text = main(page(author))

    assert "Nummer 4 i kön" in text
    assert "Någon annans" not in text
    workflow.take_back(others[0], by=others[0].author)
    assert "Nummer 3 i kön" in main(page(author, of(mine)))


def test_waiting_is_told_in_days(author):
    with time_machine.travel("2026-03-01T12:00:00+01:00"):
        stories.submitted(author)
    with time_machine.travel("2026-03-08T12:00:00+01:00"):
        assert "inskickat för 7 dagar sedan" in page(author)


def test_draft_tells_how_long_it_is_kept(author):
    with time_machine.travel("2026-03-01T12:00:00+01:00"):
        stories.draft(author)

        assert "Utkastet sparas till <time" in page(author)
        assert "30 maj 2026" in page(author)


def test_what_was_handed_in_once_is_kept(author):
    version = stories.submitted(author)
    workflow.take_back(version, by=author)

    assert "Utkastet sparas till" not in page(author)


def test_text_without_a_title_has_a_name(author):
    stories.draft(author, title="")

    assert ">Utan rubrik<" in page(author)


def test_new_owner_sees_what_is_handed_in_and_no_draft(author):
    version = stories.published(author, title="Gemensamt")
    workflow.propose_change(version.entry, by=author)
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=author)

    text = main(page(owner))

    assert text.count("Gemensamt") == 1


@pytest.mark.parametrize("status", Status)
def test_somebody_else_s_text_is_not_found(author, status):
    """8.2.2"""
    version = stories.at(status, by=author)

    for person in (stories.author(), stories.moderator(), UserFactory()):
        page(person, of(version), 404)


@pytest.mark.parametrize("status", Status)
def test_own_text_is_found_in_every_status(author, status):
    assert stories.COMPLETE["title"] in page(author, of(stories.at(status, by=author)))


def test_page_tells_the_decision_the_reason_and_the_whole_message(author):
    version = stories.submitted(author)
    stories.declined(version, reason=DeclineReason.PERSONAL_DATA)

    text = main(page(author, of(version)))

    assert "Skäl: uppgifter om någon som inte har sagt ja." in text
    assert "Berätta gärna mer." in text
    assert "Granskarens senaste svar" in text


def test_page_tells_what_happened_without_naming_moderators(author):
    version = stories.returned(stories.submitted(author))
    stories.hand_in(version, by=author)

    text = main(page(author, of(version)))

    assert text.count("Du</p>") == 2
    assert "En granskare" in text
    assert "Mo Lind" not in text
    for act in ("Inskickat", "Komplettering begärd", "Inskickat igen"):
        assert f"<strong>{act}</strong>" in text


def test_another_s_message_is_not_the_reader_s_own(author):
    version = stories.submitted(author)
    owner = stories.author()
    workflow.add_owner(version.entry, owner=owner, by=author)

    text = main(page(owner, of(version)))

    assert "Du</p>" not in text
    assert "En annan person" in text
    assert "Ida Dahl" not in text


def test_what_is_hidden_or_withdrawn_says_so(author):
    hidden = stories.published(author)
    workflow.hide(
        hidden.entry, by=stories.moderator(), reason=DeclineReason.THREAT, message="Så."
    )
    gone = stories.published(author)
    workflow.withdraw(gone.entry, by=author)

    assert "Granskarna har dolt bidraget." in page(author, of(hidden))
    assert "Så." in page(author, of(hidden))
    assert "Bidraget är återtaget" in page(author, of(gone))
    assert "Granskarna har dolt bidraget." in page(author)


def test_what_moderators_took_down_stays_in_the_list_and_says_so(author):
    first = stories.published(author, title="Den första")
    second = stories.changed(first, title="Den andra")
    moderator = stories.moderator()
    second = workflow.publish(second, by=moderator, lock=second.lock)
    workflow.undo_publication(second, by=moderator, message="Fel text.")

    text = main(page(author))

    assert "Den andra" in text
    assert "publiceringen ångrad" in text
    assert "Granskarna har ångrat publiceringen." in text
    assert "Granskaren skriver: ”Fel text.”" in text
    assert text.count("Alla kan läsa bidraget.") == 1
    assert "Alla kan läsa" not in main(page(author, of(second)))


def test_old_texts_do_not_say_that_they_are_the_public_one(author):
    first = stories.at(Status.REPLACED, by=author)

    assert f'"{of(first)}"' not in page(author)
    assert "En nyare version gäller." in page(author, of(first))
    workflow.suppress(first, by=stories.moderator(), message="Ett namn.")
    assert "undantagit texten ur den öppna historiken" in page(author, of(first))
    assert f'"{of(first)}"' in page(author)


def test_who_lost_the_right_to_write_is_told_what_to_do(author):
    stories.returned(stories.submitted(author))
    author.user_permissions.clear()

    text = main(page(type(author).objects.get(pk=author.pk)))

    assert "Ditt konto kan inte skriva bidrag längre." in text
    assert "Väntar på dig" not in text


def test_list_asks_as_many_questions_whatever_it_holds(
    author, django_assert_max_num_queries
):
    for _ in range(3):
        stories.draft(author)
        stories.returned(stories.submitted(author))
        stories.published(author)
    client = Client()
    client.force_login(author)
    client.get(LIST)

    with django_assert_max_num_queries(18):
        client.get(LIST)


def test_pages_are_kept_by_nobody(author):
    client = Client()
    client.force_login(author)

    for address in (LIST, of(stories.draft(author))):
        response = client.get(address)
        assert "no-store" in response.headers["Cache-Control"]
        assert "ETag" not in response


def test_markup_in_a_title_is_text(author):
    VersionFactory(status=Status.DRAFT, author=author, title="<b>x</b>")
    client = Client()
    client.force_login(author)

    assert b"<b>x</b>" not in client.get(LIST).content
