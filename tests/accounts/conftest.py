"""What the tests of accounts share."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.own_data import ida, sign_in_twice


@pytest.fixture
def signed_in(client):
    client.user = ida()
    sign_in_twice(client, client.user)
    return client


@pytest.fixture
def time_machine_at():
    """Move the clock ahead of what it shows, for the rest of the test."""
    travels = []

    def move(**ahead):
        then = timezone.now() + datetime.timedelta(**ahead)
        while travels:
            travels.pop().stop()
        travel = time_machine.travel(then)
        travel.start()
        travels.append(travel)

    yield move
    for travel in travels:
        travel.stop()
