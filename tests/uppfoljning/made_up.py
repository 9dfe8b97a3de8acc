"""Indicators with made-up values. No number here is a statistic of any town."""

from decimal import Decimal

from django.utils import timezone

from search import generation
from uppfoljning.enums.indicators import Gender, Origin, Wanted
from uppfoljning.models import Indicator, Measurement, Place

OWN, COUNTRY = "1283", "0000"


def an_indicator(**fields):
    values = {
        "slug": "pahittat",
        "title": "Ett påhittat nyckeltal",
        "unit": "procent",
        "wanted": Wanted.HIGHER,
        "why": "Påhittat för ett test.",
        "source": "Kolada",
        "source_url": "https://www.kolada.se/",
        "position": 900,
    }
    return Indicator.objects.create(**{**values, **fields})


def measured(indicator, text, *, first=2015, place=OWN, gender=Gender.TOTAL):
    """A value a year from words; "-" is one that the source says is missing."""
    numbers = [None if word == "-" else Decimal(word) for word in text.split()]
    Measurement.objects.bulk_create(
        Measurement(
            indicator=indicator,
            place=Place.objects.get(code=place),
            period=first + step,
            gender=gender,
            value=number,
            status="" if number is not None else "Missing",
            origin=Origin.FETCHED,
            fetched_at=timezone.now(),
        )
        for step, number in enumerate(numbers)
    )
    generation.touch()
    return indicator
