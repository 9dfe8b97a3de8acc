"""How the site is used and kept, in tables: what `/uppfoljning/oppenhet/` shows.

Everything is counted up to the end of yesterday, so that the page is the same all day
and changes with the content generation alone. A number that is not known is not there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime, time, timedelta
from statistics import median

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate, make_aware

from kunskapsbank.enums import LetterKind, OrganisationKind
from kunskapsbank.figures import answers
from kunskapsbank.models import Letter, Version
from livskvalitet.accessibility import load_statement
from livskvalitet.counted import Row, Table, Value
from livskvalitet.open_data.identity import absolute
from livskvalitet.page_titles import titles
from search.models import MissedSearch
from uppfoljning.models import PageViews

MONTHS = 12
LEAST_VIEWS = 10
MOST_PAGES = 25
FEW = f"färre än {LEAST_VIEWS}"
OTHER_PAGES = "Övriga sidor"


@dataclass(frozen=True)
class Period:
    """The months that are counted, the last of them so far."""

    last_day: Date

    @classmethod
    def until_yesterday(cls) -> "Period":
        return cls(localdate() - timedelta(days=1))

    @property
    def first_day(self) -> Date:
        months = self.last_day.year * 12 + self.last_day.month - MONTHS
        return Date(months // 12, months % 12 + 1, 1)

    @property
    def start(self) -> datetime:
        return make_aware(datetime.combine(self.first_day, time.min))

    @property
    def end(self) -> datetime:
        """The first moment that is not counted."""
        return make_aware(datetime.combine(self.last_day + timedelta(days=1), time.min))

    def months_from(self, first: Date) -> Iterator[Date]:
        """The first day of each month from the one of `first`, within the period."""
        month = max(first.replace(day=1), self.first_day)
        while month <= self.last_day:
            yield month
            month = (month + timedelta(days=31)).replace(day=1)


def tables(period: Period) -> dict[str, Table]:
    """Every table of the page, by the name of its file."""
    made = (
        published(period),
        organisations(period),
        views(period),
        pages(period),
        reviews(period),
        missed_searches(period),
        letters(period),
        faults(),
    )
    return {table.name: table for table in made}


def published(period: Period) -> Table:
    """Contributions that can be read now, by the quarter when they were first
    published."""
    shown = Version.objects.listed().with_first_published()
    shown = shown.filter(first_published__lt=period.end)
    counted: dict[Date, Counter] = defaultdict(Counter)
    for moment, launch_key in shown.values_list(
        "first_published", "entry__launch_key"
    ).iterator():
        counted[_quarter(localdate(moment))][launch_key is not None] += 1
    rows = [
        Row(
            f"{quarter:%Y}-K{(quarter.month + 2) // 3}",
            _quarter_label(quarter),
            (found.total(), found[True]),
        )
        for quarter, found in _in_every(counted, period.last_day, _next_quarter)
    ]
    return Table(
        "bidrag",
        "Publicerade bidrag per kvartal",
        ("Kvartal", "Nya bidrag", "varav från starten"),
        tuple(rows),
    )


def organisations(period: Period) -> Table:
    """The same contributions by the kind of their organisations."""
    shown = Version.objects.listed().with_first_published()
    shown = shown.filter(first_published__lt=period.end)
    kinds = shown.order_by().values_list("organisations__kind")
    counted = dict(kinds.annotate(number=Count("pk", distinct=True)))
    labels = {kind.value: kind.label.capitalize() for kind in OrganisationKind}
    labels[None] = "Ingen organisation angiven"
    rows = [
        Row(label, label, (counted[kind],))
        for kind, label in labels.items()
        if kind in counted
    ]
    rows.sort(key=lambda row: -row.values[0])
    return Table(
        "organisationer",
        "Bidrag per slag av organisation",
        ("Slag av organisation", "Bidrag"),
        tuple(rows),
    )


def views(period: Period) -> Table:
    found = {
        row["month"]: (_hidden_if_few(row["total"]), row["days"])
        for row in _views_of(period).by_month()
    }
    return Table(
        "sidvisningar",
        "Sidvisningar per månad",
        ("Månad", "Visningar", "Räknade dagar"),
        tuple(_monthly(period, found, (None, 0))),
    )


def pages(period: Period) -> Table:
    """The most read pages that are there now; the rest of the views are in one row."""
    counted = _views_of(period).by_path().filter(total__gte=LEAST_VIEWS)
    often = {row["path"]: row["total"] for row in counted[: 2 * MOST_PAGES]}
    named = titles(often)
    rows = [
        # Whole, for whoever reads the file alone, and for copies, which go by it.
        Row(absolute(path), Truncator(named[path]).chars(80), (number,), address=path)
        for path, number in often.items()
        if path in named
    ][:MOST_PAGES]
    if other := _views_of(period).total() - sum(row.values[0] for row in rows):
        rows.append(Row("", OTHER_PAGES, (_hidden_if_few(other),)))
    return Table(
        "sidor", "Mest lästa sidor", ("Sida", "Visningar"), tuple(rows), is_drawn=False
    )


def reviews(period: Period) -> Table:
    by_month = defaultdict(list)
    for answer in answers(since=period.start):
        if answer.happened_at < period.end:
            month = localdate(answer.happened_at).replace(day=1)
            by_month[month].append(answer.days)
    found = {month: (len(days), _median(days)) for month, days in by_month.items()}
    return Table(
        "granskning",
        "Granskarnas svar per månad",
        ("Månad", "Svar", "Dagar till svar, median"),
        tuple(_monthly(period, found, (0, None))),
    )


def missed_searches(period: Period) -> Table:
    within = MissedSearch.objects.between(period.first_day, period.last_day)
    found = {row["month"]: (row["total"], row["queries"]) for row in within.by_month()}
    return Table(
        "sokningar",
        "Sökningar utan träff per månad",
        ("Månad", "Besök utan träff", "Olika sökningar"),
        tuple(_monthly(period, found, (0, 0))),
    )


def letters(period: Period) -> Table:
    """What readers have written of what they cannot use."""
    counted = {row["kind"]: row for row in Letter.objects.numbers_before(period.end)}
    rows = []
    for kind in (LetterKind.ACCESSIBILITY, LetterKind.OTHER_FORM):
        if found := counted.get(kind):
            received, closed = found["received"], found["closed"]
            other = closed - found["answered"]
            numbers = (received, found["answered"], other, received - closed)
            rows.append(Row(kind, kind.label.capitalize(), numbers))
    return Table(
        "tillganglighet",
        "Brev om tillgänglighet",
        ("Slag av brev", "Inkomna", "Besvarade", "Avslutade utan åtgärd", "Väntar"),
        tuple(rows),
        is_drawn=False,
    )


def faults() -> Table:
    """What the statement says is and was wrong."""
    statement = load_statement()
    rows = (
        Row("kända", "Kända och inte åtgärdade", (len(statement.deficiencies),)),
        Row("åtgärdade", "Åtgärdade", (len(statement.mended),)),
    )
    return Table(
        "brister",
        "Brister i tillgängligheten",
        ("Läge", "Brister"),
        rows,
        is_drawn=False,
    )


def _views_of(period):
    return PageViews.objects.between(period.first_day, period.last_day)


def _hidden_if_few(number: int) -> Value:
    return FEW if 0 < number < LEAST_VIEWS else number


def _median(days: Iterable[int | None]) -> int | None:
    known = [each for each in days if each is not None]
    return round(median(known)) if known else None


def _monthly(period, found, nothing) -> Iterator[Row]:
    """A row for each month since the first that is known, of nothing too."""
    if not found:
        return
    for month in period.months_from(min(found)):
        label = date_format(month, "F Y")
        yield Row(f"{month:%Y-%m}", label, found.get(month, nothing))


def _in_every(counted, last_day, next_one):
    if counted:
        place = min(counted)
        while place <= last_day:
            yield place, counted[place]
            place = next_one(place)


def _quarter(day: Date) -> Date:
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _next_quarter(quarter: Date) -> Date:
    return _quarter(quarter + timedelta(days=93))


def _quarter_label(quarter: Date) -> str:
    last = _next_quarter(quarter) - timedelta(days=1)
    return f"{date_format(quarter, 'F')}–{date_format(last, 'F Y')}"
