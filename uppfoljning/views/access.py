"""Who gets to the pages of the follow-up, and what the others are told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from kunskapsbank.views.writing import carrying
from uppfoljning.permissions import can_follow_up


@dataclass(frozen=True)
class Refusal:
    """What whoever lost the right while they wrote gets back (trust R11).

    `labels` are those of the fields of free text, by their names.
    """

    template: str
    labels: dict[str, str]

    def written(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Label and words of what was typed, as far as it was."""
        sent = {name: request.POST.get(name, "") for name in self.labels}
        return [(self.labels[name], text) for name, text in sent.items() if text]

    def page(self, request: HttpRequest) -> HttpResponse:
        """403; what was sent is shown, so that it can be copied."""
        context = {"written": self.written(request)}
        return render(request, self.template, context, status=403)


def only(is_allowed: Callable, refusal: Refusal | None = None) -> Callable:
    """Lead the unknown to sign in, keeping what they sent meanwhile (trust R8); to
    others there is no page. A second factor is asked for by `accounts.middleware`."""

    def decorated(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                if refusal and is_closed(request):
                    return refusal.page(request)
                return carrying.sign_in_first(request)
            if is_allowed(request.user):
                return view(request, *args, **kwargs)
            if refusal and request.method == "POST" and refusal.written(request):
                return refusal.page(request)
            raise Http404

        return guarded

    return decorated


def is_closed(request: HttpRequest) -> bool:
    """Whether the account was closed while the person was signed in."""
    pk = request.session.get(SESSION_KEY)
    return bool(pk) and User.objects.filter(pk=pk, is_active=False).exists()


follow_up_only = only(can_follow_up)
