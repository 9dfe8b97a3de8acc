"""Who gets to the moderators' pages."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from kunskapsbank.permissions import can_moderate
from kunskapsbank.views.writing import carrying


def moderators_only(view: Callable) -> Callable:
    """Lead the unknown to sign in, keeping what they sent meanwhile (trust R8); to all
    others but moderators there is no page.

    A second factor is asked for by `accounts.middleware`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return carrying.sign_in_first(request)
        if not can_moderate(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
