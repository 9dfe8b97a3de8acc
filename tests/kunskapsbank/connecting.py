"""Connections between prioriteringar, for the tests of them. What they say is made
up."""

from uuid import uuid4

from kunskapsbank import workflow
from kunskapsbank.enums import ConnectionKind
from programme import taxonomy
from programme.models import Prioritering
from tests.factories import UserFactory

SENTENCE = "Ett påhittat skäl, bara för proven."


def ends(*slugs):
    """Prioriteringar by the last parts of their addresses, such as "4-1-1-a"."""
    return [Prioritering.objects.get(slug=f"2016-{slug}") for slug in slugs]


def proposed(kind=ConnectionKind.SUPPORTS, between=("4-1-1-a", "4-3-1-b"), **values):
    start, end = ends(*between)
    by = values.pop("by", None) or UserFactory()
    about = {"sentence": SENTENCE, "key": uuid4(), **values}
    return workflow.propose_connection(by=by, kind=kind, start=start, end=end, **about)


def approved(*args, **values):
    connection = proposed(*args, **values)
    moderator = UserFactory(moderator=True)
    connection = workflow.approve_connection(connection, by=moderator)
    taxonomy.forget()
    return connection
