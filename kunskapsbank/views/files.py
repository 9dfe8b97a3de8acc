"""The files of a text while it is written: one page for all, and one for each."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kunskapsbank import permissions
from kunskapsbank.exceptions import FileRefused, WorkflowError
from kunskapsbank.forms.files import DocumentForm, FileForm, PictureForm
from kunskapsbank.models import Version, VersionAttachment
from kunskapsbank.uploads import checks
from kunskapsbank.uploads.advice import advice_about, findings_about
from kunskapsbank.uploads.languages import LANGUAGES, primary
from kunskapsbank.uploads.limits import FILES_PER_VERSION
from kunskapsbank.uploads.refusals import Refused
from kunskapsbank.workflow import attachments
from kunskapsbank.workflow.drafts import check_may_write

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
UP, DOWN = "upp", "ner"


@login_required
@read_or_write
def files(request, pk):
    version = version_of(request, pk)
    form = upload_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = attachments.attach(
                version, by=request.user, upload=form.cleaned_data["file"]
            )
        except FileRefused as refusal:
            form.add_error("file", refusal.user_message)
        except WorkflowError as error:
            return refused(request, version, error)
        else:
            messages.success(request, told(made, "är tillagd"))
            return redirect("kunskapsbank:file_describe", version.pk, made.pk)
    listed = list(version.attachments.select_related("file"))
    why_not = why_not_written(version, request.user)
    return render(
        request,
        "kunskapsbank/files/files.html",
        {
            "section": "kunskapsbank",
            "version": version,
            "form": form,
            "attachments": listed,
            "why_not": why_not,
            "is_full": len(listed) >= FILES_PER_VERSION,
            "limit": FILES_PER_VERSION,
        },
    )


@login_required
@read_or_write
def file_describe(request, pk, file_pk):
    attachment = attachment_of(request, pk, file_pk)
    make = PictureForm if attachment.file.is_image else DocumentForm
    form = make(request.POST or None, initial=initial(attachment))
    if request.method == "POST" and form.is_valid():
        try:
            attachments.describe(attachment, by=request.user, **form.cleaned_data)
        except WorkflowError as error:
            return refused(request, attachment.version, error)
        messages.success(request, f"Det du skrev om {attachment.name} är sparat.")
        return redirect("kunskapsbank:files", pk)
    context = about(attachment) | {
        "form": form,
        "advice": advice_about(attachment),
        "findings": findings_about(attachment),
    }
    return render(request, "kunskapsbank/files/describe.html", context)


@login_required
@read_or_write
def file_replace(request, pk, file_pk):
    attachment = attachment_of(request, pk, file_pk)
    form = upload_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = attachments.replace(
                attachment, by=request.user, upload=form.cleaned_data["file"]
            )
        except FileRefused as refusal:
            form.add_error("file", refusal.user_message)
        except WorkflowError as error:
            return refused(request, attachment.version, error)
        else:
            messages.success(request, told(made, "ligger nu på samma plats"))
            return redirect("kunskapsbank:file_describe", pk, made.pk)
    context = about(attachment) | {"form": form}
    return render(request, "kunskapsbank/files/replace.html", context)


@login_required
@require_POST
def file_remove(request, pk, file_pk):
    version = version_of(request, pk)
    # Removed twice is removed: a double click is no error.
    attachment = version.attachments.filter(pk=file_pk).first()
    if attachment:
        try:
            attachments.detach(attachment, by=request.user)
        except WorkflowError as error:
            return refused(request, version, error)
        messages.success(request, f"{attachment.name} är borttagen ur bidraget.")
    return redirect("kunskapsbank:files", pk)


@login_required
@require_POST
def file_move(request, pk, file_pk):
    attachment = attachment_of(request, pk, file_pk)
    steps = {UP: -1, DOWN: 1}.get(request.POST.get("hall", ""), 0)
    try:
        place = attachments.reorder(attachment, by=request.user, steps=steps)
    except WorkflowError as error:
        return refused(request, attachment.version, error)
    count = attachment.version.attachments.count()
    messages.success(request, f"{attachment.name} är nu fil {place} av {count}.")
    return redirect("kunskapsbank:files", pk)


def version_of(request, pk):
    """A text that the person may write in; all else is not there."""
    visible = Version.objects.visible_to(request.user).select_related("entry")
    version = get_object_or_404(visible, pk=pk)
    if not permissions.can_edit_text(request.user, version):
        raise Http404
    return version


def attachment_of(request, pk, file_pk):
    version = version_of(request, pk)
    mine = VersionAttachment.objects.select_related("file").filter(version=version)
    attachment = get_object_or_404(mine, pk=file_pk)
    attachment.version = version
    return attachment


def why_not_written(version, user):
    """Why the text cannot be changed now; empty when it can."""
    try:
        check_may_write(version, by=user)
    except WorkflowError as error:
        return error.user_message
    return ""


def upload_form(request):
    """The form with the chosen file; one that was cut off says how large it was."""
    if request.method != "POST":
        return FileForm()
    form = FileForm(request.POST, request.FILES)
    if cut := getattr(request, "cut_upload", None):
        try:
            checks.check_size(*cut)
        except Refused as refusal:
            form.errors.pop("file", None)
            form.add_error("file", refusal.message)
    return form


def initial(attachment):
    said = primary(attachment.file.report.get("language"))
    language = attachment.language
    # A document that has just been added: what it says of itself, if we know it.
    if language == "sv" and said in LANGUAGES:
        language = said
    return {
        "alt": attachment.alt,
        "is_decorative": attachment.is_decorative,
        "people": attachment.people,
        "shows_children": attachment.shows_children,
        "language": language,
    }


def about(attachment):
    version = attachment.version
    return {"section": "kunskapsbank", "attachment": attachment, "version": version}


def told(attachment, what):
    shortened = " Namnet var långt och är kortat." * attachment.was_shortened
    return f"{attachment.name} {what}.{shortened}"


def refused(request, version, error):
    messages.error(request, error.user_message)
    return redirect("kunskapsbank:files", version.pk)
