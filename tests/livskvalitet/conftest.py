"""What tests of the page cache share."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from livskvalitet import public_etag, warming
from tests.livskvalitet.cached_site import Site


@pytest.fixture
def _open_connection(monkeypatch):
    """The test's transaction outlives the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(db, _open_connection, monkeypatch):
    """The site as granian calls it; what comes to Django is noted in `made`."""
    monkeypatch.setattr(public_etag, "SECONDS", 1_000_000)
    return Site(10_000_000)
