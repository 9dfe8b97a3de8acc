"""The document owner's pages for editions, and the site with a second in force."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import resolve, reverse

from livskvalitet import findable
from programme.enums import EditionStatus
from programme.models import Edition, Prioritering
from tests.crawling import internal
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.uppfoljning import next_edition

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

OF_EACH_ROUTE = 3
WORK = "/uppfoljning/utgavor/"


@pytest.fixture
def owner():
    return next_edition.owner()


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


# -- From a draft to the programme in force


def test_an_edition_goes_from_draft_to_in_force_in_the_pages(desk, owner):
    fields = {"title": "Provutgåvan", "slug": "2027"}
    years = {"period_start": "2027", "period_end": "2034"}
    first = desk.post(f"{WORK}ny/", fields | years)
    edition = next_edition.decided(Edition.objects.get(slug="2027"))
    rows = [str(pk) for pk in edition.lineages.values_list("pk", flat=True)]

    assert first["Location"] == f"{WORK}2027/"
    text = page(desk, f"{WORK}2027/")
    assert "En sak återstår" in text
    assert "prioritering 4.2.1 a (2016) till prioritering 4.2.1 a (2027)" in text
    desk.post(f"{WORK}2027/harkomst/", {"gor": "bekrafta", "rad": rows})
    assert "Ingenting återstår." in page(desk, f"{WORK}2027/")
    assert "Det går inte att ångra." in page(desk, f"{WORK}2027/satt-i-kraft/")
    desk.post(f"{WORK}2027/satt-i-kraft/")

    edition.refresh_from_db()
    assert edition.status == EditionStatus.IN_FORCE
    again = desk.post(f"{WORK}2027/satt-i-kraft/", follow=True)
    assert "Utgåvan är inte längre i det läget." in again.content.decode()


def test_an_edition_that_is_not_ready_is_refused_with_what_is_left(desk, owner):
    next_edition.drafted(owner)

    text = page(desk, f"{WORK}2027/satt-i-kraft/")
    answer = desk.post(f"{WORK}2027/satt-i-kraft/", follow=True).content.decode()

    assert "Skriv beslutets diarienummer." in text
    assert "kan inte sättas i kraft än" in answer
    assert Edition.objects.get(slug="2027").status == EditionStatus.PROPOSAL


def test_confirmed_lineage_can_be_opened_again(desk, owner):
    edition = next_edition.drafted(owner)
    next_edition.confirm_all(edition, owner)
    row = edition.lineages.first()

    desk.post(f"{WORK}2027/harkomst/", {"gor": "oppna", "rad": [str(row.pk)]})

    row.refresh_from_db()
    assert row.confirmed_on is None
    assert edition.lineages.filter(confirmed_on=None).count() == 1


def test_years_and_address_are_asked_of_in_words(desk, owner):
    next_edition.drafted(owner)
    fields = {"title": "En till", "slug": "2027"}

    years = {"period_start": "2034", "period_end": "2027"}
    text = desk.post(f"{WORK}ny/", fields | years).content.decode()

    assert "Det finns redan en utgåva med den adressdelen." in text
    assert "Sista året är före det första" in text


@pytest.mark.parametrize("act", ["harkomst", "satt-i-kraft", "avsluta"])
def test_for_all_others_there_is_no_page(client, owner, act):
    next_edition.drafted(owner)
    address = f"{WORK}2027/{act}/"

    anonymous = client.post(address)
    client.force_login(UserFactory(moderator=True))
    moderator = client.post(address)

    assert anonymous["Location"].startswith("/konto/")
    assert moderator.status_code == 404
    assert client.get(f"{WORK}2027/").status_code == 404


# -- The comparison


def test_a_proposal_is_compared_for_the_document_owner_alone(client, owner):
    edition = next_edition.drafted(owner)
    next_edition.reword(edition, "2027-4-2-1-a")
    next_edition.came_from("2027-4-2-1-b").delete()
    address = "/programmet/2027/jamfor/"

    hidden = client.get(address)
    client.force_login(UserFactory(moderator=True))
    from_moderator = client.get(address)
    client.force_login(owner)
    text = page(client, address)

    assert (hidden.status_code, from_moderator.status_code) == (404, 404)
    assert "Det här är ett förslag" in text
    assert "4.2.1 a (2016) till 4.2.1 a (2027): omformulerad, inte bekräftad" in text
    assert next_edition.REWORDED.split()[-1].strip(".") in text
    assert "Utan härkomst" in text
    assert client.get("/programmet/2016/jamfor/").status_code == 404


def test_editions_that_are_decided_are_compared_for_everybody(client, owner):
    next_edition.changed_in_force(owner)

    text = page(client, "/programmet/2027/jamfor/")

    assert "4.2.1 c (2016) till 4.2.1 b (2027): sammanslagen" in text
    assert "4.2.2 a (2016): struken" in text
    assert "inte bekräftad" not in text
    assert 'href="/programmet/2027/jamfor/"' in page(client, "/programmet/")


# -- The site with a second edition in force


def test_old_pages_say_what_became_of_them_and_new_ones_where_from(client, owner):
    next_edition.changed_in_force(owner)

    reworded = page(client, "/prioritering/2016-4-2-1-a/")
    dropped = page(client, "/prioritering/2016-4-2-2-a/")
    new = page(client, "/prioritering/2027-4-2-1-b/")
    area = Prioritering.objects.get(slug="2016-4-2-1-a").fokusomrade

    assert "Omformulerad i programmet 2027–2034" in reworded
    assert 'href="/prioritering/2027-4-2-1-a/"' in reworded
    assert "Prioriteringen finns inte i programmet 2027–2034." in dropped
    assert new.count("Sammanslagen sedan programmet 2016–2024") == 2
    assert "Oförändrad i programmet 2027–2034" in page(client, area.get_absolute_url())


def test_a_contribution_says_what_it_was_tagged_with(client, owner):
    tagged = Prioritering.objects.filter(slug__in=["2016-4-2-1-a", "2016-4-2-2-a"])
    version = stories.published(prioriteringar=list(tagged))
    before = page(client, version.get_absolute_url())
    next_edition.changed_in_force(owner)

    text = page(client, version.get_absolute_url())

    assert "Taggad mot" not in before
    assert "4.2.1 a (2016)</a>, nu <a" in text
    assert "4.2.2 a (2016)</a>, som inte finns i programmet nu" in text
    older = page(
        client, reverse("kunskapsbank:entry_version", args=[version.entry.slug, 1])
    )
    assert "4.2.1 a (2016)</a>, nu <a" in older


def test_short_addresses_lead_to_the_new_edition(client, owner):
    next_edition.in_force(owner)

    strand = client.get("/programmet/varmt-valkomnande/")
    whole = client.get("/programmet/hela/")

    assert strand["Location"] == "/programmet/2027/varmt-valkomnande/"
    assert whole["Location"] == "/programmet/2027/hela/"
    assert page(client, "/programmet/2016/")
    assert "Efter det kom ett nytt." in page(client, "/programmet/2016/kapitel/1-1/")


@pytest.mark.pages
@pytest.mark.pages
def test_the_whole_site_stands_with_a_second_edition_in_force(client, owner):
    next_edition.changed_in_force(owner)

    answers = walked(client, "/", "/prioritering/2016-4-2-1-a/", "/programmet/2016/")

    faults = {at: status for at, (_, status) in answers.items() if status >= 400}
    routes = {route for route, _ in answers.values()}
    assert faults == {}
    assert {"programme:comparison", "uppfoljning:start", "search"} <= routes
    assert "Livskvalitetsprogrammet gäller 2027–2034." in page(client, "/om/")
    assert any(each.startswith("/prioritering/2027-") for each in answers)
    assert len(routes) > 30


def walked(client, *starts):
    """The route and status of the site's pages, some of each route."""
    answers, met, queue = {}, Counter(), deque(starts)
    while queue:
        address = queue.popleft()
        route = resolve(urlsplit(address).path).view_name
        if address in answers or met[route] >= OF_EACH_ROUTE:
            continue
        met[route] += 1
        response = client.get(address)
        answers[address] = (route, response.status_code)
        # Read to its end, what is sent in pieces is closed as the client closes it.
        text = response.getvalue().decode(errors="replace")
        if not response.streaming:
            links = re.findall(r'href="([^"#]+)', text)
            found = (internal(unescape(each), address) for each in links)
            queue += [each for each in found if each and is_page(each)]
    return answers


def is_page(address):
    return not address.startswith(("/static/", "/oppna-data/", "/datasets/"))


def test_the_index_is_as_if_it_were_made_anew(owner):
    next_edition.changed_in_force(owner)

    assert findable.catch_up() == 0


@pytest.mark.pages
def test_content_is_loaded_again_without_undoing_the_new_edition(owner):
    edition = next_edition.in_force(owner)

    call_command("load_content", verbosity=0)

    edition.refresh_from_db()
    assert edition.status == EditionStatus.IN_FORCE
