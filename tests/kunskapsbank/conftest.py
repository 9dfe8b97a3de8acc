"""What several tests of the knowledge bank need."""

import pytest
from django.utils import timezone
from time_machine import travel

from kunskapsbank.enums import Kind, Status
from kunskapsbank.models import Entry, Organisation, Version
from programme.models import Prioritering
from search import generation
from tests.kunskapsbank.following import some_morning


@pytest.fixture
def many_entries(db):
    """Add contributions until there are 600, each tied to three prioriteringar."""
    missing = 600 - Version.objects.listed().count()
    entries = Entry.objects.bulk_create(
        Entry(slug=f"manga-{number}") for number in range(missing)
    )
    versions = Version.objects.bulk_create(
        Version(
            entry=entry,
            number=1,
            kind=Kind.values[number % len(Kind)],
            title=f"Ett av många {number}",
            summary="Sammanfattning.",
            status=Status.PUBLISHED,
            published_at=timezone.now(),
            period_start=1990 + number % 30 if number % 4 else None,
        )
        for number, entry in enumerate(entries)
    )
    _tie(versions)
    generation.touch()
    return versions


def _tie(versions):
    prioriteringar = list(Prioritering.objects.all())
    organisation = Organisation.objects.first()
    ties = Version.prioriteringar.through
    ties.objects.bulk_create(
        ties(version=version, prioritering=prioriteringar[place])
        for number, version in enumerate(versions)
        for place in {each % 58 for each in (number, number * 7 + 1, number * 3 + 2)}
    )
    names = Version.organisations.through
    names.objects.bulk_create(
        names(version=version, organisation=organisation) for version in versions
    )


@pytest.fixture
def morning():
    """The moment that it is: a month on, so that the launch contributions are old."""
    with travel(some_morning(), tick=False):
        yield timezone.now()


@pytest.fixture
def media(settings, tmp_path):
    """A storage of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT
