"""Pages for what went wrong; 500 must work without database and context."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponseServerError, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from livskvalitet import given_back, unavailable
from livskvalitet.given_back import wants_json
from livskvalitet.request_log import reference

logger = logging.getLogger(__name__)


TOO_MUCH = "Det är för mycket text för att sparas. Korta den, så sparas den."


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return too_much(request, exception)
    return render(request, "400.html", status=400)


def too_much(request, exception):
    """More text than any form takes, or more fields (trust R36)."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    if wants_json(request):
        return JsonResponse({"message": TOO_MUCH}, status=status)
    return render(request, "413.html", status=status)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def too_many_requests(request, exception=None):
    logger.warning("too many requests of one kind")
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request):
    fault = sys.exc_info()[1]
    if unavailable.is_meant_by(fault):
        return unavailable.answer(request, fault)
    try:
        page = render_to_string("500.html", {"reference": reference(request)})
    except Exception:  # what broke the page may break this one too
        logger.exception("The error page itself cannot be shown")
        page = (
            "<!doctype html><title>Fel</title><p>Något gick fel hos oss. Försök igen."
        )
    return HttpResponseServerError(page)


def csrf_failure(request, reason=""):
    """A form that our own page sent is shown again with a new token, so that nothing
    written is lost when the token changed at sign-in in another tab (trust R9).

    Nothing is done until the person presses the button.
    """
    sent = given_back.of(request)
    if sent is None:
        return render(request, "403_csrf.html", status=403)
    if wants_json(request):
        return JsonResponse({"token": get_token(request)}, status=403)
    return render(request, "403_send_again.html", sent, status=403)
