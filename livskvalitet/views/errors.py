"""Pages for what went wrong; 500 must work without database and context."""

import logging

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    try:
        page = render_to_string("500.html")
    except Exception:  # what broke the page may break this one too
        logger.exception("The error page itself cannot be shown")
        page = (
            "<!doctype html><title>Fel</title><p>Något gick fel hos oss. Försök igen."
        )
    return HttpResponseServerError(page)


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)
