"""Who gets to the pages where a report is made, and what the others are told."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.models import User
from kunskapsbank.views.writing import carrying
from uppfoljning.models import Assessment, Report
from uppfoljning.permissions import can_contribute, can_follow_up


def _for(is_allowed: Callable) -> Callable:
    """Lead the unknown to sign in, keeping what they sent meanwhile (trust R8).

    To others there is no page; whoever lost the right while they wrote is told so, and
    gets back what they had written (trust R11).
    """

    def decorated(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return closed(request) or carrying.sign_in_first(request)
            if is_allowed(request.user):
                return view(request, *args, **kwargs)
            if request.method == "POST" and written(request):
                return refused(request)
            raise Http404

        return guarded

    return decorated


writers_only = _for(can_contribute)
owners_only = _for(can_follow_up)


def report_of(year: int) -> Report:
    reports = Report.objects.select_related("edition", "adoption")
    return get_object_or_404(reports, year=year)


def assessment_of(request: HttpRequest, year: int, place: str) -> Assessment:
    """The one about a fokusområde such as 4.1.1; 404 for what is not the person's."""
    mine = Assessment.objects.visible_to(request.user).with_places()
    return get_object_or_404(mine, report__year=year, fokusomrade__number=place)


def written(request: HttpRequest) -> list[tuple[str, str]]:
    """Label and words of what was typed."""
    labels = {"text": "Lägesbedömning", "message": "Meddelande"}
    return [
        (label, request.POST[name])
        for name, label in labels.items()
        if request.POST.get(name)
    ]


def refused(request: HttpRequest) -> HttpResponse:
    """403; what was sent is shown, so that it can be copied."""
    page = "uppfoljning/reports/refused.html"
    return render(request, page, {"written": written(request)}, status=403)


def closed(request: HttpRequest) -> HttpResponse | None:
    """The refusal to somebody whose account was closed while signed in, or None."""
    pk = request.session.get(SESSION_KEY)
    if pk and User.objects.filter(pk=pk, is_active=False).exists():
        return refused(request)
    return None
