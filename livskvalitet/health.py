"""How the running site is: what a proxy, a monitor and an operator ask.

Every answer is short, says what is wrong and holds nothing secret.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from livskvalitet import read_only
from search import generation

# What waits longer than this shows that no worker runs.
LONGEST_WAIT = timedelta(minutes=10)
LEAST_FREE_BYTES = 200_000_000


class State(StrEnum):
    READY = "ready"
    DEGRADED = "degraded"
    DOWN = "down"


def faults() -> dict[str, str]:
    """What is wrong, by the name of the part; empty when nothing is."""
    if fault := _said_by(_database):
        return {"database": fault}
    found = {name: _said_by(check) for name, check in CHECKS.items()}
    return {name: fault for name, fault in found.items() if fault}


def state_of(found: dict[str, str]) -> State:
    """Down without what every page needs; degraded without anything else."""
    if NEEDED & found.keys():
        return State.DOWN
    return State.DEGRADED if found else State.READY


def _said_by(check: Callable[[], Iterator[str]]) -> str:
    try:
        return next(check(), "")
    except Exception as fault:  # a part that fails in a new way is a fault as well
        return f"cannot be checked: {type(fault).__name__}"


def _database() -> Iterator[str]:
    try:
        generation.current()
    except (DatabaseError, InterfaceError) as fault:
        connection.close()
        yield f"does not answer: {type(fault).__name__}"


def _migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if left:
        yield f"{left} not applied: run manage.py migrate"


def _worker() -> Iterator[str]:
    since = timezone.now() - LONGEST_WAIT
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=since).count()
    if waiting and not read_only.reason():
        minutes = int(LONGEST_WAIT.total_seconds() // 60)
        yield f"{waiting} tasks have waited {minutes} minutes: does a worker run?"


def _cache() -> Iterator[str]:
    try:
        cache.get("health")
    except Exception as fault:  # each backend has faults of its own
        yield f"does not answer: {type(fault).__name__}"
    if getattr(cache, "is_lost", False):
        yield "does not answer: the database takes its place"


def _media() -> Iterator[str]:
    if not isinstance(storages["default"], FileSystemStorage):
        storages["default"].exists("health")  # raises when the store does not answer
    elif not os.access(settings.MEDIA_ROOT, os.W_OK):
        yield "cannot be written: look at MEDIA_ROOT and who owns it"
    elif shutil.disk_usage(settings.MEDIA_ROOT).free < LEAST_FREE_BYTES:
        yield "the disk is nearly full"


CHECKS = {
    "migrations": _migrations,
    "worker": _worker,
    "cache": _cache,
    "media": _media,
}
NEEDED = {"database", "migrations"}
