"""Keeping values, and the log of fetching them.

All of an indicator's values are kept, or none; what a value was before is kept too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from search import generation
from uppfoljning import kolada
from uppfoljning.enums.indicators import FetchState, Gender, Origin, RunState
from uppfoljning.exceptions.indicators import KoladaFault
from uppfoljning.models import (
    Fetch,
    ImportRun,
    Indicator,
    Measurement,
    MeasurementRevision,
    Place,
    ValueUpload,
)
from uppfoljning.permissions import can_follow_up
from uppfoljning.sheets.values import Upload

# A run that was broken off longer ago is not taken up: what it had is old.
TAKEN_UP_WITHIN = timedelta(hours=24)
# Kolada counts days by its own clock, and may have published on the day we asked.
OVERLAP = timedelta(days=2)
NO_GENDERS = "Källan har inga värden för kvinnor och män var för sig."
NO_VALUES = "Källan har inga värden för Helsingborg."


@dataclass(frozen=True)
class Reading:
    """A value to keep, at a place that we know."""

    place: Place
    year: int
    gender: str
    value: Decimal | None
    status: str = ""

    @property
    def key(self) -> tuple[int, int, str]:
        return self.place.pk, self.year, self.gender


@transaction.atomic
def keep_values(
    indicator: Indicator,
    readings: Iterable[Reading],
    *,
    origin: Origin,
    moment: datetime,
) -> tuple[int, int]:
    """Keep readings of an indicator; gives how many were new, and how many changed.

    What is not among them stays as it is. What a changed value was is kept as a
    revision.
    """
    Indicator.objects.select_for_update().get(pk=indicator.pk)
    known = {
        (each.place_id, each.period, each.gender): each
        for each in Measurement.objects.filter(indicator=indicator)
    }
    new, changed = [], 0
    for reading in readings:
        present = known.get(reading.key)
        if present is None:
            new.append(_measured(indicator, reading, origin, moment))
        elif (present.value, present.status) != (reading.value, reading.status):
            _revise(present, reading, origin, moment)
            changed += 1
    Measurement.objects.bulk_create(new)
    generation.touch()
    return len(new), changed


def _measured(
    indicator: Indicator, reading: Reading, origin: Origin, moment: datetime
) -> Measurement:
    return Measurement(
        indicator=indicator,
        place=reading.place,
        period=reading.year,
        gender=reading.gender,
        value=reading.value,
        status=reading.status,
        origin=origin,
        fetched_at=moment,
    )


def _revise(
    present: Measurement, reading: Reading, origin: Origin, moment: datetime
) -> None:
    MeasurementRevision.objects.create(
        measurement=present,
        value=present.value,
        status=present.status,
        origin=present.origin,
        fetched_at=present.fetched_at,
        replaced_at=moment,
    )
    present.value, present.status = reading.value, reading.status
    present.origin, present.fetched_at = origin, moment
    present.save()


@transaction.atomic
def upload_values(uploads: Iterable[Upload], *, by: User) -> tuple[int, int]:
    """Keep what somebody has read from a table, all or none, and that they did; gives
    how many values were new, and how many changed. Raises PermissionDenied."""
    if not can_follow_up(by):
        raise PermissionDenied
    moment = timezone.now()
    by_indicator: dict[Indicator, list[Reading]] = {}
    for each in uploads:
        reading = Reading(each.place, each.year, each.gender, each.value, each.status)
        by_indicator.setdefault(each.indicator, []).append(reading)
    counts = [
        keep_values(indicator, readings, origin=Origin.UPLOADED, moment=moment)
        for indicator, readings in sorted(
            by_indicator.items(), key=lambda pair: pair[0].pk
        )
    ]
    new, changed = sum(each[0] for each in counts), sum(each[1] for each in counts)
    upload = ValueUpload.objects.create(
        uploaded_by=by, uploaded_at=moment, new_count=new, changed_count=changed
    )
    upload.indicators.set(by_indicator)
    return new, changed


# -- Runs


@transaction.atomic
def start_run(*, anew: bool = False) -> ImportRun:
    """The run that was broken off within TAKEN_UP_WITHIN, or a new one."""
    now = timezone.now()
    unfinished = ImportRun.objects.unfinished().select_for_update()
    latest = unfinished.first()
    if latest and not anew and latest.started_at > now - TAKEN_UP_WITHIN:
        return latest
    unfinished.update(state=RunState.BROKEN_OFF, ended_at=now)
    return ImportRun.objects.create(started_at=now)


@transaction.atomic
def end_run(run: ImportRun) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    failed = run.fetches.filter(state=FetchState.FAILED).exists()
    run.state = RunState.FAULTY if failed else RunState.DONE
    run.ended_at = timezone.now()
    run.save()
    return run


def fetch(
    run: ImportRun,
    indicator: Indicator,
    places: list[Place],
    source: kolada.Kolada,
    *,
    full: bool = False,
) -> Fetch:
    """Ask for an indicator's values and keep them, all or none; the log says which.

    Kolada is asked whether anything has changed when it gave marks the last time, or
    else for what has changed since then; `full` asks for everything.
    """
    codes = [place.code for place in places]
    address = kolada.address_of(indicator.kolada_id or "", codes)
    before = None if full else _last_answer(indicator, address)
    marks = (
        kolada.Marks(before.etag, before.last_modified) if before else kolada.Marks()
    )
    since = None if marks else _since(before)
    moment = timezone.now()
    try:
        answer = source.readings(
            indicator.kolada_id or "", codes, since=since, marks=marks
        )
    except KoladaFault as fault:
        outcome = {"state": FetchState.FAILED, "message": fault.user_message}
        return _note(run, indicator, address, moment, outcome)
    return _keep(run, indicator, places, address, answer, moment)


def _last_answer(indicator: Indicator, address: str) -> Fetch | None:
    """The last time the same was asked and answered."""
    answered = indicator.fetches.answered().filter(address=address)
    return answered.order_by("-fetched_at").first()


def _since(before: Fetch | None) -> date | None:
    return (before.fetched_at - OVERLAP).date() if before else None


@transaction.atomic
def _keep(
    run: ImportRun,
    indicator: Indicator,
    places: list[Place],
    address: str,
    answer: kolada.Answer,
    moment: datetime,
) -> Fetch:
    by_code = {place.code: place for place in places}
    readings = [
        Reading(by_code[each.place], each.year, each.gender, each.value, each.status)
        for each in answer.readings
    ]
    new, changed = keep_values(
        indicator, readings, origin=Origin.FETCHED, moment=moment
    )
    state = FetchState.CHANGED if new or changed else FetchState.UNCHANGED
    outcome = {
        "state": state,
        "message": _remark(indicator),
        "new_count": new,
        "changed_count": changed,
        "etag": answer.marks.etag,
        "last_modified": answer.marks.last_modified,
    }
    return _note(run, indicator, address, moment, outcome)


def _remark(indicator: Indicator) -> str:
    """What is to be known of values that are there, or are not."""
    own = indicator.measurements.filter(place__is_own=True).exclude(value=None)
    if not own.exists():
        return NO_VALUES
    genders = own.exclude(gender=Gender.TOTAL)
    return NO_GENDERS if indicator.is_by_gender and not genders.exists() else ""


def _note(
    run: ImportRun, indicator: Indicator, address: str, moment: datetime, outcome: dict
) -> Fetch:
    """What became of the indicator in the run, this time."""
    fields = {"address": address, "fetched_at": moment, **outcome}
    return Fetch.objects.update_or_create(
        run=run, indicator=indicator, defaults=fields
    )[0]
