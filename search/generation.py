"""The content generation: a number that grows when anything public changes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import F

from search.models import ContentGeneration

T = TypeVar("T")

_ONLY_ROW = 1
# More than anybody changes between two backups.
_LEAP = 1_000_000
_touched_at = float("-inf")
_held: ContextVar[int | None] = ContextVar("content_generation", default=None)
_listeners: list[Callable[[], object]] = []


def current() -> int:
    """The generation of the public content as the database has it now, or as it was
    when the request began that is being answered."""
    held = _held.get()
    return next(iter(_number().all()), 0) if held is None else held


@contextmanager
def asked_once() -> Iterator[int]:
    """Ask the database no more meanwhile: for an answer that changes nothing."""
    token = _held.set(number := current())
    try:
        yield number
    finally:
        _held.reset(token)


@cache
def _number():
    """Put together once: every page asks, and to ask takes less than to put it."""
    number = ContentGeneration.objects.values_list("number", flat=True)
    return number.filter(pk=_ONLY_ROW)


def touch() -> None:
    """Raise the generation, in the transaction of the change that calls for it."""
    raised = ContentGeneration.objects.filter(pk=_ONLY_ROW).update(
        number=F("number") + 1
    )
    if not raised:  # somebody has emptied the table that a migration filled
        ContentGeneration.objects.create(pk=_ONLY_ROW)
    transaction.on_commit(_notice)


def leap() -> None:
    """Pass all numbers that readers may have been told, when an older database has been
    restored: a browser must not be told that what it kept is what is here."""
    ContentGeneration.objects.filter(pk=_ONLY_ROW).update(number=F("number") + _LEAP)
    transaction.on_commit(_notice)


def touched_at() -> float:
    """When this process last raised the generation, by `time.monotonic`."""
    return _touched_at


def when_touched(listener: Callable[[], object]) -> None:
    """Call the listener when this process has raised the generation, and committed."""
    _listeners.append(listener)


def _notice():
    global _touched_at
    _touched_at = time.monotonic()
    for tell in _listeners:
        tell()


def hold() -> None:
    """Let nobody else change public content until the transaction ends."""
    list(ContentGeneration.objects.select_for_update().filter(pk=_ONLY_ROW))


def per_generation(read: Callable[[], T]) -> Callable[[], T]:
    """Keep in the process what `read` gives, until the generation is another.

    Within a transaction, which may change it and be undone, it is read every time.
    """
    kept: dict[int, T] = {}

    @wraps(read)
    def reading() -> T:
        if connection.in_atomic_block:
            return read()
        number = current()
        if number not in kept:
            value = read()
            kept.clear()
            kept[number] = value
        return kept[number]

    return reading
