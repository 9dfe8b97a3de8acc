"""What moderators keep for each other: reply templates, notes, the diary's package; and
the answer to an appeal."""

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kunskapsbank import diary, workflow
from kunskapsbank.exceptions import WorkflowError
from kunskapsbank.forms.reviewing import AppealForm, NoteForm, ReplyTemplateForm
from kunskapsbank.models import Appeal, InternalNote, ReplyTemplate
from kunskapsbank.permissions import can_answer_appeal
from kunskapsbank.views.reviewing import page
from kunskapsbank.views.reviewing.access import moderators_only
from kunskapsbank.views.reviewing.entry import known

_TEMPLATES = {"title": "Svarsmallar"}

# -- Reply templates


@moderators_only
@require_safe
def reply_templates(request):
    context = {
        "breadcrumbs": page.trail(_TEMPLATES),
        "reply_list": ReplyTemplate.objects.all(),
    }
    return render(request, "kunskapsbank/reviewing/reply_templates.html", context)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def reply_template(request, pk=None):
    """One template: a new one, or one to change."""
    template = get_object_or_404(ReplyTemplate, pk=pk) if pk else None
    start = {"title": template.title, "text": template.text} if template else None
    form = ReplyTemplateForm(request.POST or None, initial=start, template=template)
    if request.method == "POST" and form.is_valid():
        workflow.save_reply_template(template, by=request.user, **form.cleaned_data)
        messages.success(request, "Mallen är sparad.")
        return redirect("kunskapsbank:reply_templates")
    name = template.title if template else "Ny svarsmall"
    url = reverse("kunskapsbank:reply_templates")
    context = {
        "breadcrumbs": page.trail({**_TEMPLATES, "url": url}, {"title": name}),
        "form": form,
        "template": template,
        "name": name,
    }
    return render(request, "kunskapsbank/reviewing/reply_template.html", context)


@moderators_only
@require_POST
def remove_reply_template(request, pk):
    template = get_object_or_404(ReplyTemplate, pk=pk)
    workflow.remove_reply_template(template, by=request.user)
    messages.success(request, f"Mallen ”{template.title}” är borttagen.")
    return redirect("kunskapsbank:reply_templates")


# -- Notes


@moderators_only
@require_POST
def add_note(request, pk):
    entry = known(pk)
    form = NoteForm(request.POST, auto_id="anteckning_%s")
    if not form.is_valid():
        context = {
            "breadcrumbs": page.trail({"title": "Anteckning"}),
            "entry": entry,
            "form": form,
            "back": _back(request, entry),
        }
        return render(request, "kunskapsbank/reviewing/note.html", context)
    workflow.add_note(entry, by=request.user, **form.cleaned_data)
    messages.success(request, "Anteckningen är sparad.")
    return redirect(_back(request, entry))


@moderators_only
@require_POST
def erase_note(request, pk):
    note = get_object_or_404(InternalNote.objects.select_related("entry"), pk=pk)
    workflow.erase_note(note, by=request.user)
    messages.success(request, "Anteckningen är raderad.")
    return redirect(_back(request, note.entry))


def _back(request, entry):
    """Where the note was written, if it is a page of ours."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    return reverse("kunskapsbank:review_entry", args=[entry.pk])


# -- Appeals


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request, pk):
    """The request for another moderator's eyes on a declined text."""
    waiting = Appeal.objects.waiting().select_related(
        "version__entry", "version__author", "declined_by"
    )
    found = get_object_or_404(waiting, version=pk)
    version = found.version
    form = AppealForm(request.POST or None)
    if "insert" in request.POST:
        form = AppealForm(initial=form.inserted().dict())
    elif request.method == "POST" and form.is_valid():
        about = {name: form.cleaned_data[name] for name in ("granted", "message")}
        try:
            workflow.answer_appeal(version, by=request.user, **about)
        except WorkflowError as error:
            form.add_error(None, error.user_message)
        else:
            return _answered(request, version, **about)
    may = can_answer_appeal(request.user, version, found.declined_by_id)
    context = {
        "breadcrumbs": page.trail({"title": "Omprövning"}),
        "appeal": found,
        "version": version,
        "form": form if may else None,
        "events": page.events_of(version.entry),
        **page.text_of(version),
    }
    return render(request, "kunskapsbank/reviewing/appeal.html", context)


def _answered(request, version, *, granted, message):
    if granted:
        messages.success(request, "Bidraget är i kön igen, och du har tagit det.")
        return redirect("kunskapsbank:review", version.pk)
    messages.success(request, "Beslutet står fast. Den som har skrivit får ett mejl.")
    return redirect("kunskapsbank:review_queue")


# -- The city's diary


@moderators_only
@require_safe
def diary_package(request, pk):
    """All that there is of a contribution, as one file to keep."""
    entry = known(pk)
    answer = StreamingHttpResponse(diary.package(entry), content_type="application/zip")
    name = f"{entry.number}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
