"""What other pages show of the work on reports."""

from django import template
from django.urls import reverse

from uppfoljning.models import Report
from uppfoljning.permissions import can_contribute, can_follow_up

register = template.Library()


@register.simple_tag
def work_url(user) -> str:
    """Where the person works on reports; empty when they have nothing to do there."""
    if not can_contribute(user):
        return ""
    has_work = can_follow_up(user) or Report.objects.worked_on_by(user).exists()
    return reverse("uppfoljning:work") if has_work else ""
