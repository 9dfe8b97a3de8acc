"""Made-up indicators, initiatives and connections, as readers meet them."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from kunskapsbank.enums import ConnectionKind, ConnectionStatus
from kunskapsbank.models import Connection
from programme.models import Edition, Fokusomrade, Prioritering
from tests.factories import OrganisationFactory
from uppfoljning.enums.indicators import Gender, Origin, Wanted
from uppfoljning.enums.initiatives import Progress
from uppfoljning.enums.reports import ReportStatus
from uppfoljning.models import (
    Adoption,
    Indicator,
    Initiative,
    Measurement,
    Place,
    Report,
    ReportCorrection,
)


def indicator(**values):
    made = Indicator.objects.create(
        **{
            "slug": "pahittat-tal",
            "title": "Påhittat tal",
            "unit": "procent",
            "wanted": Wanted.HIGHER,
            "why": "För att prova.",
            "source": "Påhittad källa",
            "position": 900,
        }
        | values
    )
    made.fokusomraden.set(Fokusomrade.objects.filter(number="4.3.1"))
    made.prioriteringar.set(Prioritering.objects.filter(slug="2016-4-3-1-b"))
    return made


def measurement(of, **values):
    place, _ = Place.objects.get_or_create(
        code="9999",
        defaults={
            "title": "Påhittad plats",
            "short_title": "Påhittad",
            "position": 900,
        },
    )
    return Measurement.objects.create(
        **{
            "indicator": of,
            "place": place,
            "period": 2019,
            "gender": Gender.WOMEN,
            "value": Decimal("12.5"),
            "origin": Origin.FETCHED,
            "fetched_at": timezone.now(),
        }
        | values
    )


def initiative(*entries, **values):
    made = Initiative.objects.create(
        **{
            "slug": "pahittad-insats",
            "title": "Påhittad insats",
            "summary": "Vad den är.",
            "progress": Progress.ONGOING,
            "period_start": 2018,
            "organisation": OrganisationFactory(name="Påhittade nämnden"),
        }
        | values
    )
    made.prioriteringar.set(Prioritering.objects.filter(slug="2016-4-3-1-b"))
    made.entries.set(entries)
    return made


def connection(*entries, **values):
    ends = Prioritering.objects.filter(slug__in=["2016-4-1-1-a", "2016-4-3-1-b"])
    first, second = ends.order_by("pk")
    made = Connection.objects.create(
        **{
            "kind": ConnectionKind.SUPPORTS,
            "from_prioritering": first,
            "to_prioritering": second,
            "sentence": "Det ena bär det andra.",
            "status": ConnectionStatus.APPROVED,
            "proposed_at": timezone.now(),
            "decided_at": timezone.now(),
            "key": uuid4(),
        }
        | values
    )
    made.entries.set(entries)
    return made


# Spaces, order and letters that a program would write otherwise.
FROZEN = '{ "b":1,\n"a" : "påhittat", "tal":[1.50, 2e1] }'


def report(status=ReportStatus.ADOPTED, content=FROZEN):
    made = Report.objects.create(
        year=2018,
        period_start=2017,
        period_end=2018,
        edition=Edition.objects.get(slug="2016"),
        status=status,
    )
    if status == ReportStatus.ADOPTED:
        adoption = Adoption.objects.create(
            report=made,
            diary_number="PÅHITTAT 1/2019",
            adopted_on=date(2019, 3, 1),
            content=content,
            sha256=sha256(content.encode()).hexdigest(),
        )
        ReportCorrection.objects.create(
            adoption=adoption, text="Fel ord.", noted_on=date(2019, 4, 1), key=uuid4()
        )
    return made
