"""Who comes to the pages about other people."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.cache import never_cache

from accounts.permissions import can_invite


def for_those_who_invite(view):
    """Led to sign in when nobody is; not there for whoever may not invite."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not can_invite(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))
