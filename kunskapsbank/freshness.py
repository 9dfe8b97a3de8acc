"""How long what a contribution says is taken to hold: the whole rule, in one place.

Days are by the calendar in Sweden. A text counts from the day it was published or last
confirmed, whichever is later. A launch contribution, which nobody handed in, counts
from the year it tells of, since putting an old text on the site made it no newer.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

# Years after which the owners are asked, and after which readers are told.
ASK_AFTER, OLD_AFTER = 1, 2


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def vouched_on(version) -> date:
    """The last day that somebody stood for the text; reads the version's entry."""
    confirmed = confirmed_on(version)
    if confirmed:
        return confirmed
    published = timezone.localdate(version.published_at)
    year = version.period_end or version.period_start
    if _is_as_loaded(version) and year:
        return min(date(year, 12, 31), published)
    return published


def confirmed_on(version) -> date | None:
    """The day that this very text was confirmed; None when it was changed since."""
    confirmed = version.entry.confirmed_on
    published = timezone.localdate(version.published_at)
    return confirmed if confirmed and confirmed >= published else None


def is_confirmed(version, *, on: date) -> bool:
    """Whether somebody has stood for the published text in the last two years."""
    return vouched_on(version) > years_before(on, OLD_AFTER)


def is_unconfirmed(*, on: date) -> Q:
    """The versions of which `is_confirmed` is false, for those annotated `told_year`
    as by `told_year`."""
    day = years_before(on, OLD_AFTER)
    as_loaded = Q(entry__launch_key__isnull=False, submitted_at=None)
    is_of_old_year = as_loaded & Q(told_year__lte=_last_whole_year(day))
    is_confirmed_late = Q(
        entry__confirmed_on__gt=day, entry__confirmed_on__gte=TruncDate("published_at")
    )
    published_late = Q(published_at__gte=_end_of(day))
    return ~is_confirmed_late & (~published_late | is_of_old_year)


def told_year() -> Coalesce:
    """The last year that a text tells of, to annotate versions with."""
    return Coalesce("period_end", "period_start")


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def is_due(*, on: date) -> Q:
    """The published versions that nobody has stood for in a year."""
    day = years_before(on, ASK_AFTER)
    not_confirmed = Q(entry__confirmed_on=None) | Q(entry__confirmed_on__lte=day)
    return not_confirmed & Q(published_at__lt=_end_of(day))


def _is_as_loaded(version) -> bool:
    return version.entry.launch_key is not None and version.submitted_at is None


def _last_whole_year(day: date) -> int:
    """The latest year whose last day is no later than `day`."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def _end_of(day: date) -> datetime:
    """The first moment that is later than `day`."""
    return start_of(day + timedelta(days=1))
