"""The records as they are sent, with the words that explain each field.

The descriptions are read by people, in the API's own page and in the schema. Names of
fields are a contract: one may be added, and none renamed or removed in version 1.
"""

from datetime import date, datetime

from ninja import Schema
from pydantic import ConfigDict, Field

ID = "Permanent webbadress som namnger posten"
PAGE = "Webbsidan för läsare"
LICENCE = "Webbadressen till licensen som gäller för posten"
CHANGED = "När posten senast ändrades"


class Record(Schema):
    """A record says all its fields, also those that are empty."""

    model_config = ConfigDict(
        from_attributes=True, json_schema_serialization_defaults_required=True
    )


class Reference(Record):
    id: str = Field(description=ID)
    title: str = Field(description="Namn eller rubrik")


class PrioriteringReference(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Prioriteringens kortnamn, som 2016-4-3-1-b")
    number: str = Field(description="Fokusområdets nummer och prioriteringens bokstav")


class OrganisationReference(Record):
    id: str = Field(description=ID)
    name: str = Field(description="Namn")
    kind: str = Field(description="Slag, som förvaltning eller förening")


class Attachment(Record):
    url: str = Field(description="Filens webbadress")
    name: str = Field(description="Filnamn")
    media_type: str = Field(description="Filtyp, som application/pdf")
    bytes: int = Field(description="Storlek i byte")
    description: str = Field(description="Beskrivning av en bild, annars tomt")
    language: str = Field(description="Språk i dokumentet, som sv")


class EarlierVersion(Record):
    number: int = Field(description="Versionens nummer")
    title: str = Field(description="Versionens rubrik")
    published: datetime = Field(description="När versionen publicerades")
    page: str = Field(description=PAGE)


class Contribution(Record):
    id: str = Field(description=ID)
    number: str = Field(description="Bidragets nummer, som B-12")
    page: str = Field(description=PAGE)
    record: str = Field(description="Postens adress i API:et")
    kind: str = Field(description="Typ: gott-exempel, erfarenhet, forskning eller lank")
    title: str = Field(description="Rubrik")
    summary: str = Field(description="Sammanfattning")
    background: str = Field(description="Bakgrund, i Markdown")
    implementation: str = Field(description="Så gick det till, i Markdown")
    result: str = Field(description="Resultat, i Markdown")
    lessons: str = Field(description="Lärdomar, i Markdown")
    outcome: str = Field(description="Hur det gick, för en erfarenhet")
    organisations: list[OrganisationReference] = Field(description="Organisationer")
    period_start: int | None = Field(description="Första året")
    period_end: int | None = Field(description="Sista året")
    place: str = Field(description="Plats")
    source: str = Field(description="Webbadress som bidraget pekar på")
    source_language: str = Field(description="Språket på den webbsidan")
    prioriteringar: list[PrioriteringReference] = Field(
        description="Prioriteringar i programmet som bidraget hör till"
    )
    subjects: list[Reference] = Field(description="Ämnen")
    attachments: list[Attachment] = Field(description="Bilagor")
    byline: str = Field(description="Namnet som bidraget visas med")
    version: int = Field(description="Versionens nummer")
    published: datetime = Field(description="När bidraget publicerades första gången")
    changed: datetime = Field(description=CHANGED)
    confirmed: date | None = Field(description="När någon bekräftade att det stämmer")
    licence: str = Field(description=LICENCE)
    attribution: str = Field(description="Källan som ska anges")


class ContributionDetail(Contribution):
    versions: list[EarlierVersion] = Field(
        description="Versioner som går att läsa, den nyaste först"
    )


class PrioriteringRecord(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Kortnamn, som 2016-4-3-1-b")
    number: str = Field(
        description="Fokusområdets nummer och en bokstav som är webbplatsens egen"
    )
    text: str = Field(description="Prioriteringen ord för ord")
    fokusomrade: Reference = Field(description="Fokusområdet den hör till")
    viljeinriktning: Reference = Field(description="Viljeinriktningen den hör till")
    edition: str = Field(description="Programmets utgåva")
    contributions: int = Field(description="Antal bidrag")
    published: date | None = Field(description="När programmet beslutades")
    changed: date | None = Field(description=CHANGED)
    licence: str = Field(description=LICENCE)


class FokusomradeRecord(Record):
    id: str = Field(description=ID)
    number: str = Field(description="Nummer i programmet, som 4.3.1")
    title: str = Field(description="Rubrik")
    short_title: str = Field(description="Kort rubrik, som är webbplatsens egen")
    text: str = Field(description="Texten ord för ord")
    priorities_heading: str = Field(description="Rubriken före prioriteringarna")
    viljeinriktning: Reference = Field(description="Viljeinriktningen det hör till")
    prioriteringar: list[PrioriteringReference] = Field(description="Prioriteringar")
    edition: str = Field(description="Programmets utgåva")
    contributions: int = Field(description="Antal bidrag")
    published: date | None = Field(description="När programmet beslutades")
    changed: date | None = Field(description=CHANGED)
    licence: str = Field(description=LICENCE)


class ViljeinriktningRecord(Record):
    id: str = Field(description=ID)
    key: int = Field(description="Ordningstal, 1 till 5")
    number: str = Field(description="Nummer i programmet, som 4.3")
    title: str = Field(description="Rubrik")
    short_title: str = Field(description="Kort rubrik, som är webbplatsens egen")
    text: str = Field(description="Beskrivningen ord för ord")
    challenges: str = Field(description="Utmaningarna ord för ord")
    actions_heading: str = Field(description="Rubriken före fokusområdena")
    fokusomraden: list[Reference] = Field(description="Fokusområden")
    edition: str = Field(description="Programmets utgåva")
    contributions: int = Field(description="Antal bidrag")
    published: date | None = Field(description="När programmet beslutades")
    changed: date | None = Field(description=CHANGED)
    licence: str = Field(description=LICENCE)


class LinkRecord(Record):
    id: str = Field(description=ID)
    url: str = Field(description="Webbadressen")
    contribution: Reference = Field(description="Bidraget som pekar dit")
    state: str = Field(description="Vad som hände när adressen kontrollerades senast")
    status_code: int | None = Field(description="Serverns http-kod")
    checked: datetime | None = Field(description="När adressen kontrollerades senast")
    failing_since: datetime | None = Field(description="Fungerar inte sedan")
    licence: str = Field(description=f"{LICENCE}. Den gäller inte sidan som länkas")


class SubjectRecord(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Kortnamn, att filtrera på")
    name: str = Field(description="Ämne")
    contributions: int = Field(description="Antal bidrag")
    licence: str = Field(description=LICENCE)


class OrganisationRecord(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Kortnamn, att filtrera på")
    name: str = Field(description="Namn")
    kind: str = Field(description="Slag, som förvaltning eller förening")
    contributions: int = Field(description="Antal bidrag")
    licence: str = Field(description=LICENCE)


class GoalTie(Record):
    fokusomrade: Reference = Field(description="Fokusområdet")
    motivation: str = Field(
        description="Redaktionens motivering, som staden inte har beslutat"
    )


class GoalRecord(Record):
    id: str = Field(description=ID)
    number: int | None = Field(description="Målets nummer, om det har något")
    title: str = Field(description="Målets namn")
    summary: str = Field(description="Beskrivning")
    source: str = Field(description="Webbadress till målet")
    ties: list[GoalTie] = Field(
        description="Fokusområden som hör ihop med målet. Det är redaktionens tolkning"
    )


class FrameworkRecord(Record):
    id: str = Field(description=ID)
    title: str = Field(description="Namn")
    level: str = Field(description="Nivå, som nationell")
    summary: str = Field(description="Beskrivning")
    source: str = Field(description="Webbadress till källan")
    held_in_2016: bool = Field(description="Gällde när programmet beslutades")
    goals: list[GoalRecord] = Field(description="Målen")
    changed: date | None = Field(description=CHANGED)
    licence: str = Field(description=LICENCE)


class Fault(Record):
    parameter: str = Field(description="Parametern som felet gäller")
    message: str = Field(description="Vad som är fel")


class Error(Record):
    """The one shape of every refusal."""

    status: int = Field(description="Svarets http-kod")
    message: str = Field(description="Vad som hände")
    faults: list[Fault] = Field(description="Fel i anropet, ett för varje parameter")
