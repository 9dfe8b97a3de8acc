"""The records of the follow-up as they are sent; the same contract as in `records`."""

from datetime import date, datetime
from typing import Any

from pydantic import ConfigDict, Field

from livskvalitet.open_data.records import (
    CHANGED,
    ID,
    LICENCE,
    PAGE,
    OrganisationReference,
    PrioriteringReference,
    Record,
    Reference,
)


class IndicatorRecord(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Kortnamn")
    kolada_id: str = Field(description="Nummer i Kolada, tomt om det inte finns där")
    title: str = Field(description="Namn")
    source_title: str = Field(description="Namn i källan")
    unit: str = Field(description="Enhet")
    wanted: str = Field(
        description="Vad som är bättre, enligt redaktionen: högre, lägre eller inget"
    )
    why: str = Field(description="Varför nyckeltalet är med")
    comment: str = Field(description="Vad man ska tänka på")
    by_gender: bool = Field(description="Finns för kvinnor och män var för sig")
    fokusomraden: list[Reference] = Field(description="Fokusområden det hör till")
    prioriteringar: list[PrioriteringReference] = Field(
        description="Prioriteringar det hör till"
    )
    source: str = Field(description="Källan till värdena")
    source_address: str = Field(description="Webbadress till källan")
    licence: str = Field(description=f"{LICENCE}. Värdena har egna villkor")


class MeasurementRecord(Record):
    indicator: Reference = Field(description="Nyckeltalet")
    place: str = Field(description="Vad värdet gäller, som Helsingborg eller Riket")
    place_code: str = Field(description="Koden för det i Kolada")
    year: int = Field(description="År")
    gender: str = Field(description="T för alla, K för kvinnor, M för män")
    value: float | None = Field(description="Värdet, tomt när källan inte har något")
    status: str = Field(description="Källans anmärkning till värdet")
    unit: str = Field(description="Enhet")
    source: str = Field(description="Källan som ska anges")
    fetched: datetime = Field(description="När värdet hämtades eller lades in")
    licence: str = Field(
        description="Webbadressen till källans villkor, tomt om de inte är kända"
    )


class IndicatorDetail(IndicatorRecord):
    measurements: list[MeasurementRecord] = Field(description="Värdena, i tidsordning")


class InitiativeRecord(Record):
    id: str = Field(description=ID)
    slug: str = Field(description="Kortnamn")
    title: str = Field(description="Rubrik")
    summary: str = Field(description="Sammanfattning")
    description: str = Field(description="Så går det till")
    progress: str = Field(description="Planerad, pågår eller avslutad")
    organisation: OrganisationReference = Field(description="Ansvarig organisation")
    period_start: int | None = Field(description="Startår")
    period_end: int | None = Field(description="Slutår")
    effect: str = Field(description="Effekt")
    evidence: str = Field(description="Hur organisationen vet det")
    prioriteringar: list[PrioriteringReference] = Field(
        description="Prioriteringar i programmet som insatsen hör till"
    )
    contributions: list[Reference] = Field(description="Bidrag som insatsen visar på")
    indicators: list[Reference] = Field(description="Nyckeltal som insatsen visar på")
    published: datetime = Field(description="När insatsen publicerades första gången")
    changed: datetime = Field(description=CHANGED)
    licence: str = Field(description=LICENCE)
    attribution: str = Field(description="Källan som ska anges")


class ConnectionRecord(Record):
    id: str = Field(description=ID)
    number: str = Field(description="Sambandets nummer, som S-12")
    kind: str = Field(description="Slag: stöder, förutsätter eller krockar med")
    from_prioritering: PrioriteringReference = Field(description="Från prioriteringen")
    to_prioritering: PrioriteringReference = Field(description="Till prioriteringen")
    sentence: str = Field(description="Hur de hör ihop")
    has_evidence: bool = Field(description="Om något visar sambandet")
    contributions: list[Reference] = Field(description="Bidrag som visar sambandet")
    link: str = Field(description="Webbadress som visar sambandet")
    link_title: str = Field(description="Vad adressen leder till")
    approved: date = Field(description="När granskarna godkände sambandet")
    page: str = Field(description=PAGE)
    licence: str = Field(description=LICENCE)
    attribution: str = Field(description="Källan som ska anges")


class CorrectionRecord(Record):
    noted: date = Field(description="Rättelsens datum")
    text: str = Field(description="Rättelsen")


class ReportRecord(Record):
    id: str = Field(description=ID)
    year: int = Field(description="Rapportår")
    title: str = Field(description="Rubrik")
    period_start: int = Field(description="Första året som rapporten gäller")
    period_end: int = Field(description="Sista året som rapporten gäller")
    diary_number: str = Field(description="Diarienummer")
    adopted: date = Field(description="När rapporten fastställdes")
    content_address: str = Field(
        description="Webbadressen till innehållet så som det fastställdes, i JSON"
    )
    sha256: str = Field(description="Kontrollsumma för innehållet, SHA-256")
    corrections: list[CorrectionRecord] = Field(
        description="Rättelser efter fastställelsen; innehållet ändras inte"
    )
    licence: str = Field(description=LICENCE)
    attribution: str = Field(description="Källan som ska anges")


class ReportWithContent(ReportRecord):
    content: dict[str, Any] = Field(description="Innehållet så som det fastställdes")


class ReportContent(Record):
    """What was adopted; each report has its own, which no later version changes."""

    model_config = ConfigDict(extra="allow")
