"""A report's values as its page, its file and its tables show them.

Whoever calls gives the values, gathered now or kept since the report was adopted;
nothing else is read.
"""

from collections.abc import Iterator
from datetime import date as Date
from itertools import chain
from typing import Any

from kunskapsbank import cells, markdown

Content = dict[str, Any]
Row = list[object]

COLUMNS = [
    "viljeinriktning", "slag", "nummer", "rubrik", "text", "ar", "varde", "enhet",
    "organisation", "adress",
]  # fmt: skip
_DAYS = ("since", "until")


def shown(content: Content, *, for_paper: bool = False) -> Content:
    """The values for a template, with days as days and texts as safe HTML. On paper
    every address begins with the site's."""
    site = content["site"] if for_paper else ""
    strands = [_strand(each, site) for each in content["viljeinriktningar"]]
    days = {name: Date.fromisoformat(content[name]) for name in _DAYS}
    return content | days | {"viljeinriktningar": strands, "prefix": site}


def extract(content: Content, year: int) -> Content:
    """What of the report is about one year: its values, and what was done, told and
    found then. The assessments are of the whole period."""
    strands = [_of_year(each, year) for each in content["viljeinriktningar"]]
    whole = _measured(content["indicators"], year)
    return content | {"viljeinriktningar": strands, "indicators": whole}


def as_csv(content: Content) -> Iterator[str]:
    """A row for each thing that the report tells."""
    site = content["site"]
    whole = (_indicator_rows("", record, site) for record in content["indicators"])
    strands = (_rows(strand, site) for strand in content["viljeinriktningar"])
    rows = chain.from_iterable([*whole, *strands])
    return cells.csv_of(COLUMNS, rows)


def _strand(strand: Content, site: str) -> Content:
    areas = [_area(each, site) for each in strand["fokusomraden"]]
    entries = [_dated(each, "published_on") for each in strand["entries"]]
    connections = [_dated(each, "approved_on") for each in strand["connections"]]
    initiatives = [_initiative(each, site) for each in strand["initiatives"]]
    changed = {"fokusomraden": areas, "entries": entries, "initiatives": initiatives}
    spots = [
        each
        for area in strand["fokusomraden"]
        for each in area["prioriteringar"]
        if each["is_white_spot"]
    ]
    return strand | changed | {"connections": connections, "white_spots": spots}


def _area(area: Content, site: str) -> Content:
    return area | {"html": _html(area["text"], site)}


def _initiative(record: Content, site: str) -> Content:
    return record | {"effect_html": _html(record["effect"], site)}


def _html(text: str, site: str) -> str:
    return markdown.render_for_paper(text, site) if site else markdown.render(text)


def _dated(record: Content, name: str) -> Content:
    return record | {name: Date.fromisoformat(record[name])}


def _of_year(strand: Content, year: int) -> Content:
    return strand | {
        "indicators": _measured(strand["indicators"], year),
        "initiatives": [each for each in strand["initiatives"] if _is_in(each, year)],
        "entries": _on(strand["entries"], "published_on", year),
        "connections": _on(strand["connections"], "approved_on", year),
    }


def _measured(indicators: list[Content], year: int) -> list[Content]:
    found = [
        each | {"values": [value for value in each["values"] if value["year"] == year]}
        for each in indicators
    ]
    return [each for each in found if each["values"]]


def _is_in(initiative: Content, year: int) -> bool:
    first, last = initiative["period_start"], initiative["period_end"]
    return first is None or (first <= year and (last is None or year <= last))


def _on(records: list[Content], name: str, year: int) -> list[Content]:
    return [each for each in records if each[name].startswith(f"{year}-")]


# -- The table


def _rows(strand: Content, site: str) -> Iterator[Row]:
    name = strand["short_title"]
    for area in strand["fokusomraden"]:
        yield _row(name, "lägesbedömning", area, site, text=area["text"])
        for each in area["prioriteringar"]:
            kind = "vit fläck" if each["is_white_spot"] else "prioritering"
            counted = {"values": [each["entries"]], "unit": "bidrag"}
            yield _row(name, kind, each | counted, site, text=each["text"])
    for each in strand["indicators"]:
        yield from _indicator_rows(name, each, site)
    for each in strand["initiatives"]:
        numbered = each | {"number": " | ".join(each["numbers"])}
        yield _row(name, "insats", numbered, site, text=_told(each))
    for each in strand["entries"]:
        yield _row(name, "nytt bidrag", each, site, year=each["published_on"][:4])
    for each in strand["connections"]:
        said, year = each["sentence"], each["approved_on"][:4]
        yield _row(name, "nytt samband", each, site, text=said, year=year)


def _indicator_rows(strand: str, record: Content, site: str) -> Iterator[Row]:
    numbered = record | {"number": " | ".join(record["numbers"])}
    yield _row(strand, "riktning", numbered, site, text=record["words"])
    for value in record["values"]:
        one = numbered | {"values": [value["text"]]}
        yield _row(strand, "nyckeltal", one, site, year=value["year"])


def _told(initiative: Content) -> str:
    parts = [initiative["summary"], initiative["effect"]]
    return "\n\n".join(each for each in parts if each)


def _row(
    strand: str, kind: str, record: Content, site: str, *, text="", year=""
) -> Row:
    values = record.get("values", []) if kind not in {"riktning", "insats"} else []
    return [
        strand,
        kind,
        record.get("number", ""),
        record.get("title", ""),
        text,
        year,
        *(values[:1] or [""]),
        record.get("unit", "") if values else "",
        record.get("organisation", ""),
        site + record["address"],
    ]
