"""Everything public in one file, which needs nothing else to be understood.

It is written piece by piece, so that memory stays the same however much there is.
"""

import json
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.timezone import localtime
from pydantic import Field

from kunskapsbank import facets
from livskvalitet.open_data import follow_up_reading, programme_records, reading
from livskvalitet.open_data.follow_up_records import (
    ConnectionRecord,
    IndicatorRecord,
    InitiativeRecord,
    MeasurementRecord,
    ReportWithContent,
)
from livskvalitet.open_data.identity import (
    CC0,
    CC_BY,
    KOLADA_TERMS,
    absolute,
    of_page,
)
from livskvalitet.open_data.programme_records import reference
from livskvalitet.open_data.records import (
    Contribution,
    FokusomradeRecord,
    FrameworkRecord,
    LinkRecord,
    OrganisationRecord,
    PrioriteringRecord,
    Record,
    Reference,
    SubjectRecord,
    ViljeinriktningRecord,
)
from programme.models import Term

AT_A_TIME = 100


class FootnoteRecord(Record):
    number: int = Field(description="Fotnotens nummer")
    text: str = Field(description="Fotnoten ord för ord")
    place: Reference = Field(description="Där fotnoten står")
    offset: int = Field(description="Antal tecken i texten före fotnotens siffra")


class ChapterRecord(Record):
    id: str = Field(description="Permanent webbadress som namnger posten")
    number: str = Field(description="Kapitlets nummer")
    title: str = Field(description="Rubrik")
    text: str = Field(description="Texten ord för ord")


class EditionRecord(Record):
    id: str = Field(description="Permanent webbadress som namnger posten")
    title: str = Field(description="Programmets namn och år")
    diary_numbers: str = Field(description="Diarienummer")
    decided: str | None = Field(description="Dagen då programmet beslutades")
    valid_to: str | None = Field(description="Sista dagen då programmet gällde")
    status: str = Field(description="Om utgåvan gäller")


class TermRecord(Record):
    id: str = Field(description="Permanent webbadress som namnger posten")
    term: str = Field(description="Ord i programmet")
    explanation: str = Field(description="Webbplatsens egen förklaring")


class Licences(Record):
    contributions: str = Field(
        description="Licensen för texterna i bidrag, insatser, samband och rapporter"
    )
    measurements: str = Field(description="Koladas villkor för nyckeltalens värden")
    everything_else: str = Field(description="Licensen för allt annat")


class Everything(Record):
    """The whole file."""

    title: str = Field(description="Vad filen är")
    schema_address: str = Field(description="Webbadressen till det här schemat")
    made: str = Field(description="När filen gjordes")
    licences: Licences = Field(description="Licenser. Varje post säger också sin egen")
    edition: EditionRecord | None = Field(description="Programmets utgåva")
    chapters: list[ChapterRecord] = Field(description="Programmets kapitel")
    viljeinriktningar: list[ViljeinriktningRecord]
    fokusomraden: list[FokusomradeRecord]
    prioriteringar: list[PrioriteringRecord]
    footnotes: list[FootnoteRecord] = Field(description="Programmets fotnoter")
    terms: list[TermRecord] = Field(description="Ordlistan")
    frameworks: list[FrameworkRecord] = Field(description="Mål utanför staden")
    subjects: list[SubjectRecord] = Field(description="Ämnen")
    organisations: list[OrganisationRecord] = Field(description="Organisationer")
    contributions: list[Contribution] = Field(description="Bidragen")
    links: list[LinkRecord] = Field(description="Länkarna i bidragen")
    connections: list[ConnectionRecord] = Field(description="Godkända samband")
    indicators: list[IndicatorRecord] = Field(description="Nyckeltalen")
    measurements: list[MeasurementRecord] = Field(description="Nyckeltalens värden")
    initiatives: list[InitiativeRecord] = Field(description="Insatserna")
    reports: list[ReportWithContent] = Field(description="Fastställda rapporter")


def schema() -> dict[str, object]:
    """What the file holds, as JSON Schema."""
    described = Everything.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": absolute(reverse("open_data_schema")),
        **described,
    }


def everything() -> Iterator[str]:
    """The file in pieces; its fields stand in the order of `Everything`."""
    spread = facets.current()
    head = {
        "title": "Livskvalitet Helsingborg: allt som är öppna data",
        "schema_address": absolute(reverse("open_data_schema")),
        "made": localtime().isoformat(timespec="seconds"),
        "licences": {
            "contributions": CC_BY,
            "measurements": KOLADA_TERMS,
            "everything_else": CC0,
        },
        "edition": _edition(spread.tree.edition),
    }
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    for name, records in _lists(spread):
        yield f',\n "{name}": ['
        yield from _listed(records)
        yield "]"
    yield "\n}\n"


def _lists(spread) -> Iterator[tuple[str, Iterable[Record]]]:
    tree = spread.tree
    yield "chapters", map(_chapter, tree.chapters)
    yield "viljeinriktningar", programme_records.viljeinriktningar(spread)
    yield "fokusomraden", programme_records.fokusomraden(spread)
    yield "prioriteringar", programme_records.prioriteringar(spread)
    yield "footnotes", _footnotes(tree)
    yield "terms", map(_term, Term.objects.all())
    yield "frameworks", programme_records.frameworks()
    yield "subjects", reading.subjects()
    yield "organisations", reading.organisations()
    yield "contributions", reading.all_contributions()
    yield "links", reading.all_links()
    yield "connections", follow_up_reading.all_connections()
    yield "indicators", follow_up_reading.indicator_records()
    yield "measurements", follow_up_reading.all_measurements()
    yield "initiatives", follow_up_reading.all_initiatives()
    yield "reports", follow_up_reading.reports_with_content()


def _listed(records):
    """The records in pieces of many, since each piece costs a little."""
    piece, separator = [], "\n  "
    for record in records:
        piece.append(separator + record.model_dump_json())
        separator = ",\n  "
        if len(piece) == AT_A_TIME:
            yield "".join(piece)
            piece = []
    yield "".join(piece)


def _edition(edition):
    if edition is None:
        return None
    return {
        "id": of_page(edition),
        "title": str(edition),
        "diary_numbers": edition.diary_numbers,
        "decided": edition.decided_on and edition.decided_on.isoformat(),
        "valid_to": edition.valid_to and edition.valid_to.isoformat(),
        "status": edition.get_status_display(),
    }


def _chapter(chapter):
    return ChapterRecord(
        id=of_page(chapter),
        number=chapter.number,
        title=chapter.title,
        text=chapter.body,
    )


def _footnotes(tree):
    """In the order of their numbers, wherever they stand."""
    places = [*tree.chapters, *tree.fokusomraden, *tree.prioriteringar]
    found = [
        FootnoteRecord(
            number=note.number,
            text=note.text,
            place=reference(place),
            offset=note.offset,
        )
        for place in places
        for note in place.footnotes.all()
    ]
    return sorted(found, key=lambda note: note.number)


def _term(term):
    return TermRecord(id=of_page(term), term=term.term, explanation=term.explanation)
