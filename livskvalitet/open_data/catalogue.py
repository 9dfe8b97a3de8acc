"""The catalogue of the open data by DCAT-AP-SE 3.0.1, as RDF.

Made from the settings alone: it stays up when the database is down, since a catalogue
that cannot be read stops the harvest of the whole city's. What the publisher has not
filled in is left out, and `livskvalitet.publisher.missing` names it.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from livskvalitet.open_data import known
from livskvalitet.open_data.datasets import (
    CATALOGUE,
    CC0,
    DATASETS,
    EU,
    SERVICE,
    Dataset,
    File,
    Words,
)
from livskvalitet.open_data.identity import absolute
from livskvalitet.open_data.known import LOCAL_AUTHORITY, THEMES
from livskvalitet.publisher import organisation_digits

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
PUBLIC = URIRef(f"{EU}access-right/PUBLIC")
SWEDISH = URIRef(f"{EU}language/SWE")
IANA = "https://www.iana.org/assignments/media-types/"
JSON = "application/json"


@dataclass(frozen=True)
class Who:
    """The publisher and the contact, each None when the settings do not name it."""

    publisher: URIRef | None
    contact: URIRef | None


def as_rdf_xml() -> bytes:
    """The catalogue as RDF/XML; the same until the settings change."""
    return _as_rdf_xml(settings.SITE_ADDRESS, tuple(settings.PUBLISHER.items()))


@lru_cache(maxsize=4)
def _as_rdf_xml(site_address, publisher):
    return graph().serialize(format="pretty-xml", encoding="utf-8")


def graph() -> Graph:
    """Every statement of the catalogue."""
    made = Graph()
    for prefix, space in {"dcat": DCAT, "dcterms": DCTERMS, "vcard": VCARD}.items():
        made.bind(prefix, space)
    who = Who(_publisher(made), _contact(made))
    _catalogue(made, who)
    for dataset in DATASETS:
        _dataset(made, dataset, who)
    _service(made, who)
    known.add_to(made)
    return made


def _name(part):
    return URIRef(absolute(f"{reverse('catalogue')}#{part}"))


def _publisher(made):
    name = settings.PUBLISHER["publisher"]
    digits = organisation_digits()
    if not (name and digits):
        return None
    publisher = URIRef(f"http://dataportal.se/organisation/SE{digits}")
    made.add((publisher, RDF.type, FOAF.Agent))
    made.add((publisher, FOAF.name, Literal(name)))
    made.add((publisher, DCTERMS.type, LOCAL_AUTHORITY))
    made.add((publisher, FOAF.homepage, URIRef(absolute(reverse("about")))))
    return publisher


def _contact(made):
    email = settings.PUBLISHER["contact_email"]
    if not email:
        return None
    contact = _name("kontakt")
    called = settings.PUBLISHER["publisher"] or "Livskvalitet Helsingborg"
    made.add((contact, RDF.type, VCARD.Organization))
    made.add((contact, VCARD.fn, Literal(called)))
    made.add((contact, VCARD.hasEmail, URIRef(f"mailto:{email}")))
    return contact


def _catalogue(made, who):
    catalogue = _name("katalog")
    made.add((catalogue, RDF.type, DCAT.Catalog))
    _say(made, catalogue, CATALOGUE)
    if who.publisher:
        made.add((catalogue, DCTERMS.publisher, who.publisher))
    page = URIRef(absolute(reverse("open_data")))
    made.add((catalogue, FOAF.homepage, page))
    made.add((catalogue, DCTERMS.license, CC0))
    made.add((catalogue, DCTERMS.language, SWEDISH))
    made.add((catalogue, DCAT.themeTaxonomy, THEMES))
    made.add((catalogue, DCAT.service, _name("api")))
    for dataset in DATASETS:
        made.add((catalogue, DCAT.dataset, _name(dataset.name)))


def _dataset(made, dataset: Dataset, who):
    named = _name(dataset.name)
    made.add((named, RDF.type, DCAT.Dataset))
    made.add((named, DCTERMS.identifier, Literal(str(named))))
    _say(made, named, dataset.words)
    _told_by(made, named, who)
    for theme in dataset.themes:
        made.add((named, DCAT.theme, URIRef(f"{EU}data-theme/{theme}")))
    for language, keywords in dataset.keywords.items():
        for keyword in keywords:
            made.add((named, DCAT.keyword, Literal(keyword, lang=language)))
    frequency = URIRef(f"{EU}frequency/{dataset.frequency}")
    made.add((named, DCTERMS.accrualPeriodicity, frequency))
    made.add((named, DCTERMS.accessRights, PUBLIC))
    made.add((named, DCTERMS.language, SWEDISH))
    made.add((named, DCAT.landingPage, URIRef(absolute(reverse("open_data")))))
    if dataset.years:
        _period(made, named, *dataset.years)
    for file in dataset.files:
        _file(made, named, dataset, file)
    _through_api(made, named, dataset)


def _period(made, named, first, last):
    period = URIRef(f"{named}-period")
    made.add((named, DCTERMS.temporal, period))
    made.add((period, RDF.type, DCTERMS.PeriodOfTime))
    for predicate, day in ((DCAT.startDate, first), (DCAT.endDate, last)):
        made.add((period, predicate, Literal(day, datatype=XSD.date)))


def _file(made, named, dataset, file: File):
    """A file that can be fetched."""
    address = URIRef(absolute(file.path))
    given = URIRef(f"{named}-{file.kind.lower()}")
    _distribution(made, named, given, file.words, dataset.licence)
    made.add((given, DCAT.accessURL, address))
    made.add((given, DCAT.downloadURL, address))
    _formed(made, given, file.media_type)


def _through_api(made, named, dataset):
    """The same, some at a time, from the API."""
    given = URIRef(f"{named}-api")
    _distribution(made, named, given, dataset.api_words, dataset.licence)
    address = URIRef(absolute(reverse(f"api:{dataset.api_name}")))
    made.add((given, DCAT.accessURL, address))
    made.add((given, DCAT.accessService, _name("api")))
    _formed(made, given, JSON)


def _distribution(made, named, given, words, licence):
    made.add((named, DCAT.distribution, given))
    made.add((given, RDF.type, DCAT.Distribution))
    _say(made, given, words)
    made.add((given, DCTERMS.license, licence))
    made.add((given, DCTERMS.language, SWEDISH))


def _formed(made, given, media_type):
    """The format as Sweden wants it, and as Europe does.

    DCAT-AP-SE 3.0.1 demands one `dcterms:format`, and it a literal; DCAT-AP 3.0 wants
    a name there and allows no more than one. The name is in `dcat:mediaType` instead.
    """
    made.add((given, DCTERMS.format, Literal(media_type)))
    made.add((given, DCAT.mediaType, URIRef(IANA + media_type)))


def _service(made, who):
    service = _name("api")
    made.add((service, RDF.type, DCAT.DataService))
    _say(made, service, SERVICE)
    _told_by(made, service, who)
    made.add((service, DCAT.endpointURL, URIRef(absolute(reverse("api:api-root")))))
    described = URIRef(absolute(reverse("api:openapi-json")))
    made.add((service, DCAT.endpointDescription, described))
    made.add((service, DCAT.landingPage, URIRef(absolute(reverse("open_data_api")))))
    made.add((service, DCTERMS.accessRights, PUBLIC))
    made.add((service, DCTERMS.license, CC0))
    made.add((service, DCTERMS.format, Literal(JSON)))
    for dataset in DATASETS:
        made.add((service, DCAT.servesDataset, _name(dataset.name)))


def _say(made, named, words: Words):
    """Title and description, in both languages."""
    for language in ("sv", "en"):
        title, description = getattr(words, language)
        made.add((named, DCTERMS.title, Literal(title, lang=language)))
        made.add((named, DCTERMS.description, Literal(description, lang=language)))


def _told_by(made, named, who: Who):
    if who.publisher:
        made.add((named, DCTERMS.publisher, who.publisher))
    if who.contact:
        made.add((named, DCAT.contactPoint, who.contact))
