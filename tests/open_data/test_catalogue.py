"""The catalogue has what DCAT-AP-SE 3.0.1 demands, and stays up without a database.

What the profile demands is read from its machine-readable form, 3.0.1/bundle.json of
25 November 2024 (github.com/diggsweden/DCAT-AP-SE, commit 430356b): `min` 1 is what
must be said, and `max` 1 what is said once. What a word must be is in shapes.ttl and
range.ttl of DCAT-AP 3.0.0 (github.com/SEMICeu/DCAT-AP, commit 60aff84). The two differ
on `dcterms:format`, which is a literal in Sweden.
"""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import OperationalError, connection
from django.test import Client
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from tests.open_data.reading import whole

pytestmark = [pytest.mark.pages, pytest.mark.thorough]

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"
CREATIVE_COMMONS = "http://creativecommons.org/"
# Kolada names no licence but has terms of its own.
KOLADA_TERMS = URIRef("https://www.kolada.se/om-oss/api/")
CC0 = URIRef(f"{CREATIVE_COMMONS}publicdomain/zero/1.0/")
BORROWED = (EU, IANA, PUBLISHER_TYPES, CREATIVE_COMMONS, str(KOLADA_TERMS))
ADDRESSES = ["/datasets/dcat", "/datasets/dcat.rdf"]
PUBLISHER = {
    **settings.PUBLISHER,
    "publisher": "Helsingborgs stad",
    "organisation_number": "212000-1157",
    "contact_email": "livskvalitet@example.se",
}
ORGANISATION = URIRef("http://dataportal.se/organisation/SE2120001157")
BOTH = {"sv", "en"}

# -- By class, what every one of them must say. The profile's own mandatory properties
# stand first; then those that it recommends and the site promises (trust A26).
MANDATORY = [
    (DCAT.Catalog, DCTERMS.title),
    (DCAT.Catalog, DCTERMS.description),
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Catalog, DCTERMS.license),
    (DCAT.Catalog, DCAT.dataset),
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.Dataset, DCTERMS.publisher),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.Distribution, DCTERMS.format),
    (DCAT.DataService, DCTERMS.title),
    (DCAT.DataService, DCAT.endpointURL),
    (DCAT.DataService, DCTERMS.format),
    (FOAF.Agent, FOAF.name),
    (FOAF.Agent, DCTERMS.type),
    (VCARD.Organization, VCARD.fn),
    (VCARD.Organization, VCARD.hasEmail),
]
PROMISED = [
    (DCAT.Catalog, DCTERMS.language),
    (DCAT.Catalog, FOAF.homepage),
    (DCAT.Catalog, DCAT.themeTaxonomy),
    (DCAT.Catalog, DCAT.service),
    (DCAT.Dataset, DCAT.contactPoint),
    (DCAT.Dataset, DCAT.theme),
    (DCAT.Dataset, DCAT.keyword),
    (DCAT.Dataset, DCAT.distribution),
    (DCAT.Dataset, DCAT.landingPage),
    (DCAT.Dataset, DCTERMS.identifier),
    (DCAT.Dataset, DCTERMS.accessRights),
    (DCAT.Dataset, DCTERMS.accrualPeriodicity),
    (DCAT.Dataset, DCTERMS.language),
    (DCAT.Distribution, DCTERMS.title),
    (DCAT.Distribution, DCTERMS.description),
    (DCAT.Distribution, DCTERMS.license),
    (DCAT.Distribution, DCAT.mediaType),
    (DCAT.DataService, DCTERMS.description),
    (DCAT.DataService, DCTERMS.publisher),
    (DCAT.DataService, DCTERMS.license),
    (DCAT.DataService, DCTERMS.accessRights),
    (DCAT.DataService, DCAT.contactPoint),
    (DCAT.DataService, DCAT.endpointDescription),
    (DCAT.DataService, DCAT.servesDataset),
]
# Where a thing may be said once and no more.
ONCE = [
    (DCAT.Catalog, DCTERMS.publisher),
    (DCAT.Catalog, DCTERMS.license),
    (DCAT.Catalog, FOAF.homepage),
    (DCAT.Dataset, DCTERMS.publisher),
    (DCAT.Dataset, DCTERMS.accrualPeriodicity),
    (DCAT.Dataset, DCTERMS.accessRights),
    (DCAT.Distribution, DCAT.accessURL),
    (DCAT.Distribution, DCTERMS.license),
    (DCAT.Distribution, DCTERMS.format),
    (DCAT.Distribution, DCAT.mediaType),
    (DCAT.DataService, DCTERMS.license),
    (DCAT.DataService, DCTERMS.accessRights),
    (DCAT.DataService, DCTERMS.format),
    (DCTERMS.PeriodOfTime, DCAT.startDate),
    (DCTERMS.PeriodOfTime, DCAT.endDate),
    (FOAF.Agent, DCTERMS.type),
    (VCARD.Organization, RDF.type),
]
# What a property must point to, where the profiles say.
RANGES = [
    (DCTERMS.publisher, FOAF.Agent),
    (DCAT.contactPoint, VCARD.Organization),
    (DCAT.dataset, DCAT.Dataset),
    (DCAT.distribution, DCAT.Distribution),
    (DCAT.service, DCAT.DataService),
    (DCAT.accessService, DCAT.DataService),
    (DCAT.servesDataset, DCAT.Dataset),
    (DCTERMS.temporal, DCTERMS.PeriodOfTime),
    (DCTERMS.language, DCTERMS.LinguisticSystem),
    (DCTERMS.license, DCTERMS.LicenseDocument),
    (DCTERMS.accessRights, DCTERMS.RightsStatement),
    (DCTERMS.accrualPeriodicity, DCTERMS.Frequency),
    (DCTERMS.type, SKOS.Concept),
    (DCAT.mediaType, DCTERMS.MediaType),
    (DCAT.theme, SKOS.Concept),
    (DCAT.themeTaxonomy, SKOS.ConceptScheme),
    (DCAT.landingPage, FOAF.Document),
    (FOAF.homepage, FOAF.Document),
]
# A checker wants a name of each concept and scheme that it is told of.
NAMED = [(SKOS.Concept, SKOS.prefLabel), (SKOS.ConceptScheme, DCTERMS.title)]
VOCABULARIES = [
    (DCAT.theme, f"{EU}data-theme/"),
    (DCAT.themeTaxonomy, f"{EU}data-theme"),
    (DCTERMS.language, f"{EU}language/"),
    (DCTERMS.accrualPeriodicity, f"{EU}frequency/"),
    (DCTERMS.accessRights, f"{EU}access-right/"),
    (DCTERMS.type, PUBLISHER_TYPES),
    (DCAT.mediaType, IANA),
    (DCTERMS.license, CREATIVE_COMMONS),
]


@pytest.fixture
def publisher(settings):
    settings.PUBLISHER = PUBLISHER


@pytest.fixture
def read(publisher):
    """The catalogue as a harvester reads it."""
    answer = Client().get("/datasets/dcat")
    assert answer.status_code == 200
    return Graph().parse(data=answer.content, format="xml")


def each(graph, kind):
    found = set(graph.subjects(RDF.type, kind))
    assert found, kind
    return found


@pytest.mark.parametrize(("kind", "predicate"), MANDATORY + PROMISED + NAMED)
def test_every_one_says_what_it_must(read, kind, predicate):
    silent = {one for one in each(read, kind) if not read.value(one, predicate, any=1)}

    assert silent == set()


@pytest.mark.parametrize(("kind", "predicate"), ONCE)
def test_what_is_said_once_is_said_once(read, kind, predicate):
    for one in each(read, kind):
        assert len(set(read.objects(one, predicate))) == 1


@pytest.mark.parametrize(("predicate", "kind"), RANGES)
def test_what_is_pointed_to_is_there_and_of_its_kind(read, predicate, kind):
    pointed_to = set(read.objects(None, predicate))

    assert pointed_to
    assert all((one, RDF.type, kind) in read for one in pointed_to)


@pytest.mark.parametrize(("predicate", "vocabulary"), VOCABULARIES)
def test_word_is_of_the_vocabulary(read, predicate, vocabulary):
    words = set(read.objects(None, predicate)) - {KOLADA_TERMS}

    assert words
    assert all(str(word).startswith(vocabulary) for word in words)


def test_values_are_on_the_terms_of_their_source(read):
    of_kolada = set(read.subjects(DCTERMS.license, KOLADA_TERMS))

    assert of_kolada
    assert all("#varden-" in str(one) for one in of_kolada)


@pytest.mark.parametrize(
    "predicate", [DCTERMS.title, DCTERMS.description, SKOS.prefLabel]
)
def test_names_and_descriptions_are_in_both_languages(read, predicate):
    for one in set(read.subjects(predicate)):
        texts = list(read.objects(one, predicate))
        assert sorted(text.language for text in texts) == sorted(BOTH)
        assert all(str(text).strip() for text in texts)


def test_publisher_is_the_organisation_of_the_settings(read):
    assert set(read.objects(None, DCTERMS.publisher)) == {ORGANISATION}
    assert read.value(ORGANISATION, FOAF.name) == Literal("Helsingborgs stad")


def test_catalogue_itself_is_cc0(read):
    [catalogue] = each(read, DCAT.Catalog)

    assert read.value(catalogue, DCTERMS.license) == CC0


def test_format_is_a_literal_media_type(read):
    """Sweden's profile knows no other format; the name of it is in `dcat:mediaType`."""
    for given in each(read, DCAT.Distribution):
        form = read.value(given, DCTERMS.format)
        assert isinstance(form, Literal)
        assert read.value(given, DCAT.mediaType) == URIRef(IANA + form)
    for service in each(read, DCAT.DataService):
        assert read.value(service, DCTERMS.format) == Literal("application/json")


def test_licences_are_named_without_a_language(read):
    licences = {str(one) for one in read.objects(None, DCTERMS.license)}

    assert licences == {
        f"{CREATIVE_COMMONS}licenses/by/4.0/",
        str(CC0),
        str(KOLADA_TERMS),
    }


def test_every_name_is_whole_and_no_thing_is_without_one(read):
    names = {one for triple in read for one in triple if not isinstance(one, Literal)}

    assert all(isinstance(one, URIRef) for one in names)
    assert all("://" in one or one.startswith("mailto:") for one in names)


def test_names_of_our_own_are_at_the_site_s_own_address(read, settings):
    ours = {str(one) for one in read.subjects() if one != ORGANISATION}
    borrowed = {one for one in ours if one.startswith(BORROWED)}

    assert borrowed < ours
    assert all(one.startswith(f"{settings.SITE_ADDRESS}/") for one in ours - borrowed)


@pytest.mark.parametrize(
    "predicate",
    [
        DCAT.accessURL,
        DCAT.downloadURL,
        DCAT.landingPage,
        DCAT.endpointURL,
        DCAT.endpointDescription,
        FOAF.homepage,
    ],
)
def test_every_address_is_there(client, db, read, settings, predicate):
    addresses = {str(one) for one in read.objects(None, predicate)}

    assert addresses
    for address in addresses:
        answer = client.get(address.removeprefix(settings.SITE_ADDRESS))
        whole(answer)
        assert answer.status_code == 200, address


def test_type_of_each_file_is_the_one_it_is_sent_with(client, db, read, settings):
    for given in each(read, DCAT.Distribution):
        address = str(read.value(given, DCAT.accessURL))
        answer = client.get(address.removeprefix(settings.SITE_ADDRESS))
        whole(answer)
        sent = answer.headers["Content-Type"].partition(";")[0]
        assert str(read.value(given, DCAT.mediaType)).endswith(f"/{sent}")


# -- What the publisher has not filled in


@pytest.mark.parametrize("lacking", ["publisher", "organisation_number"])
def test_publisher_is_never_made_up(settings, lacking):
    settings.PUBLISHER = {**PUBLISHER, lacking: ""}

    read = Graph().parse(data=Client().get("/datasets/dcat").content, format="xml")

    assert not set(read.objects(None, DCTERMS.publisher))
    assert set(read.subjects(RDF.type, DCAT.Dataset))


@pytest.mark.parametrize("number", ["12", "2120001157x", "212000115٧"])
def test_number_that_is_none_is_not_told(settings, number):
    settings.PUBLISHER = {**PUBLISHER, "organisation_number": number}

    assert b"dataportal.se/organisation" not in Client().get("/datasets/dcat").content


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("lacking", "setting", "told"),
    [
        ("publisher", "PUBLISHER_NAME", "utgivarens namn"),
        ("organisation_number", "PUBLISHER_ORGANISATION_NUMBER", "rganisationsnummer"),
        ("contact_email", "CONTACT_EMAIL", "postadress"),
    ],
)
def test_what_is_missing_is_told_on_the_page_and_at_deploy(
    client, settings, lacking, setting, told
):
    settings.PUBLISHER = {**PUBLISHER, lacking: ""}

    warnings = run_checks(include_deployment_checks=True)
    page = client.get("/oppna-data/").content.decode()

    ours = [each.hint for each in warnings if each.id == "livskvalitet.W001"]
    assert ours == [f"Set {setting}."]
    assert told in page.partition("Det som saknas")[2].partition("</p>")[0]


@pytest.mark.usefixtures("db", "publisher")
def test_nothing_is_told_to_be_missing_when_all_is_there(client):
    warnings = run_checks(include_deployment_checks=True)

    assert [each for each in warnings if each.id == "livskvalitet.W001"] == []
    assert "Det som saknas" not in client.get("/oppna-data/").content.decode()


# -- How it is sent


@pytest.fixture
def lost_database(db):
    def lost(*args):
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(lost):
        yield


@pytest.mark.usefixtures("lost_database", "publisher")
@pytest.mark.parametrize("address", ADDRESSES)
def test_catalogue_stays_up_without_a_database(address):
    answer = Client().get(address)

    assert answer.status_code == 200
    assert len(Graph().parse(data=answer.content, format="xml")) > 100


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize("address", ADDRESSES)
def test_catalogue_is_sent_as_rdf_to_any_site(address):
    answer = Client().get(address)

    assert answer.headers["Content-Type"] == "application/rdf+xml; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


@pytest.mark.usefixtures("publisher")
def test_unchanged_catalogue_is_not_sent_again(settings):
    etag = Client().get("/datasets/dcat").headers["ETag"]

    same = Client().get("/datasets/dcat", headers={"if-none-match": etag})
    settings.PUBLISHER = {**PUBLISHER, "publisher": "En annan stad"}
    changed = Client().get("/datasets/dcat", headers={"if-none-match": etag})

    # Two processes may write the same statements in different order.
    assert etag.startswith('W/"')
    assert same.status_code == 304
    assert changed.status_code == 200
    assert "En annan stad" in changed.content.decode()


def test_catalogue_cannot_be_written():
    assert Client().post("/datasets/dcat").status_code == 405
