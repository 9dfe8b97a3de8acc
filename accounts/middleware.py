"""What is asked of people who are signed in, on every page."""

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

from accounts import sessions
from accounts.permissions import is_proven

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
