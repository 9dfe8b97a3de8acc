"""What is asked of people who are signed in, on every page."""

import logging

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InternalError, OperationalError
from django.shortcuts import redirect

from accounts import sessions
from accounts.permissions import is_proven

logger = logging.getLogger(__name__)

# What only moderators, the document owner and administrators come to.
GUARDED = (
    "/granska/",
    "/uppfoljning/arbete/",
    "/uppfoljning/insatser/granska/",
    "/admin/",
)
ASK = (
    "Sidan kräver att du loggar in i två steg. Välj ett sätt här nedanför, så kommer "
    "du sedan åt den."
)


class Sessions(SessionMiddleware):
    """What reading notes in the session is not worth the page: it is shown also when
    the database can only be read (trust R19)."""

    def process_response(self, request, response):
        only_reads = request.method in {"GET", "HEAD"} and response.status_code == 200
        if only_reads and getattr(request, "read_only", ""):
            request.session.modified = False
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            fault = _database_fault(interrupted)
            if fault is None:  # signed out in another tab
                raise
            if not only_reads:
                raise fault from interrupted
            logger.warning("A session could not be noted", exc_info=fault)
            return response


class SecondFactor:
    """Lead whoever needs a second factor and has none to where one is set up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _has_session(request) and request.user.is_authenticated:
            request.user.second_factor_at_provider = _came_by_provider(request)
            if request.path.startswith(GUARDED) and not is_proven(request.user):
                messages.warning(request, ASK)
                return redirect("mfa_index")
        return self.get_response(request)


class SessionTimes:
    """Note that the person is still here, seldom enough that reading hardly writes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if (
            _has_session(request)
            and request.user.is_authenticated
            and sessions.is_worth_noting(request.session)
        ):
            request.session.modified = True
        return response


def _has_session(request):
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _came_by_provider(request):
    """Whether a provider that asks for a second factor itself vouched for them."""
    if not settings.OIDC_PROVIDES_SECOND_FACTOR:
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


def _database_fault(fault):
    """What the database said, if that is why; a session that is gone says less."""
    while fault and not isinstance(fault, OperationalError | InternalError):
        fault = fault.__context__
    return fault
