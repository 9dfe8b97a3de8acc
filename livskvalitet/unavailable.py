"""The answer while the database cannot do what is asked: a calm 503 (trust R18, R19).

It is lost, locked for too long, too slow, or can only be read. Whoever sent a form gets
back what they wrote; the next request tries the database anew.
"""

import logging

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from livskvalitet import given_back

logger = logging.getLogger(__name__)

RETRY_SECONDS = 60
MESSAGE = "Det går inte att spara just nu. Försök igen om en minut."
# PostgreSQL's code for a write where only reading is allowed.
READ_ONLY = "25006"


def is_meant_by(fault: BaseException | None) -> bool:
    """Whether the fault is the database's, and may have passed in a minute."""
    if isinstance(fault, OperationalError | InterfaceError):
        return True
    state = getattr(fault.__cause__, "sqlstate", "") if fault else ""
    return isinstance(fault, InternalError) and state == READ_ONLY


def answer(request: HttpRequest, fault: BaseException | None) -> HttpResponse:
    """What was written, to send again; else bare, and ErrorPages dresses it."""
    logger.error("The database cannot answer", exc_info=fault)
    return with_retry(_page(request))


def refusal(request: HttpRequest, reason: str) -> HttpResponse:
    """What was written, to send again, and why it cannot be taken in (trust R20)."""
    if given_back.wants_json(request):
        return with_retry(JsonResponse({"message": f"{MESSAGE} {reason}"}, status=503))
    context = (given_back.of(request) or {}) | {"reason": reason}
    page = render_to_string("503_send_again.html", context)
    return with_retry(HttpResponse(page, status=503))


def with_retry(response: HttpResponse) -> HttpResponse:
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(request: HttpRequest) -> HttpResponse:
    if given_back.wants_json(request):
        return JsonResponse({"message": MESSAGE}, status=503)
    if sent := given_back.of(request):
        # Without the request's context, which may need the database.
        page = render_to_string("503_send_again.html", sent)
        return HttpResponse(page, status=503)
    return HttpResponse(status=503)
