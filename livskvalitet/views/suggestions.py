"""What a search can go on as, while it is typed; pages ask for it by script."""

from django.conf import settings
from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kunskapsbank.enums import Kind
from programme.enums import PageKind
from search.parsing import LONGEST
from search.suggesting import Suggestions, suggest
from uppfoljning.enums.indicators import IndicatorKind
from uppfoljning.enums.initiatives import InitiativeKind

# So long may a browser or proxy do without asking again; what is hidden is gone from
# every proxy within a minute.
FRESH = 30  # seconds
_KINDS = (Kind, InitiativeKind, PageKind, IndicatorKind)
_LABELS = {value: label for each in _KINDS for value, label in each.choices}


@require_safe
def suggestions(request):
    """Words and pages for `?q=`, none for what is too long to be a search."""
    text = request.GET.get("q", "")
    found = suggest(text) if len(text) <= LONGEST else Suggestions()
    answer = JsonResponse(
        {
            "queries": found.queries,
            "pages": [
                {
                    "title": page.title,
                    "address": page.address,
                    "kind": _LABELS.get(page.kind, ""),
                }
                for page in found.pages
            ],
        }
    )
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(answer, public=True, max_age=FRESH)
    return answer
