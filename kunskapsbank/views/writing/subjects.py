"""Subjects that exist, for the script that suggests them while somebody types."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kunskapsbank import tag_suggestions
from kunskapsbank.models.subjects import tag_key
from kunskapsbank.permissions import can_contribute

_LONGEST = 100


@require_safe
@never_cache
def suggest_tags(request):
    """Names for `?q=`; nothing for whoever may not write."""
    if not can_contribute(request.user):
        return JsonResponse({"queries": [], "pages": []}, status=403)
    text = request.GET.get("q", "")
    is_name = len(tag_key(text)) <= _LONGEST
    names = tag_suggestions.beginning_with(text) if is_name else []
    return JsonResponse({"queries": names, "pages": []})
