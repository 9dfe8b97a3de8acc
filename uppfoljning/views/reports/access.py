"""Who gets to the pages where a report is made, and what the others are told."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from uppfoljning.models import Assessment, Report
from uppfoljning.permissions import can_contribute, can_follow_up
from uppfoljning.views.access import Refusal, only

REFUSAL = Refusal(
    "uppfoljning/reports/refused.html",
    {"text": "Lägesbedömning", "message": "Meddelande"},
)
writers_only = only(can_contribute, REFUSAL)
owners_only = only(can_follow_up, REFUSAL)


def report_of(year: int) -> Report:
    reports = Report.objects.select_related("edition", "adoption")
    return get_object_or_404(reports, year=year)


def assessment_of(request: HttpRequest, year: int, place: str) -> Assessment:
    """The one about a fokusområde such as 4.1.1; 404 for what is not the person's."""
    mine = Assessment.objects.visible_to(request.user).with_places()
    return get_object_or_404(mine, report__year=year, fokusomrade__number=place)
