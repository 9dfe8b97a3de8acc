"""The moderators' queue of connections, and the decision on each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kunskapsbank import workflow
from kunskapsbank.exceptions import ConnectionDecided, WorkflowError
from kunskapsbank.forms.connections import ConnectionDecisionForm
from kunskapsbank.models import Connection
from kunskapsbank.permissions import can_decide_connection
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only

_QUEUE = {"title": "Samband"}
_DONE = {
    "approve": "Sambandet är godkänt. Alla kan läsa det.",
    "decline": "Sambandet visas inte.",
}


@moderators_only
@require_safe
def review_connections(request):
    waiting = Connection.objects.visible_to(request.user).with_ends().waiting()
    context = {"breadcrumbs": page.trail(_QUEUE), "connection_list": waiting}
    return render(request, "kunskapsbank/connections/review_list.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def review_connection(request, pk):
    visible = Connection.objects.visible_to(request.user).with_ends().with_evidence()
    found = get_object_or_404(visible.select_related("proposer"), pk=pk)
    form = ConnectionDecisionForm(request.POST or None)
    if "insert" in request.POST:
        form = ConnectionDecisionForm(initial=form.inserted().dict())
    elif request.method == "POST" and (form.is_valid() or not found.is_proposed):
        try:
            if not found.is_proposed:  # also when what was written lacks something
                raise ConnectionDecided(f"connection {found.pk} is {found.status}")
            _decide(found, by=request.user, **form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _DONE[form.cleaned_data["decision"]])
            return redirect("kunskapsbank:review_connections")
    may = found.is_proposed and can_decide_connection(request.user, found)
    url = reverse("kunskapsbank:review_connections")
    context = {
        "breadcrumbs": page.trail(_QUEUE | {"url": url}, {"title": found.number}),
        "connection": found,
        "form": form if may or form.errors else None,
        "is_own": found.proposer_id == request.user.pk,
        "events": found.events.select_related("actor"),
    }
    return render(request, "kunskapsbank/connections/review.html", context)


def _decide(connection, *, by, decision, reason, message, reply):
    if decision == "approve":
        return workflow.approve_connection(connection, by=by, message=message)
    about = {"reason": reason, "message": message}
    return workflow.decline_connection(connection, by=by, **about)
