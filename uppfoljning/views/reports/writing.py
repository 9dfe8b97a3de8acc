"""Writing an assessment, and reading what somebody has written."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST

from kunskapsbank import markdown
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms.draft_fields import Shown
from kunskapsbank.views.writing import carrying
from kunskapsbank.views.writing.saving import clock
from search.comparison import of_parts, words
from uppfoljning.exceptions.reports import NotEditable, StaleAssessment, TooLong
from uppfoljning.forms.reports import AssessmentForm, SendBackForm
from uppfoljning.permissions import can_follow_up
from uppfoljning.views.access import is_closed
from uppfoljning.views.reports.access import (
    REFUSAL,
    assessment_of,
    owners_only,
    writers_only,
)
from uppfoljning.views.reports.work import work_crumbs
from uppfoljning.workflow import assessments as workflow

READY = "ready"
CLOSED = "Du kan inte skriva längre. Det som är sparat finns kvar."
_NAMES = {"indicators": "Nyckeltal", "initiatives": "Insatser"}


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request, year, place):
    found = assessment_of(request, year, place)
    if request.method == "POST":
        return _save(request, found)
    if not found.is_editable:
        return _read_page(request, found)
    return _write_page(request, found, carried=carrying.given_back(request))


def _save(request, found):
    form = AssessmentForm(request.POST, assessment=found)
    is_valid = form.is_valid()
    shown = Shown.from_post(request.POST)
    try:
        found = workflow.save_assessment(
            found, by=request.user, **vars(shown), **form.values
        )
    except StaleAssessment as stale:
        found.refresh_from_db()
        changes = _changes(stale.stored, form.values)
        if changes or not is_valid:
            return _write_page(request, found, form, conflict=stale, changes=changes)
        # The same text again, after an answer that never came, is saved already.
    except NotEditable as error:
        return _not_editable(request, found, error.user_message)
    carrying.let_go(request)
    if not is_valid:
        return _write_page(request, found, form, status=400)
    return _after(request, found, form)


def _after(request, found, form):
    """What is saved is handed in, when that was asked for and it is ready."""
    if request.POST.get("then") != READY:
        messages.success(request, f"Sparat {clock()}.")
        return redirect(found)
    try:
        workflow.hand_in(found, by=request.user, lock=found.lock)
    except WorkflowError as error:
        form.add_error("text", error.user_message)
        return _write_page(request, found, form, status=400)
    messages.success(request, "Texten är klar att läsa.")
    return redirect("uppfoljning:work_on", found.report.year)


def in_json(view):
    """Signed out, the script is told where to sign in; nothing is kept of what it
    sent, since the page still has it and tries again."""

    @wraps(view)
    def answered(request, **arguments):
        if request.user.is_authenticated:
            return view(request, **arguments)
        if is_closed(request):
            return JsonResponse({"message": CLOSED}, status=403)
        return JsonResponse({"sign_in": resolve_url(settings.LOGIN_URL)}, status=401)

    return answered


@require_POST
@in_json
@writers_only
def autosave_assessment(request, year, place):
    """Save the fields that the list "changed" names; the others are left alone."""
    found = assessment_of(request, year, place)
    changed = request.POST.getlist("changed")
    form = AssessmentForm(request.POST, assessment=found, only=changed)
    if not form.fields:
        return JsonResponse({"message": "Ingenting att spara."}, status=400)
    form.is_valid()
    shown = Shown.from_post(request.POST)
    try:
        found = workflow.save_assessment(
            found, by=request.user, **vars(shown), **form.values
        )
    except (StaleAssessment, NotEditable) as error:
        return JsonResponse({"message": error.user_message}, status=409)
    except TooLong as error:
        return JsonResponse({"message": error.user_message}, status=400)
    faults = {name: errors[0] for name, errors in form.errors.items()}
    answer = {"saved": clock(), "lock": found.lock, "faults": faults, "advice": {}}
    return JsonResponse(answer)


@writers_only
@require_POST
def take_back(request, year, place):
    return _act(
        request,
        assessment_of(request, year, place),
        workflow.take_back_assessment,
        "Du kan skriva i texten igen.",
    )


@owners_only
@require_POST
def decide(request, year, place):
    """The document owner has read it: it is done, or comes back with a message."""
    found = assessment_of(request, year, place)
    form = SendBackForm(request.POST)
    lock = Shown.from_post(request.POST).lock
    if request.POST.get("then") == "done":
        return _act(
            request,
            found,
            workflow.mark_done,
            "Texten är markerad som klar.",
            lock=lock,
        )
    if not form.is_valid() or not form.cleaned_data["message"].strip():
        form.is_valid()
        if not form.errors:
            form.add_error("message", "Skriv vad som saknas")
        return _read_page(request, found, form, status=400)
    message = form.cleaned_data["message"]
    said = "Texten är tillbaka hos den som skriver."
    return _act(request, found, workflow.send_back, said, lock=lock, message=message)


def _act(request, found, act, said, **about):
    try:
        act(found, by=request.user, **about)
    except WorkflowError as error:
        if about.get("message"):
            found.refresh_from_db()
            return _not_editable(request, found, error.user_message)
        messages.error(request, error.user_message)
        return redirect(found)
    messages.success(request, said)
    return redirect(found)


def _changes(stored, yours):
    """What differs between the text that is stored and the one that was sent."""
    changes = []
    if "text" in yours and yours["text"] != stored["text"]:
        inline = words(stored["text"], yours["text"])
        changes.append(of_parts(inline, name="text", label="Lägesbedömning"))
    for name, label in _NAMES.items():
        titles = [
            "\n".join(sorted(each.title for each in some[name]))
            for some in (stored, yours)
            if name in some
        ]
        if len(set(titles)) > 1:
            changes.append(of_parts(words(*titles), name=name, label=label))
    return changes


def _write_page(
    request, found, form=None, *, carried=None, conflict=None, changes=(), status=200
):
    form = form or AssessmentForm(carried, assessment=found)
    context = {
        **_context(request, found),
        "form": form,
        "lock": (carried or {}).get("lock") or found.lock,
        "who": carrying.owner_token(request.user),
        "carried": carried,
        "conflict": conflict.user_message if conflict else "",
        "changes": changes,
        "returned": _returned(found),
    }
    page = "uppfoljning/reports/write.html"
    return render(request, page, context, status=409 if conflict else status)


def _read_page(request, found, form=None, *, status=200):
    context = {
        **_context(request, found),
        "html": markdown.render(found.text),
        "indicators": list(found.indicators.all()),
        "initiatives": list(found.initiatives.all()),
        "form": form or SendBackForm(),
        "may_decide": can_follow_up(request.user) and not found.report.is_adopted,
        "may_take_back": found.status == "ready" and not found.report.is_adopted,
    }
    page = "uppfoljning/reports/assessment.html"
    return render(request, page, context, status=status)


def _not_editable(request, found, why):
    context = {
        **_context(request, found),
        "why": why,
        "written": REFUSAL.written(request),
    }
    page = "uppfoljning/reports/not_editable.html"
    return render(request, page, context, status=409)


def _context(request, found):
    report, area = found.report, found.fokusomrade
    period = {
        "title": report.title,
        "url": resolve_url("uppfoljning:work_on", report.year),
    }
    return {
        "section": "uppfoljning",
        "breadcrumbs": work_crumbs(period, {"title": area.title}),
        "assessment": found,
        "report": report,
        "fokusomrade": area,
        "events": list(found.events.select_related("actor")),
    }


def _returned(found):
    """What the document owner asks for, while nothing else has happened since."""
    last = found.events.last()
    is_returned = last and found.status == "ongoing" and last.to_status == "ongoing"
    return last.message if is_returned else ""
