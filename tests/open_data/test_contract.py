"""The API does what its schema says, for what it may be asked and what it may not.

Schemathesis makes the requests from the schema, the same ones each time.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from livskvalitet.wsgi import application
from tests.factories import EntryFactory, VersionFactory
from tests.open_data import follow_up

EXAMPLES = 12
# The transport of the tests does not unpack.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def one_connection(db):
    """Keeps the test's transaction between requests, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def api_schema(one_connection):
    version = VersionFactory(entry=EntryFactory(slug="ett-bidrag"))
    follow_up.measurement(follow_up.indicator())
    follow_up.initiative(version.entry)
    follow_up.connection(version.entry)
    follow_up.report()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


contract = schemathesis.pytest.from_fixture("api_schema")


@pytest.mark.pages
@pytest.mark.thorough
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
