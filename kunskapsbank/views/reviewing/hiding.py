"""A hidden contribution looked at again, by another moderator than who hid it."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank import workflow
from kunskapsbank.enums import Act, LetterKind, LetterOutcome
from kunskapsbank.exceptions import HidingReviewed, WorkflowError
from kunskapsbank.forms.reviewing import HidingForm
from kunskapsbank.models import Hiding, Letter, Version
from kunskapsbank.permissions import can_review_hiding
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.views.reviewing.entry import known, trail


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def hiding(request, pk):
    """The reason, what led to it, the text, and the two outcomes."""
    entry = known(pk)
    may_object = Hiding.objects.filter(entry=entry, objected_at=None).exists()
    form = HidingForm(request.POST or None, may_object=may_object)
    if "insert" in request.POST:
        form = HidingForm(initial=form.inserted().dict(), may_object=may_object)
    elif request.method == "POST" and form.is_valid():
        try:
            _decide(entry, by=request.user, **form.cleaned_data)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
        else:
            return _decided(request, form.cleaned_data["outcome"])
    context = _context(request.user, entry, form)
    return render(request, "kunskapsbank/reviewing/hiding.html", context)


def _decide(entry, *, by, outcome, message, reply):
    if not Hiding.objects.waiting().filter(entry=entry).exists():
        raise HidingReviewed(f"entry {entry.pk}")
    act = workflow.uphold_hiding if outcome == "uphold" else workflow.show_again
    act(entry, by=by, message=message)


def _decided(request, outcome):
    said = "Bidraget syns igen." if outcome == "show" else "Bidraget förblir dolt."
    messages.success(request, f"{said} Den som äger det får ett mejl.")
    return redirect("kunskapsbank:review_queue")


def _context(user, entry, form):
    """What was sent is shown even when it came too late, so that it can be copied."""
    waiting = Hiding.objects.waiting().select_related("hidden_by")
    found = waiting.filter(entry=entry).first()
    may = found is not None and can_review_hiding(user, entry, found.hidden_by_id)
    version = Version.objects.visible_to(user).shown_of([entry.pk])[entry.pk]
    return {
        "breadcrumbs": trail(entry, {"title": "Ompröva döljandet"}),
        "entry": entry,
        "hiding": found,
        "is_own_hiding": found is not None and found.hidden_by_id == user.pk,
        "version": version,
        "form": form if may or form.errors else None,
        "hidden": _last(entry, Act.HIDDEN),
        "objection": _last(entry, Act.HIDING_OBJECTED)
        if found and found.objected_at
        else None,
        "reports": _reports(user, entry, found),
        "events": page.events_of(entry),
        **page.text_of(version),
    }


def _last(entry, act):
    return page.events_of(entry).filter(act=act).first()


def _reports(user, entry, found):
    """Those that led to the hiding, and those that nobody has answered yet."""
    reports = Letter.objects.visible_to(user).filter(entry=entry)
    led_to = Q(closed_at=None)
    if found:
        led_to |= Q(outcome=LetterOutcome.HIDDEN, closed_at__gte=found.hidden_at)
    return reports.filter(led_to, kind=LetterKind.REPORT).order_by("created_at")
