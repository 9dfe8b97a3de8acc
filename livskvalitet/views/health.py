"""How the site is, for those who run it."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from livskvalitet import health


@never_cache
@require_safe
def ready(request):
    """503 when the site should get no visitors; degraded is still 200."""
    found = health.faults()
    state = health.state_of(found)
    status = 503 if state == health.State.DOWN else 200
    return JsonResponse({"state": state, "faults": found}, status=status)


@never_cache
@require_safe
def live(request):
    """That the process answers; it asks nothing else, so that a lost database does
    not have every process restarted."""
    return JsonResponse({"state": "live"})
