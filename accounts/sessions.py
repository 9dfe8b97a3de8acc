"""Sessions that end: after rest, and after a working day (trust 7.3.1).

The times stand in the session itself, so that they hold however a person came in, and
the row's own date is counted from them. Who is not signed in has no times.
"""

import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

STARTED = "signed_in_at"
SEEN = "seen_at"
# A GET must not write at each turn; this is how exact the rest is measured, seconds.
EXACTNESS = 5 * 60


class SessionStore(DatabaseStore):
    def save(self, must_create=False):
        data = self._get_session(no_load=must_create)
        if SESSION_KEY in data:
            data.setdefault(STARTED, int(time.time()))
            data[SEEN] = int(time.time())
        return super().save(must_create)

    def get_expiry_age(self, **kwargs):
        age = super().get_expiry_age(**kwargs)
        data = self._get_session()
        if SESSION_KEY not in data:
            return age
        return min(age, seconds_left(data, seen_now=self.modified))

    def get_expiry_date(self, **kwargs):
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))


def seconds_left(session, *, seen_now=False):
    """Until the session ends if nothing more is done; full time if it is new."""
    now = int(time.time())
    seen = now if seen_now else session.get(SEEN, now)
    end = min(
        seen + settings.SESSION_IDLE_AGE,
        session.get(STARTED, now) + settings.SESSION_COOKIE_AGE,
    )
    return max(0, end - now)


def is_worth_noting(session):
    """Whether the person was last seen so long ago that it should be noted anew."""
    return time.time() - session.get(SEEN, 0) >= EXACTNESS


def may_prolong(session):
    """Whether staying gives more time; at the end of the day it does not."""
    day = session.get(STARTED, time.time()) + settings.SESSION_COOKIE_AGE
    return day - time.time() > settings.SESSION_IDLE_AGE / 2
