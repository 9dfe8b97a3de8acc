"""Who gets to the document owner's pages."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from uppfoljning.permissions import can_follow_up


def follow_up_only(view: Callable) -> Callable:
    """Lead the unknown to sign in; to all others but the document owner there is no
    page. A second factor is asked for by `accounts.middleware`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_follow_up(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
