"""To say yes or no to a contribution that somebody has offered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from kunskapsbank import workflow
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.models import OwnerOffer


@require_POST
@login_required
def answer_offer(request, pk):
    mine = OwnerOffer.objects.filter(recipient=request.user)
    offered = get_object_or_404(mine.select_related("entry"), pk=pk)
    accepted = request.POST.get("answer") == "yes"
    try:
        entry = workflow.answer_offer(offered, by=request.user, accepted=accepted)
    except WorkflowError as error:
        messages.error(request, error.user_message)
    else:
        said = f"Du äger nu {entry.number}." if accepted else "Du har tackat nej."
        messages.success(request, said)
    return redirect("kunskapsbank:my_entries")
