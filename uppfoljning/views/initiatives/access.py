"""Who gets to the pages where initiatives are written and decided on."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from kunskapsbank.views.writing import carrying
from uppfoljning.forms.initiative import InitiativeForm
from uppfoljning.models import InitiativeText
from uppfoljning.permissions import can_contribute, can_follow_up


def contributors_only(view: Callable) -> Callable:
    """Lead the unknown to sign in, keeping what they sent meanwhile (trust R8).

    To others there is no page; whoever lost the right while they wrote is told so, and
    gets back what they had written (trust R11).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _closed(request) or carrying.sign_in_first(request)
        if can_contribute(request.user):
            return view(request, *args, **kwargs)
        if request.method == "POST" and written(request):
            return refused(request)
        raise Http404

    return guarded


def owners_only(view: Callable) -> Callable:
    """The document owner's pages; to all others there are none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return carrying.sign_in_first(request)
        if not can_follow_up(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def own_text(request: HttpRequest, pk: int) -> InitiativeText:
    """A text of the person's own; 404 for another's."""
    texts = InitiativeText.objects.visible_to(request.user).filter(author=request.user)
    related = texts.select_related("initiative", "organisation", "decided_by")
    return get_object_or_404(related, pk=pk)


def refused(request: HttpRequest) -> HttpResponse:
    """403; what was sent is shown, so that it can be copied."""
    context = {"written": written(request)}
    page = "kunskapsbank/writing/refused.html"
    return render(request, page, context, status=403)


def written(request: HttpRequest) -> list[tuple[str, str]]:
    """Label and words of what was typed, as far as it was."""
    fields = InitiativeForm.base_fields
    named = {name: fields[name].label for name in fields if name not in _CHOSEN}
    return [
        (label, request.POST[name])
        for name, label in named.items()
        if request.POST.get(name)
    ]


_CHOSEN = {
    "organisation",
    "organisation_kind",
    "prioriteringar",
    "progress",
    "indicators",
}


def _closed(request: HttpRequest) -> HttpResponse | None:
    """The refusal to somebody whose account was closed while signed in, or None."""
    pk = request.session.get(SESSION_KEY)
    if pk and User.objects.filter(pk=pk, is_active=False).exists():
        return refused(request)
    return None
