"""The API does what its schema says, for what it may be asked and what it may not.

Schemathesis makes the requests from the schema, the same ones each time.
"""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from livskvalitet.wsgi import application
from tests.factories import EntryFactory, VersionFactory

EXAMPLES = 12
# The transport of the tests does not unpack.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def api_schema(db):
    VersionFactory(entry=EntryFactory(slug="ett-bidrag"))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


contract = schemathesis.pytest.from_fixture("api_schema")


@contract.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_api_keeps_its_contract(case):
    case.call_and_validate(headers=PLAIN)
