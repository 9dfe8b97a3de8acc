"""The five steps, each a page with a form that saves the draft."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank import comparison, workflow
from kunskapsbank.enums import Act
from kunskapsbank.exceptions import NotEditable, StaleText
from kunskapsbank.forms.draft_fields import Shown
from kunskapsbank.forms.questions import KINDS
from kunskapsbank.forms.writing import AboutForm, KindForm, TellForm, TieForm
from kunskapsbank.models import EventDetail
from kunskapsbank.views.writing import carrying, check
from kunskapsbank.views.writing.access import for_writers, not_editable
from kunskapsbank.views.writing.addresses import address_of, after_leaving, step_url
from kunskapsbank.views.writing.saving import save, with_chosen_tags

STEP_COUNT = 5


@dataclass(frozen=True)
class Step:
    """A page of the form: its part of the address, its place and what it asks."""

    slug: str
    number: int
    form: Callable
    template: str
    heading: str = ""

    def heading_for(self, version):
        return self.heading or KINDS[version.kind].heading


STEPS = [
    Step("typ", 1, KindForm, "kunskapsbank/writing/_kind.html", "Vad vill du dela?"),
    Step("beratta", 2, TellForm, "kunskapsbank/writing/_tell.html"),
    Step(
        "koppla",
        3,
        TieForm,
        "kunskapsbank/writing/_tie.html",
        "Var hör det hemma?",
    ),
    Step("om-dig", 4, AboutForm, "kunskapsbank/writing/_about.html", "Om dig"),
]
BY_SLUG = {step.slug: step for step in STEPS}
CHECK = "kontrollera"


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def write_step(request, version, step):
    if step == CHECK:
        return check.check_answers(request, version)
    if step not in BY_SLUG:
        raise Http404
    if request.method == "POST":
        return _save(request, version, BY_SLUG[step])
    if workflow.why_not_editable(version):
        return not_editable(request, version)
    return _show(request, version, BY_SLUG[step])


def _show(request, version, step):
    data = with_chosen_tags(carrying.given_back(request))
    form = step.form(data, version=version, user=request.user)
    return _page(request, version, step, form, carried=data)


def _save(request, version, step):
    data = with_chosen_tags(request.POST)
    form = step.form(data, version=version, user=request.user)
    try:
        version = save(version, form, Shown.from_post(request.POST), by=request.user)
    except StaleText as error:
        version.refresh_from_db()
        changes = _changes(error)
        if changes or form.errors:
            return conflict(request, version, step, form, error.user_message, changes)
        # The same text again, after an answer that never came, is saved already (R10).
    except NotEditable:
        return not_editable(request, version, written=_written(form))
    carrying.let_go(request)
    then = request.POST.get("then", "")
    if form.errors and not (then and form.is_holdable):
        return _page(request, version, step, form, status=400)
    return _onward(request, version, step, then)


def _onward(request, version, step, then):
    """Where the button that was pressed leads."""
    if then == "draft":
        messages.success(request, "Utkastet är sparat.")
        return redirect(after_leaving())
    if then == "files" and (files := address_of("kunskapsbank:files", version.pk)):
        return redirect(files)
    if then == "preview":
        return redirect("kunskapsbank:write_preview", version.pk)
    if then == "again":
        return redirect(f"{step_url(version, step.slug)}#organisationer")
    if request.GET.get("fran") == CHECK or step is STEPS[-1]:
        return redirect(step_url(version, CHECK))
    return redirect(step_url(version, STEPS[step.number].slug))


def conflict(request, version, step, form, message, changes):
    """409 with both texts (trust R5): the form holds the one that was sent, and what
    is stored stands beside it, so that either can be kept or both made one."""
    context = _context(request, version, step, form) | {
        "message": message,
        "changes": changes,
        "stored_url": step_url(version, step.slug),
    }
    return render(request, "kunskapsbank/writing/conflict.html", context, status=409)


def _changes(error):
    """What differs between the text that is stored and the one that was sent."""
    stored = {each: error.stored[each] for each in error.yours if each in error.stored}
    yours = {each: error.yours[each] for each in stored}
    return comparison.compare(_as_data(stored), _as_data(yours))


def _as_data(values):
    """Values with objects in them, as `workflow.text.as_data` writes them."""
    return {
        name: sorted(each.natural_key()[0] for each in value)
        if isinstance(value, list)
        else value
        for name, value in values.items()
    }


def _page(request, version, step, form, *, status=200, carried=None):
    context = _context(request, version, step, form) | {
        "carried": carried,
        "carried_files": carried.getlist("files") if carried else [],
    }
    if carried and carried.get("lock"):
        context["lock"] = carried["lock"]
    return render(request, "kunskapsbank/writing/step.html", context, status=status)


def _context(request, version, step, form):
    return {
        "version": version,
        "step": step,
        "step_count": STEP_COUNT,
        "heading": step.heading_for(version),
        "form": form,
        "fields_template": step.template,
        "lock": version.lock,
        "who": carrying.owner_token(request.user),
        "back": _back(version, step, request),
        "returned": returned_message(version),
        "file_names": [each.name for each in version.attachments.all()],
        "files_url": address_of("kunskapsbank:files", version.pk),
        "section": "kunskapsbank",
    }


def _back(version, step, request):
    """The one way back, which form pages have instead of breadcrumbs."""
    if request.GET.get("fran") == CHECK:
        return {"url": step_url(version, CHECK), "text": "Tillbaka till steg 5"}
    if step.number == 1:
        return {"url": after_leaving(), "text": "Tillbaka"}
    before = STEPS[step.number - 2]
    url = step_url(version, before.slug)
    return {"url": url, "text": f"Tillbaka till steg {before.number}"}


def returned_message(version):
    """What the moderator asks for, when the text has come back; else empty."""
    details = EventDetail.objects.filter(
        event__entry=version.entry_id,
        event__version_number=version.number,
        event__act=Act.RETURNED,
    )
    if version.status != "returned":
        return ""
    last = details.order_by("event__position").last()
    return last.message if last else ""


def _written(form):
    """Pairs of label and what was written, for somebody who has to copy it."""
    return [
        (field.label, field.data)
        for field in form
        if isinstance(field.data, str) and field.data
    ]
