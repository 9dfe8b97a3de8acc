import json
import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils import timezone

from kunskapsbank import chain, workflow
from kunskapsbank.enums import EntryState, Outcome, PublicName, Status
from kunskapsbank.models import Entry, ReviewEvent, Version
from programme.models import Prioritering
from search import generation
from tests.factories import OrganisationFactory, TagFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

DROTTNINGH = "/kunskapsbank/drottningh-utveckling-av-drottninghog/"
# Generation, version, tags, related, organisations, last event
QUERIES = 5


def page(client, version_or_address=DROTTNINGH):
    address = version_or_address
    if isinstance(address, Version):
        generation.touch()
        address = address.get_absolute_url()
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def data_of(text):
    """The page's JSON-LD that is not its breadcrumbs."""
    blocks = re.findall(r"application/ld\+json\">(.*?)</script>", text, re.DOTALL)
    (data,) = [
        each for each in map(json.loads, blocks) if each["@type"] == "CreativeWork"
    ]
    return data


def test_page_shows_a_launch_contribution_as_loaded_and_not_as_reviewed(client):
    text = page(client)

    assert "Gott exempel</p>" in text
    assert "<h1>DrottningH – utveckling av Drottninghög</h1>" in text
    assert "Av Redaktionen. Inläst vid starten <time" in text
    assert "De som nämns har inte granskat eller bekräftat den." in text
    assert "Adressen är inte kontrollerad." in text
    assert "Granskat" not in text


def test_page_says_where_the_contribution_belongs(client):
    text = page(client)

    for number in ("4.1.1 d", "4.1.2 a", "4.2.3 a"):
        assert f"{number}. <span" in text
    for prioritering in Prioritering.objects.filter(
        slug__in=["2016-4-1-1-d", "2016-4-1-2-a", "2016-4-2-3-a"]
    ):
        assert prioritering.text in text
        assert f'href="{prioritering.get_absolute_url()}"' in text
    for slug, name in (
        ("bostader", "bostäder"),
        ("dialog", "dialog"),
        ("stadsdel", "stadsdel"),
    ):
        assert f'<a href="/kunskapsbank/amne/{slug}/">{name}</a>' in text


def test_page_links_to_its_source(client):
    text = page(client)

    link = re.search(r'<a [^>]*href="https://drottningh[^>]*>', text)[0]
    assert 'rel="noopener nofollow"' in link
    assert 'hreflang="sv"' in link
    assert "Läs mer på drottningh.helsingborg.se<" in text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", ", engelska<"),
        ("da", ", danska<"),
        ("xx", ", xx<"),
        ("sv", "<"),
    ],
)
def test_source_says_its_language(client, code, words):
    version = VersionFactory(
        address="https://www.example.se/sida", address_language=code
    )

    text = page(client, version)

    assert f"Läs mer på example.se{words}" in text


@pytest.mark.parametrize(
    "address", ["", "ftp://example.se/", "javascript:alert(1)", "https:///x", "//x.se"]
)
def test_only_pages_on_the_web_are_linked(client, address):
    text = page(client, VersionFactory(address=address))

    assert "Läs mer på" not in text


def test_page_of_a_contribution_by_people(client):
    version = VersionFactory(
        byline="Seniorgruppen",
        background="Det **började** så.",
        lessons="# Viktigt\n\nFråga <b>barnen</b>.",
        outcome=Outcome.PARTLY,
        period_start=2017,
        period_end=2019,
        place="Råå",
        organisations=[OrganisationFactory(name="Byalaget")],
        published_at=datetime(2019, 3, 2, 23, 30, tzinfo=UTC),
    )

    text = page(client, version)

    # In Stockholm it is already the next day
    assert 'Av Seniorgruppen. Publicerat <time datetime="2019-03-03">' in text
    assert "<p>Det <strong>började</strong> så.</p>" in text
    assert "<h3>Viktigt</h3>" in text
    for fact in ("lyckades delvis", "2017–2019", "Råå"):
        assert f"<dd>{fact}</dd>" in text
    assert ">Byalaget</a></dd>" in text
    assert f"<dd>B-{version.entry_id}</dd>" in text
    assert "Inläst vid starten" not in text
    assert "Så gick det till" not in text


def test_facts_that_are_missing_are_left_out(client):
    text = page(client, VersionFactory())

    assert "<dt>Nummer</dt>" in text
    for term in ("Organisation", "År", "Plats", "Hur det gick"):
        assert f"<dt>{term}" not in text


def test_launch_content_that_people_have_taken_over_is_theirs(client):
    entry = Entry.objects.get(launch_key="ex-01")
    event = ReviewEvent(
        entry=entry,
        position=2,
        version_number=1,
        act="published",
        happened_at=timezone.now(),
        previous_hash=entry.last_event.hash,
    )
    event.hash = chain.event_hash(event)
    event.save()
    generation.touch()

    text = page(client)

    assert "Inläst vid starten" not in text
    assert "Publicerat <time" in text


def test_page_tells_machines_what_it_is(client, settings):
    data = data_of(page(client))

    number = Entry.objects.get(launch_key="ex-01").number
    assert data["name"] == "DrottningH – utveckling av Drottninghög"
    assert data["author"] == {"@type": "Organization", "name": "Redaktionen"}
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["inLanguage"] == "sv"
    assert data["identifier"] == number
    assert data["isPartOf"]["url"] == f"{settings.SITE_ADDRESS}/kunskapsbank/"
    assert [each["url"] for each in data["about"]] == [
        f"{settings.SITE_ADDRESS}/prioritering/{slug}/"
        for slug in ("2016-4-1-1-d", "2016-4-1-2-a", "2016-4-2-3-a")
    ]


@pytest.mark.parametrize(
    ("choice", "author"),
    [
        (PublicName.NAME, {"@type": "Person", "name": "Ida Dahl"}),
        (PublicName.ORGANISATION, {"@type": "Organization", "name": "Grannar"}),
        (PublicName.NONE, None),
    ],
)
def test_machines_are_told_only_the_name_that_was_chosen(client, choice, author):
    organisation = OrganisationFactory(name="Grannar")
    version = stories.published(organisations=[organisation], public_name=choice)

    assert data_of(page(client, version)).get("author") == author


def test_machines_are_told_whose_text_an_unnamed_person_changed(client):
    version = stories.published()
    change = stories.changed(
        version, by=stories.author_named("Bo Alm"), public_name=PublicName.NONE
    )
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    data = data_of(page(client, version))
    assert data["author"] == {"@type": "Person", "name": "Ida Dahl"}


def test_nothing_that_people_write_ends_the_data(client):
    version = VersionFactory(title="</script><script>alert(1)</script>")
    generation.touch()

    html = client.get(version.get_absolute_url()).content.decode()

    assert "<script>alert(1)" not in html


def test_reference_has_address_and_date(client, settings, time_machine):
    time_machine.move_to(datetime(2027, 5, 17, 12, tzinfo=UTC), tick=False)
    version = VersionFactory(title="Ett bidrag", byline="Byalaget")

    text = page(client, version)

    assert (
        "Byalaget (2027). ”Ett bidrag”. Livskvalitet Helsingborg, kunskapsbanken, "
        f"B-{version.entry_id}, första versionen, publicerad 17 maj 2027. "
        f"{settings.SITE_ADDRESS}{version.get_absolute_url()}historik/1/ "
        "(hämtad 17 maj 2027)."
    ) in text


def test_related_contributions_are_shown_and_itself_is_not(client):
    prioriteringar = Prioritering.objects.order_by("pk")[:2]
    others = [VersionFactory(prioriteringar=prioriteringar) for _ in range(5)]
    version = VersionFactory(prioriteringar=prioriteringar, tags=[TagFactory()])
    generation.touch()

    related = client.get(version.get_absolute_url()).context["related"]

    assert related == [others[4], others[3], others[2], others[1]]


@pytest.mark.parametrize("state", [EntryState.HIDDEN, EntryState.WITHDRAWN])
def test_what_is_taken_away_is_gone_and_says_why(client, state):
    version = VersionFactory()
    version.entry.state = state
    version.entry.state_reason = "Organisationen bad om det."
    version.entry.save()

    response = client.get(version.get_absolute_url())

    text = response.content.decode()
    assert response.status_code == 410
    assert "Organisationen bad om det." in text
    assert version.title not in text
    assert "ETag" not in response


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.PUBLISHED}))
def test_what_is_not_published_is_not_found(client, status):
    version = VersionFactory(status=status)

    response = client.get(version.get_absolute_url())

    assert response.status_code == 404
    assert version.title not in response.content.decode()


@pytest.mark.parametrize(
    "slug", ["finns-inte", "%00", "%FF", "a" * 3000, "å", "..%2f", "'", "1"]
)
def test_unknown_addresses_are_not_found(client, slug):
    assert client.get(f"/kunskapsbank/{slug}/").status_code == 404


@pytest.mark.parametrize("query", ["?sida=-1", "?%00=%FF", f"?x={10**30}"])
def test_parameters_change_nothing(client, settings, query):
    text = unescape(client.get(DROTTNINGH + query).content.decode())

    assert f'rel="canonical" href="{settings.SITE_ADDRESS}{DROTTNINGH}"' in text


def test_queries_are_few(client, django_assert_num_queries):
    page(client)

    with django_assert_num_queries(QUERIES):
        page(client)


def test_queries_are_as_few_with_600(client, many_entries, django_assert_num_queries):
    page(client)

    with django_assert_num_queries(QUERIES):
        page(client)
