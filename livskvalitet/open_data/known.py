"""What the catalogue's borrowed words are, and what they are called.

A reader that does not fetch other vocabularies learns it here: DCAT-AP 3.0 demands the
kind of each (range.ttl) and a name of each concept and scheme (shapes.ttl).
"""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, SKOS

from livskvalitet.open_data.datasets import EU

LOCAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/LocalAuthority")
THEMES = URIRef(f"{EU}data-theme")
KINDS = {
    DCAT.landingPage: FOAF.Document,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.themeTaxonomy: SKOS.ConceptScheme,
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.type: SKOS.Concept,
    FOAF.homepage: FOAF.Document,
}
# The names that DCAT-AP-SE 3.0.1 gives them, in Swedish and English.
NAMES = {
    LOCAL_AUTHORITY: ("Lokal myndighet/kommun", "Local Authority"),
    THEMES: ("Vokabulär för Data-Teman", "Data Theme Vocabulary"),
    URIRef(f"{THEMES}/ENVI"): ("Miljö", "Environment"),
    URIRef(f"{THEMES}/GOVE"): (
        "Regeringen och den offentliga sektorn",
        "Government and public sector",
    ),
    URIRef(f"{THEMES}/HEAL"): ("Hälsa", "Health"),
    URIRef(f"{THEMES}/SOCI"): ("Befolkning och samhälle", "Population and society"),
}
NAMED_BY = {SKOS.Concept: SKOS.prefLabel, SKOS.ConceptScheme: DCTERMS.title}


def add_to(made: Graph) -> None:
    """Tell what each borrowed word that is used is.

    Raises KeyError for a concept without a name here.
    """
    for predicate, kind in KINDS.items():
        for word in set(made.objects(None, predicate)):
            made.add((word, RDF.type, kind))
            if named_by := NAMED_BY.get(kind):
                _name(made, word, named_by)


def _name(made, word, named_by):
    for language, name in zip(("sv", "en"), NAMES[word], strict=True):
        made.add((word, named_by, Literal(name, lang=language)))
