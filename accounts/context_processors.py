"""What every template may know of whoever is signed in."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from accounts import sessions
from accounts.permissions import is_moderator

logger = logging.getLogger(__name__)


def own_session(request):
    """When the session ends; nothing for whoever is not signed in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    try:
        return _own_session(request)
    except (DatabaseError, InterfaceError):
        logger.exception("The session cannot be read")
        return {}


def _own_session(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    # What SessionTimes notes after this page counts from now.
    noted = sessions.is_worth_noting(request.session)
    seconds = sessions.seconds_left(request.session, seen_now=noted)
    own = {
        "seconds": seconds,
        "ends": timezone.localtime() + timedelta(seconds=seconds),
        "prolongs": sessions.may_prolong(request.session),
        "is_moderator": is_moderator(user),
    }
    return {"own_session": own}
