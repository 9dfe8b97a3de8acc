"""Who gets to the pages where initiatives are written."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from uppfoljning.forms.initiative import InitiativeForm
from uppfoljning.models import InitiativeText
from uppfoljning.permissions import can_contribute
from uppfoljning.views.access import Refusal, only

_CHOSEN = {
    "organisation",
    "organisation_kind",
    "prioriteringar",
    "progress",
    "indicators",
}
_FIELDS = InitiativeForm.base_fields
REFUSAL = Refusal(
    "kunskapsbank/writing/refused.html",
    {name: str(_FIELDS[name].label) for name in _FIELDS if name not in _CHOSEN},
)
contributors_only = only(can_contribute, REFUSAL)


def own_text(request: HttpRequest, pk: int) -> InitiativeText:
    """A text of the person's own; 404 for another's."""
    texts = InitiativeText.objects.visible_to(request.user).filter(author=request.user)
    related = texts.select_related("initiative", "organisation", "decided_by")
    return get_object_or_404(related, pk=pk)
