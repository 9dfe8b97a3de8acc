"""What the tests of the API read."""

import pytest

from kunskapsbank.enums import Kind
from programme.models import Prioritering
from tests.factories import OrganisationFactory, TagFactory, VersionFactory


@pytest.fixture
def version():
    return VersionFactory(
        kind=Kind.GOOD_EXAMPLE,
        title="Bänkar vid stranden",
        byline="Ida Dahl",
        tags=[TagFactory(name="bänkar", slug="bankar")],
        organisations=[OrganisationFactory(name="Bänkföreningen")],
        prioriteringar=[Prioritering.objects.get(slug="2016-4-3-1-b")],
    )
