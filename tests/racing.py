"""Acts at the same moment, in threads with connections of their own.

Only PostgreSQL locks rows, so only there is there anything to test; on SQLite, which
lets one writer in at a time, there are no such tests. What they commit cannot be rolled
back: `committed` removes it by hand, the events with their triggers taken away.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.exceptions import AccountError
from accounts.models import Invitation, RoleAssignment, User
from kunskapsbank import chain, findable
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import (
    Connection,
    ConnectionEvent,
    Entry,
    EventDetail,
    FreshnessQuestion,
    Letter,
    LicenceGrant,
    Link,
    Organisation,
    ReviewEvent,
    Snapshot,
    Subscription,
    Version,
)
from livskvalitet import findable as everything
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Heir,
    Lineage,
    Prioritering,
    Viljeinriktning,
)
from search import generation, index
from uppfoljning import frozen_tables
from uppfoljning.exceptions.editions import EditionError
from uppfoljning.models import (
    Adoption,
    Assessment,
    AssessmentEvent,
    Fetch,
    ImportRun,
    Indicator,
    Initiative,
    InitiativeEvent,
    InitiativeText,
    Measurement,
    Report,
    ValueUpload,
)

HAS_ROW_LOCKS = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
# One round finds what is plainly wrong.
ROUNDS = [0, *(pytest.param(n, marks=pytest.mark.thorough) for n in (1, 2))]
_TEXT = (
    Footnote,
    Lineage,
    Prioritering,
    Fokusomrade,
    Viljeinriktning,
    Chapter,
    Edition,
)
# What the raced acts make; people last, since the others point at them.
MADE = (
    AssessmentEvent,
    Assessment,
    Adoption,
    Report,
    InitiativeEvent,
    InitiativeText,
    Initiative,
    Measurement,
    Fetch,
    ImportRun,
    ValueUpload,
    Indicator,
    Indicator.history.model,
    Heir,
    *_TEXT,
    *(each.history.model for each in _TEXT),
    ConnectionEvent,
    Connection,
    Entry,
    FreshnessQuestion,
    Link,
    Letter,
    Subscription,
    Organisation,
    Invitation,
    User,
    RoleAssignment.history.model,
)


def committed(check, *about):
    """Run a check that really writes, and leave the database as it was.

    It has a thread of its own, and so a connection outside the test's transaction.
    """
    with ThreadPoolExecutor(1) as pool:
        pool.submit(_committed, check, *about).result()


def _committed(check, *about):
    before = row_counts()
    there = {model: list(model.objects.values_list("pk", flat=True)) for model in MADE}
    try:
        check(*about)
    finally:
        with connection.schema_editor() as editor:
            frozen_tables.remove(editor)
        remove(Entry.objects.exclude(pk__in=there.pop(Entry)))
        for model, rows in there.items():
            model.objects.exclude(pk__in=rows).delete()
        with connection.schema_editor() as editor:
            frozen_tables.install(editor)
        generation.touch()
        everything.catch_up()  # what is told of the contributions that were there
        left = sorted(row_counts().items() - before.items())
        connection.close()
    assert not left, f"every later test would meet what is left: {left}"


def row_counts():
    return {each._meta.label: each._base_manager.count() for each in apps.get_models()}


def remove(entries):
    index.remove_all([findable.key(each.pk) for each in entries])
    versions = Version.objects.filter(entry__in=entries)
    events = ReviewEvent.objects.filter(entry__in=entries)
    DBTaskResult.objects.all().delete()
    EventDetail.objects.filter(event__in=events).delete()
    with connection.schema_editor() as editor:
        chain.remove_append_only(editor)
    events.delete()
    with connection.schema_editor() as editor:
        chain.install_append_only(editor)
    Snapshot.objects.filter(version__in=versions).delete()
    LicenceGrant.objects.filter(version__in=versions).delete()
    versions.update(based_on=None, replaces=None)
    versions.delete()
    entries.delete()


def race(*acts):
    """Do all at once; gives what each gave, or the error that refused it."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            return act()
        except (AccountError, EditionError, WorkflowError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def winners(outcomes):
    return [each for each in outcomes if not isinstance(each, Exception)]
