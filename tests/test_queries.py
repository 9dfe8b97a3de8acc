"""How many times each kind of page asks the database, whatever it holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kunskapsbank.models import Organisation, Tag, TaggedVersion, Version
from programme import taxonomy
from programme.models import Prioritering
from search import generation
from tests.factories import EntryFactory, VersionFactory
from tests.uppfoljning import next_edition

pytestmark = pytest.mark.engine

LIST = "/kunskapsbank/"
AREA = "/programmet/2016/varmt-valkomnande/hem-for-alla/"
ENTRY = "an entry"
HISTORY = "its history"
PROPOSE = "how to change it"
HELPFUL = "whether it helped"
# Queries when the programme's tree and the facets are kept in process, as they are
# between changes. One of them reads the content generation. A number may be lowered.
PAGES = {
    "/": 4,
    "/programmet/": 1,
    "/programmet/2016/hela/": 3,
    "/programmet/2016/kapitel/1-1/": 1,
    "/programmet/2016/kapitel/2-1/": 3,
    "/programmet/2016/varmt-valkomnande/": 3,
    AREA: 8,
    "/prioritering/2016-4-3-1-b/": 9,
    "/omvarld/": 5,
    "/omvarld/agenda-2030/": 6,
    "/omvarld/agenda-2030/ingen-fattigdom/": 6,
    "/omvarld/styrdokument/": 6,
    "/ordlista/": 4,
    LIST: 3,
    f"{LIST}?sida=2": 3,
    f"{LIST}?vilja=1&fokus=4.1.2&typ=forskning&ordning=a-o": 3,
    f"{LIST}?q=barn&vilja=2&amne=dialog": 10,
    f"{LIST}?q=stad&ordning=ar": 9,
    "/sok/": 1,
    "/sok/?q=barn&vilja=2&amne=dialog": 13,
    "/sok/?q=stad": 8,
    ENTRY: 5,
    HISTORY: 4,
    PROPOSE: 2,
    HELPFUL: 2,
    f"{LIST}amne/": 2,
    f"{LIST}amne/dialog/": 6,
    f"{LIST}organisation/": 2,
    f"{LIST}organisation/helsingborgs-stad/?sida=2": 7,
    "/kunskapsbank/sa-granskar-vi/": 3,
    "/kunskapsbank/vita-flackar/": 3,
    "/kunskapsbank/flode.atom": 3,
    "/kunskapsbank/flode.atom?vilja=1&typ=forskning": 3,
    "/folj/": 1,
    "/folj/?prio=2016-4-3-1-b": 1,
    "/kunskapsbank/samlingar/": 2,
    "/samband/": 1,
    "/samband/?visa=alla": 1,
    "/samband/2016-4-1-3/2016-4-3-1/": 12,
    "/malkedjan/2016-4-3-1-b/": 8,
    "/tipsa/": 1,
    "/tillganglighet/rapportera/": 1,
    "/uppfoljning/": 6,
    "/uppfoljning/varmt-valkomnande/": 5,
    "/uppfoljning/varmt-valkomnande/hem-for-alla/": 5,
    "/uppfoljning/nyckeltal/": 5,
    "/uppfoljning/nyckeltal/trangboddhet/": 6,
    "/uppfoljning/verksamhetsplan/?fokus=4.3.1": 1,
    "/uppfoljning/verksamhetsplan/blad/?fokus=4.3.1&fokus=4.1.2": 6,
    "/uppfoljning/insatser/": 8,
    "/uppfoljning/insatser/?fokus=4.1.2&lage=pagar": 8,
    "/uppfoljning/rapporter/": 2,
    "/uppfoljning/oppenhet/": 9,
    "/om/": 1,
    "/om/design/": 2,
    "/om/kakor/": 1,
    "/om/personuppgifter/": 1,
    "/om/webbplatskarta/": 4,
    "/tillganglighet/": 1,
    "/kort-och-enkelt/": 1,
    "/in-english/": 1,
    "/oppna-data/": 1,
    "/oppna-data/api/": 1,
    "/robots.txt": 1,
    "/sitemap.xml": 15,
}
# For the document owner, while an edition is drafted; some of it is signing in.
OF_EDITIONS = {
    "/programmet/andringar/": 9,
    "/programmet/2027/jamfor/": 25,
    "/uppfoljning/utgavor/": 9,
    "/uppfoljning/utgavor/ny/": 8,
    "/uppfoljning/utgavor/2027/": 34,
    "/uppfoljning/utgavor/2027/satt-i-kraft/": 33,
}
# What one reading of the tree and the facets costs, after a change of content.
READING_ANEW = 16


def entry_address():
    listed = Version.objects.listed().select_related("entry")
    return listed.filter(tags__isnull=False).first().get_absolute_url()


def address_of(name):
    entry = entry_address()
    under = {
        ENTRY: "",
        HISTORY: "historik/",
        PROPOSE: "foresla-andring/",
        HELPFUL: "hjalpte-det/",
    }
    return f"{entry}{under[name]}" if name in under else name


def count(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)


def warm(client):
    client.get("/")
    client.get("/programmet/")
    client.get(LIST)
    client.get("/samband/")


def add_contributions(number):
    """Published contributions with as many ties as the real ones have."""
    before = Version.objects.count()
    entries = [EntryFactory.build() for _ in range(number)]
    type(entries[0]).objects.bulk_create(entries)
    versions = [VersionFactory.build(entry=entry, number=1) for entry in entries]
    Version.objects.bulk_create(versions)
    _tie(versions)
    generation.touch()
    assert Version.objects.count() == before + number


def _tie(versions):
    prioriteringar = list(Prioritering.objects.all())
    organisations = list(Organisation.objects.all()[:2])
    tags = list(Tag.objects.all()[:3])
    ties = Version.prioriteringar.through
    ties.objects.bulk_create(
        ties(version=version, prioritering=prioriteringar[(place + step) % 58])
        for place, version in enumerate(versions)
        for step in (0, 7, 21)
    )
    memberships = Version.organisations.through
    memberships.objects.bulk_create(
        memberships(version=version, organisation=organisation)
        for version in versions
        for organisation in organisations
    )
    TaggedVersion.objects.bulk_create(
        TaggedVersion(content_object=version, tag=tag)
        for version in versions
        for tag in tags
    )


def test_page_asks_the_database_no_more_than_agreed(client, db):
    warm(client)

    asked = {name: count(client, address_of(name)) for name in PAGES}

    assert {name: n for name, n in asked.items() if n > PAGES[name]} == {}


@pytest.mark.thorough
def test_pages_of_editions_ask_no_more_than_agreed(client, db):
    owner = next_edition.owner()
    next_edition.drafted(owner)
    client.force_login(owner)

    asked = {}
    for address in OF_EDITIONS:
        client.get(address)
        asked[address] = count(client, address)

    over = {each: n for each, n in asked.items() if n > OF_EDITIONS[each]}
    assert over == {}


def test_reading_anew_costs_a_fixed_number(client, db):
    warm(client)
    kept = count(client, LIST)

    taxonomy.forget()

    assert count(client, LIST) - kept <= READING_ANEW


@pytest.mark.thorough
def test_ten_times_the_contributions_cost_no_more_queries(client, db):
    addresses = [address_of(name) for name in PAGES]
    warm(client)
    before = {address: count(client, address) for address in addresses}
    taxonomy.forget()
    before["anew"] = count(client, LIST)

    add_contributions(540)

    after = {"anew": count(client, LIST)}
    warm(client)
    after |= {address: count(client, address) for address in addresses}
    assert Version.objects.listed().count() == 600
    assert after == before


def test_unchanged_page_costs_one_query(client, db):
    etag = client.get(LIST).headers["ETag"]

    with CaptureQueriesContext(connection) as captured:
        response = client.get(LIST, headers={"if-none-match": etag})

    assert response.status_code == 304
    assert len(captured) == 1


WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "REPLACE", "TRUNC")


@pytest.mark.thorough
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_writes_nothing(client, db, method):
    for address in [*map(address_of, PAGES), "/finns-inte/"]:
        with CaptureQueriesContext(connection) as captured:
            getattr(client, method)(address)
        said = [query["sql"].lstrip().upper() for query in captured]
        assert [sql for sql in said if sql.startswith(WRITES)] == [], address


def test_the_trap_for_writes_would_catch_one(db):
    with CaptureQueriesContext(connection) as captured:
        generation.touch()

    assert captured[0]["sql"].lstrip().upper().startswith(WRITES)
