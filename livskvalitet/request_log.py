"""One line for each request that reached a view or was refused, and a name for it.

The line says what was asked for by the name of its view, never by its address: an
address may hold a code or what somebody searched for. Pages that `PageCache` answers,
and static files, are in the proxy's log alone.
"""

import logging
import re
import time
from uuid import uuid4

import structlog

from livskvalitet.metrics.requests import count_request

logger = structlog.get_logger("livskvalitet.request")

# What the layers tell each other in a request's environ.
REQUEST_ID = "livskvalitet.request_id"
VIEW = "livskvalitet.view"
ACTOR = "livskvalitet.actor"
# What no view answered, and what a proxy asks all day.
WITHOUT_LINE = {"", "health", "health_live"}
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{16,64}")


class RequestLog:
    """A WSGI layer around Django: names requests, notes and counts them."""

    def __init__(self, application):
        self._application = application

    def __call__(self, environ, start_response):
        request_id = environ[REQUEST_ID] = _name_of(environ)
        started = time.monotonic()
        structlog.contextvars.bind_contextvars(request_id=request_id)

        def start(status, headers, exc_info=None):
            _note(environ, int(status[:3]), time.monotonic() - started)
            named = [*headers, ("X-Request-ID", request_id)]
            return start_response(status, named, exc_info)

        try:
            return self._application(environ, start)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")


class SeenView:
    """Tells `RequestLog` which view answered, and whom."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Kept there by Django once somebody has asked who it is; asking costs a query.
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            request.META[ACTOR] = user.pk
        return response

    def process_view(self, request, view, args, kwargs):
        request.META[VIEW] = request.resolver_match.view_name


def reference(request) -> str:
    """What a reader can tell us of a request that failed."""
    return request.META.get(REQUEST_ID, "")


def _name_of(environ):
    """The proxy's name for it, so that both logs tell of the same."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _WELL_FORMED.fullmatch(given) else uuid4().hex


def _level(status):
    """Somebody asks for what is not there all day; a refusal may mean more."""
    if status >= 500:
        return logging.ERROR
    is_usual = status < 400 or status in {404, 410}
    return logging.INFO if is_usual else logging.WARNING


def _note(environ, status, seconds):
    view = environ.get(VIEW, "")
    count_request(view or "none", status, seconds)
    if status < 400 and view in WITHOUT_LINE:
        return
    logger.log(
        _level(status),
        "request",
        method=environ["REQUEST_METHOD"][:10],
        view=view,
        status=status,
        ms=round(seconds * 1000),
        actor=environ.get(ACTOR),
    )
