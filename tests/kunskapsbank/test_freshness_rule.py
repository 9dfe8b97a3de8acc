"""How long a text is taken to hold: in Python for one, in the database for many."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from kunskapsbank import freshness
from kunskapsbank.models import Version
from tests.factories import EntryFactory, VersionFactory

TODAY = date(2026, 11, 26)


def on(day):
    return timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))


def published(day, *, confirmed=None, launch_key=None, **fields):
    entry = EntryFactory(launch_key=launch_key, confirmed_on=confirmed)
    return VersionFactory(entry=entry, published_at=on(day), **fields)


OLD, NEW = "2024-11-26", "2024-11-27"
CASES = [
    ({"day": NEW}, True),
    ({"day": OLD}, False),
    ({"day": "2020-01-01", "confirmed": date(2024, 11, 27)}, True),
    ({"day": "2020-01-01", "confirmed": date(2024, 11, 26)}, False),
    # A year tells how old a launch contribution is, and of no other.
    ({"day": NEW, "period_end": 2019}, True),
    ({"day": NEW, "period_end": 2019, "launch_key": "b-1"}, False),
    ({"day": NEW, "period_start": 2019, "launch_key": "b-1"}, False),
    ({"day": NEW, "period_start": 2019, "period_end": 2024, "launch_key": "b"}, True),
    ({"day": NEW, "launch_key": "b-1"}, True),
    ({"day": OLD, "launch_key": "b-1"}, False),
    ({"day": OLD, "period_end": 2030, "launch_key": "b-1"}, False),
    (
        {"day": "2026-05-02", "confirmed": date(2026, 5, 1)}
        | {"launch_key": "b-1", "period_end": 2019},
        False,
    ),
]


@pytest.mark.parametrize(("about", "holds"), CASES)
def test_rule_says_the_same_of_one_and_of_many(db, about, holds):
    version = published(**about)
    asked = Version.objects.filter(pk=version.pk)

    found = asked.annotate(told_year=freshness.told_year()).filter(
        freshness.is_unconfirmed(on=TODAY)
    )

    assert freshness.is_confirmed(version, on=TODAY) is holds
    assert list(found) == ([] if holds else [version])


def test_launch_contribution_that_was_confirmed_counts_from_then(db):
    version = published(
        "2024-01-01", confirmed=date(2026, 3, 1), launch_key="b", period_end=2019
    )

    assert freshness.vouched_on(version) == date(2026, 3, 1)


def test_text_that_moderators_took_over_counts_from_its_publication(db):
    version = published(
        "2026-05-01",
        launch_key="b",
        period_end=2019,
        submitted_at=on("2026-04-01"),
        decided_at=on("2026-05-01"),
    )

    assert freshness.vouched_on(version) == date(2026, 5, 1)


def test_confirmation_of_an_earlier_text_is_none_of_the_text_now(db):
    version = published("2026-05-01", confirmed=date(2026, 4, 30))

    assert freshness.confirmed_on(version) is None
    assert freshness.vouched_on(version) == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "confirmed", "due"),
    [
        ("2025-11-26", None, True),
        ("2025-11-27", None, False),
        ("2025-01-01", date(2025, 11, 26), True),
        ("2025-01-01", date(2025, 11, 27), False),
        ("2025-11-27", date(2020, 1, 1), False),
    ],
)
def test_owners_are_asked_when_a_year_has_gone(db, day, confirmed, due):
    version = published(day, confirmed=confirmed)

    found = Version.objects.filter(freshness.is_due(on=TODAY), pk=version.pk)

    assert found.exists() is due


def test_year_is_counted_from_a_leap_day():
    assert freshness.years_before(date(2028, 2, 29), 2) == date(2026, 2, 28)
    assert freshness.years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)
