"""Who gets to the moderators' pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from kunskapsbank.permissions import can_moderate


def moderators_only(view: Callable) -> Callable:
    """Lead the unknown to sign in; to all others but moderators there is no page.

    A second factor is asked for by `accounts.middleware`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
