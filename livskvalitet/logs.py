"""How a line of the log is written: one JSON object, in UTC, with no personal data.

JSON writes a line break as two characters, so that nobody can make a line of their own
by sending one (trust 16.4.1).
"""

import logging
import re
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections

Event = MutableMapping[str, Any]

_ADDRESS = re.compile(r"[^\s@<>\"'(=]{1,64}@[^\s@<>\"')]{1,255}\.\w{2,}")
_PERSONAL_NUMBER = re.compile(r"\b(?:\d\d)?\d{6}[-+]?\d{4}\b")
# PostgreSQL quotes the row that it refused, with all that somebody wrote.
_ROW = re.compile(
    r"\b(DETAIL|CONTEXT): .*?(?=\n\n(?:The above exception|During handling)|\Z)",
    re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TELL_ADDRESS = {"django.request", "django.security.csrf"}
_LONGEST_SQL = 1_000  # characters

slow_queries = structlog.get_logger("livskvalitet.slow_query")


def without_personal_data(logger: Any, name: str, event: Event) -> Event:
    """Rows, addresses and personal numbers come with faults, which quote what was
    wrong."""
    for key, value in event.items():
        if isinstance(value, str) and key not in {"timestamp", "request_id"}:
            event[key] = scrubbed(value)
    return event


def without_address(logger: Any, name: str, event: Event) -> Event:
    """Django names the address of what failed, which may hold a code; the line of the
    request has its view."""
    if event.get("logger") in _TELL_ADDRESS:
        event["event"] = str(event["event"]).partition(":")[0]
    return event


def scrubbed(text: str) -> str:
    text = _ROW.sub(r"\1: [rad]", text)
    return _PERSONAL_NUMBER.sub("[nummer]", _ADDRESS.sub("[adress]", text))


def on_one_line(logger: Any, name: str, event: Event) -> Event:
    """For those who read the log in a terminal; JSON needs it not."""
    event["event"] = _CONTROL.sub(" ", str(event["event"]))
    return event


def formatter(*, as_json: bool) -> logging.Formatter:
    """For `logging`, so that Django's lines and those of libraries look the same."""
    before: list[Callable] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_address,
        without_personal_data,
    ]
    last: list[Callable]
    if as_json:
        last = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        last = [on_one_line, structlog.dev.ConsoleRenderer(colors=False)]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(processors=[*before, remove, *last])


class SlowQueries:
    """Notes each question to the database that takes SLOW_QUERY_MS or more: how it is
    asked and never with which values."""

    def __init__(self, get_response):
        if not settings.SLOW_QUERY_MS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        with connections["default"].execute_wrapper(_timed):
            return self.get_response(request)


def _timed(ask, sql, params, many, context):
    started = time.monotonic()
    try:
        return ask(sql, params, many, context)
    finally:
        ms = round((time.monotonic() - started) * 1000)
        if ms >= settings.SLOW_QUERY_MS:
            slow_queries.warning("slow query", ms=ms, sql=str(sql)[:_LONGEST_SQL])
