"""What the catalogue says of each dataset, in Swedish and English."""

from dataclasses import dataclass, field

from rdflib import URIRef

EU = "http://publications.europa.eu/resource/authority/"
# The names of licences in RDF: http, and without a language.
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
CC_BY = URIRef("http://creativecommons.org/licenses/by/4.0/")
# Kolada's own terms; no licence is named.
KOLADA_TERMS = URIRef("https://www.kolada.se/om-oss/api/")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Words:
    """Title and description in each language."""

    sv: tuple[str, str]
    en: tuple[str, str]


@dataclass(frozen=True)
class File:
    """`kind` ends the name of the file, and `path` is where it is."""

    kind: str
    media_type: str
    path: str
    words: Words


@dataclass(frozen=True)
class Dataset:
    """`frequency` and `themes` are words of the EU's vocabularies; `api_name` is the
    name of the API's list."""

    name: str
    words: Words
    licence: URIRef
    frequency: str
    themes: tuple[str, ...]
    keywords: dict[str, tuple[str, ...]]
    api_name: str
    api_words: Words
    files: list[File]
    years: tuple[str, str] | None = field(default=None)


def _tables(name, sv, en):
    """The CSV file and the workbook of a table."""
    return [
        File(
            "CSV",
            "text/csv",
            f"/oppna-data/{name}.csv",
            Words(
                (f"{sv} som CSV", "En rad för varje post. Kommatecken, UTF-8."),
                (f"{en} as CSV", "One row for each record. Commas, UTF-8."),
            ),
        ),
        File(
            "XLSX",
            XLSX,
            f"/oppna-data/{name}.xlsx",
            Words(
                (f"{sv} för Excel", "Arbetsbok med ett blad som förklarar kolumnerna."),
                (f"{en} for Excel", "A workbook with a sheet about its columns."),
            ),
        ),
    ]


def _api(sv, en):
    return Words(
        (f"{sv} i API:et", "JSON, med filter och sidor."),
        (f"{en} in the API", "JSON, with filters and pages."),
    )


EVERYTHING = File(
    "JSON",
    "application/json",
    "/oppna-data/allt.json",
    Words(
        (
            "Allt i en fil",
            "Bidrag, programmets text, mål, länkar och uppföljning som JSON.",
        ),
        (
            "Everything in one file",
            "Contributions, programme, goals, follow-up as JSON.",
        ),
    ),
)

CATALOGUE = Words(
    (
        "Livskvalitet Helsingborg",
        "Öppna data om Helsingborgs livskvalitetsprogram 2016–2024 och kunskapsbanken "
        "som hör till det.",
    ),
    (
        "Quality of life in Helsingborg",
        "Open data about Helsingborg’s quality of life programme 2016–2024 and the "
        "knowledge bank that belongs to it.",
    ),
)
SERVICE = Words(
    (
        "API för Livskvalitet Helsingborg",
        "Bidrag, programmets text, mål, länkar och uppföljning som JSON. Kräver ingen "
        "nyckel.",
    ),
    (
        "API of Quality of life in Helsingborg",
        "Contributions, the programme, goals, links and the follow-up as JSON. No key "
        "is needed.",
    ),
)
DATASETS = [
    Dataset(
        name="bidrag",
        words=Words(
            (
                "Bidrag i kunskapsbanken",
                "Goda exempel, erfarenheter, forskning och länkar, knutna till "
                "prioriteringar i Livskvalitetsprogrammet för Helsingborg.",
            ),
            (
                "Contributions to the knowledge bank",
                "Good examples, experiences, research and links, tied to priorities "
                "of Helsingborg’s quality of life programme.",
            ),
        ),
        licence=CC_BY,
        frequency="UPDATE_CONT",
        themes=("HEAL", "SOCI", "ENVI"),
        keywords={
            "sv": ("livskvalitet", "folkhälsa", "hållbarhet", "goda exempel"),
            "en": ("quality of life", "public health", "sustainability"),
        },
        api_name="contributions",
        api_words=_api("Bidrag", "Contributions"),
        files=[*_tables("bidrag", "Bidrag", "Contributions"), EVERYTHING],
    ),
    Dataset(
        name="programmet",
        words=Words(
            (
                "Livskvalitetsprogrammets prioriteringar",
                "Viljeinriktningar, fokusområden och prioriteringar som Helsingborgs "
                "stad beslutade, ord för ord. Programmet gällde 2016–2024.",
            ),
            (
                "Priorities of the quality of life programme",
                "The directions, focus areas and priorities that the City of "
                "Helsingborg decided, word for word, in Swedish. In force 2016–2024.",
            ),
        ),
        licence=CC0,
        frequency="IRREG",
        themes=("GOVE", "HEAL", "SOCI"),
        keywords={
            "sv": ("livskvalitetsprogram", "styrdokument", "prioriteringar"),
            "en": ("quality of life", "policy document", "priorities"),
        },
        api_name="prioriteringar",
        api_words=_api("Prioriteringar", "Priorities"),
        files=_tables("prioriteringar", "Prioriteringar", "Priorities"),
        years=("2016-01-01", "2024-12-31"),
    ),
    Dataset(
        name="lankar",
        words=Words(
            (
                "Länkar i kunskapsbankens bidrag",
                "Webbadresser som bidragen pekar på, och vad som hände när de "
                "kontrollerades senast.",
            ),
            (
                "Links in the contributions",
                "Web addresses that the contributions point to, and what came of "
                "checking them last.",
            ),
        ),
        licence=CC0,
        frequency="UPDATE_CONT",
        themes=("SOCI", "ENVI"),
        keywords={"sv": ("länkar", "källor"), "en": ("links", "sources")},
        api_name="links",
        api_words=_api("Länkar", "Links"),
        files=_tables("lankar", "Länkar", "Links"),
    ),
    Dataset(
        name="nyckeltal",
        words=Words(
            (
                "Nyckeltal för Livskvalitetsprogrammet",
                "Nyckeltal som följer programmets fokusområden, var de hör hemma och "
                "var värdena kommer ifrån. Urvalet är redaktionellt.",
            ),
            (
                "Indicators of the quality of life programme",
                "Indicators that follow the focus areas of the programme, where they "
                "belong and where their values come from. An editorial choice.",
            ),
        ),
        licence=CC0,
        frequency="IRREG",
        themes=("HEAL", "SOCI", "ENVI"),
        keywords={
            "sv": ("nyckeltal", "uppföljning", "livskvalitet"),
            "en": ("indicators", "follow-up", "quality of life"),
        },
        api_name="indicators",
        api_words=_api("Nyckeltal", "Indicators"),
        files=_tables("nyckeltal", "Nyckeltal", "Indicators"),
    ),
    Dataset(
        name="varden",
        words=Words(
            (
                "Nyckeltalens värden",
                "Värden för Helsingborg och för jämförelser, som de har hämtats från "
                "Kolada. Ange Kolada som källa.",
            ),
            (
                "Values of the indicators",
                "Values for Helsingborg and what it is compared with, as fetched from "
                "Kolada. Name Kolada as the source.",
            ),
        ),
        licence=KOLADA_TERMS,
        frequency="ANNUAL",
        themes=("HEAL", "SOCI", "ENVI"),
        keywords={
            "sv": ("nyckeltal", "statistik", "Helsingborg"),
            "en": ("indicators", "statistics", "Helsingborg"),
        },
        api_name="measurements",
        api_words=_api("Nyckeltalens värden", "Values of the indicators"),
        files=_tables("varden", "Nyckeltalens värden", "Values of the indicators"),
    ),
    Dataset(
        name="insatser",
        words=Words(
            (
                "Insatser för Livskvalitetsprogrammet",
                "Vad Helsingborgs nämnder, förvaltningar och bolag har berättat att de "
                "gör för programmets prioriteringar, och med vilken effekt.",
            ),
            (
                "Initiatives for the quality of life programme",
                "What boards, administrations and companies of Helsingborg have told "
                "that they do for the priorities, and with what effect.",
            ),
        ),
        licence=CC_BY,
        frequency="UPDATE_CONT",
        themes=("GOVE", "HEAL", "SOCI"),
        keywords={
            "sv": ("insatser", "uppföljning", "livskvalitet"),
            "en": ("initiatives", "follow-up", "quality of life"),
        },
        api_name="initiatives",
        api_words=_api("Insatser", "Initiatives"),
        files=_tables("insatser", "Insatser", "Initiatives"),
    ),
    Dataset(
        name="samband",
        words=Words(
            (
                "Samband mellan prioriteringar",
                "Samband mellan programmets prioriteringar, som läsare har föreslagit "
                "och granskare godkänt, och vad som visar dem.",
            ),
            (
                "Connections between priorities",
                "Connections between priorities of the programme, proposed by readers "
                "and approved by moderators, and what shows them.",
            ),
        ),
        licence=CC_BY,
        frequency="UPDATE_CONT",
        themes=("SOCI", "ENVI"),
        keywords={
            "sv": ("samband", "målkonflikter", "prioriteringar"),
            "en": ("connections", "conflicts of goals", "priorities"),
        },
        api_name="connections",
        api_words=_api("Samband", "Connections"),
        files=_tables("samband", "Samband", "Connections"),
    ),
    Dataset(
        name="rapporter",
        words=Words(
            (
                "Rapporter om Livskvalitetsprogrammet",
                "Fastställda rapporter om uppföljningen av programmet, med innehållet "
                "så som det fastställdes.",
            ),
            (
                "Reports on the quality of life programme",
                "Adopted reports on the follow-up of the programme, with what they "
                "said as it was adopted.",
            ),
        ),
        licence=CC_BY,
        frequency="BIENNIAL",
        themes=("GOVE", "HEAL", "SOCI"),
        keywords={
            "sv": ("rapporter", "uppföljning", "livskvalitet"),
            "en": ("reports", "follow-up", "quality of life"),
        },
        api_name="reports",
        api_words=_api("Rapporter", "Reports"),
        files=_tables("rapporter", "Rapporter", "Reports"),
    ),
]
