"""What a report says, gathered from everywhere as plain values.

What `gather` gives is all that a report's pages, files and tables are made of, before
it is adopted and after. It holds no name of a person: those who wrote are named by
their organisation where it is an initiative, and not at all elsewhere. Change its shape
only with a new `FORMAT`, since adopted reports keep theirs.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from kunskapsbank import facets
from kunskapsbank.models import Connection, Version
from programme import taxonomy
from programme.models import Fokusomrade, Prioritering, Viljeinriktning
from uppfoljning import report_changes
from uppfoljning.directions import RULE
from uppfoljning.enums.indicators import Origin
from uppfoljning.enums.reports import AssessmentStatus
from uppfoljning.models import Assessment, Indicator, Initiative, Report
from uppfoljning.series import figures_of

FORMAT = 1


def gather(report: Report, *, today: Date | None = None) -> dict[str, Any]:
    """The report as it would be adopted today."""
    today = today or localdate()
    before = previous(report)
    tree = taxonomy.of(report.edition.slug)
    parts = _Parts.read(report, _since(report, before), today, tree.fokusomraden)
    content = {
        "format": FORMAT,
        "year": report.year,
        "title": report.title,
        "period": [report.period_start, report.period_end],
        "edition": report.edition.slug,
        "edition_title": f"{report.edition.title} {report.edition.period}",
        "since": parts.since.isoformat(),
        "until": today.isoformat(),
        "site": settings.SITE_ADDRESS,
        "rule": RULE,
        "indicators": parts.overarching(),
        "viljeinriktningar": [parts.strand(each) for each in tree.viljeinriktningar],
    }
    compared = report_changes.between(before.adoption.data, content) if before else None
    return content | {"changes": compared}


def read(report: Report) -> dict[str, Any]:
    """What was adopted, or what would be today."""
    return report.adoption.data if report.is_adopted else gather(report)


def written(content: dict[str, Any]) -> str:
    """The one text of these values, whatever order they were put together in."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def digest(text: str) -> str:
    """SHA-256 (hex) of the text in UTF-8."""
    return sha256(text.encode()).hexdigest()


def previous(report: Report) -> Report | None:
    """The adopted report before this one."""
    return Report.objects.public().filter(year__lt=report.year).first()


def _since(report: Report, before: Report | None) -> Date:
    """The first day whose news the report tells: that of the last one, or the first
    day of the period."""
    if before is None:
        return Date(report.period_start, 1, 1)
    return Date.fromisoformat(before.adoption.data["until"])


@dataclass(frozen=True)
class _Parts:
    """All that is told, read once."""

    report: Report
    since: Date
    until: Date
    assessments: dict[int, Assessment]
    indicators: list[tuple[Indicator, dict[str, Any]]]
    initiatives: list[Initiative]
    belongs: dict[int, list[Prioritering]]
    entries: list[Version]
    connections: list[Connection]
    spread: facets.Facets

    @classmethod
    def read(cls, report, since, until, areas) -> "_Parts":
        assessments = report.assessments.prefetch_related("indicators", "initiatives")
        indicators = Indicator.objects.public().with_links().with_values()
        initiatives = list(Initiative.objects.public().with_ties().in_order())
        entries = Version.objects.listed().with_first_published()
        approved = Connection.objects.public().with_ends().with_evidence()
        new = {"decided_at__date__gte": since, "decided_at__date__lte": until}
        return cls(
            report,
            since,
            until,
            {each.fokusomrade_id: each for each in assessments},
            [(each, indicator_record(each, report.years)) for each in indicators],
            initiatives,
            _belonging(initiatives),
            list(
                entries.select_related("entry").filter(
                    first_published__date__gte=since, first_published__date__lte=until
                )
            ),
            list(approved.filter(**new)),
            facets.current(),
        )

    def overarching(self) -> list[dict[str, Any]]:
        """The indicators of the programme as a whole."""
        return [record for _, record in self.indicators if not record["numbers"]]

    def strand(self, strand: Viljeinriktning) -> dict[str, Any]:
        areas = list(strand.fokusomraden.all())
        ours = {each.pk for area in areas for each in area.prioriteringar.all()}
        return {
            "key": strand.key,
            "number": strand.number,
            "title": strand.title,
            "short_title": strand.short_title,
            "address": strand.get_absolute_url(),
            "fokusomraden": [self._area(each) for each in areas],
            "indicators": [
                record
                for each, record in self.indicators
                if _areas_of(each) & {area.pk for area in areas}
            ],
            "initiatives": [
                initiative_record(each, [tie for tie in ties if tie.pk in ours])
                for each, ties in self._initiatives(ours)
            ],
            "entries": [
                _entry_record(each, self._ties(each, ours))
                for each in self._in_order()
                if self._ties(each, ours)
            ],
            "connections": [
                _connection_record(each)
                for each in self.connections
                if {each.from_prioritering_id, each.to_prioritering_id} & ours
            ],
        }

    def _area(self, area: Fokusomrade) -> dict[str, Any]:
        assessment = self.assessments.get(area.pk)
        is_done = assessment and assessment.status == AssessmentStatus.DONE
        return {
            "number": area.number,
            "title": area.title,
            "address": area.get_absolute_url(),
            "text": assessment.text if assessment else "",
            "is_done": bool(is_done),
            "indicators": self._attached(assessment, "indicators"),
            "initiatives": self._attached(assessment, "initiatives"),
            "prioriteringar": [
                self._prioritering(each) for each in area.prioriteringar.all()
            ],
        }

    def _prioritering(self, prioritering: Prioritering) -> dict[str, Any]:
        entries = self.spread.count(prioritering)
        tied = list(self._initiatives({prioritering.pk}))
        return {
            "number": prioritering.number,
            "text": prioritering.text,
            "address": prioritering.get_absolute_url(),
            "entries": entries,
            "initiatives": len(tied),
            "is_white_spot": not entries,
        }

    def _attached(self, assessment, name) -> list[dict[str, Any]]:
        """What is attached to the text and may be read by anybody."""
        if assessment is None:
            return []
        chosen = {each.pk for each in getattr(assessment, name).all()}
        if name == "indicators":
            return [record for each, record in self.indicators if each.pk in chosen]
        return [
            initiative_record(each, self.belongs[each.pk])
            for each in self.initiatives
            if each.pk in chosen
        ]

    def _initiatives(self, ours: set[int]) -> Iterator[tuple[Initiative, list]]:
        """Those that belong to any of them, and to what all they do."""
        for each in self.initiatives:
            if not ours.isdisjoint(tie.pk for tie in self.belongs[each.pk]):
                yield each, self.belongs[each.pk]

    def _in_order(self) -> list[Version]:
        return sorted(self.entries, key=lambda each: (each.first_published, each.pk))

    def _ties(self, version: Version, ours: set[int]) -> list[str]:
        hung = self.spread.prioriteringar.get(version.pk, ())
        return [each.number for each in hung if each.pk in ours]


def indicator_record(indicator: Indicator, years: range) -> dict[str, Any]:
    """With the own values of the period, and the first and last of all."""
    figures = figures_of(indicator)
    own = figures.own
    return {
        "slug": indicator.slug,
        "title": indicator.title,
        "address": indicator.get_absolute_url(),
        "unit": indicator.unit,
        "direction": figures.trend.direction.value,
        "words": figures.trend.words,
        "first": _value_record(own.first) if own else None,
        "last": _value_record(own.last) if own else None,
        "values": [_value_record(each) for each in own.measured if each.year in years]
        if own
        else [],
        "place": own.name if own else "",
        "source": indicator.source,
        "source_address": indicator.source_url,
        "origin": Origin.FETCHED if figures.is_fetched else Origin.UPLOADED,
        "numbers": sorted(
            [each.number for each in indicator.fokusomraden.all()]
            + [each.number for each in indicator.prioriteringar.all()]
        ),
    }


def _value_record(value) -> dict[str, Any]:
    return {"year": value.year, "text": value.text}


def initiative_record(
    initiative: Initiative, ties: list[Prioritering]
) -> dict[str, Any]:
    return {
        "slug": initiative.slug,
        "title": initiative.title,
        "address": initiative.get_absolute_url(),
        "organisation": initiative.organisation.name,
        "progress": initiative.progress,
        "progress_words": initiative.get_progress_display(),
        "period": initiative.period,
        "period_start": initiative.period_start,
        "period_end": initiative.period_end,
        "summary": initiative.summary,
        "effect": initiative.effect,
        "evidence": initiative.evidence,
        "numbers": [*dict.fromkeys(each.number for each in ties)],
    }


def _entry_record(version: Version, numbers: list[str]) -> dict[str, Any]:
    return {
        "number": version.entry.number,
        "title": version.title,
        "address": version.get_absolute_url(),
        "kind": version.get_kind_display(),
        "published_on": localdate(version.first_published).isoformat(),
        "numbers": numbers,
    }


def _connection_record(connection: Connection) -> dict[str, Any]:
    return {
        "number": connection.number,
        "title": connection.title,
        "address": connection.get_absolute_url(),
        "sentence": connection.sentence,
        "has_evidence": connection.has_evidence,
        "approved_on": localdate(connection.decided_at).isoformat(),
        "numbers": [
            connection.from_prioritering.number,
            connection.to_prioritering.number,
        ],
    }


def _areas_of(indicator: Indicator) -> set[int]:
    areas = {each.pk for each in indicator.fokusomraden.all()}
    return areas | {each.fokusomrade_id for each in indicator.prioriteringar.all()}


def _belonging(initiatives: list[Initiative]) -> dict[int, list[Prioritering]]:
    """By key, what each is tied to, and then what that is in today's programme."""
    found = {}
    for initiative in initiatives:
        ties = initiative.prioriteringar.all()
        # Those of today's programme are in both, and have their place among the ties.
        found[initiative.pk] = [*dict.fromkeys([*ties, *taxonomy.now(ties)])]
    return found


def missing_parts(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The fokusområden whose assessment is not done: without them nothing is
    adopted."""
    return [
        area
        for strand in content["viljeinriktningar"]
        for area in strand["fokusomraden"]
        if not area["is_done"]
    ]


def thin_parts(content: dict[str, Any]) -> list[str]:
    """What a reader will miss, in words; none of it keeps a report from being
    adopted, since the report says so itself."""
    indicators = list(report_changes.all_of(content, "indicators"))
    initiatives = list(report_changes.all_of(content, "initiatives"))
    unmeasured = sum(not each["values"] for each in indicators)
    without_effect = sum(not each["effect"] for each in initiatives)
    strands = [
        each["short_title"]
        for each in content["viljeinriktningar"]
        if not each["initiatives"]
    ]
    told = [
        f"{unmeasured} av {len(indicators)} nyckeltal saknar värden för perioden."
        if unmeasured
        else "",
        f"{without_effect} av {len(initiatives)} insatser saknar beskriven effekt."
        if without_effect
        else "",
        f"Inga insatser är berättade i {_listed(strands)}." if strands else "",
    ]
    return [each for each in told if each]


def _listed(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last
