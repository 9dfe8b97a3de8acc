"""The files of a text while it is written: one page for all, and one for each."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kunskapsbank.exceptions import FileRefused, WorkflowError
from kunskapsbank.forms.files import DocumentForm, FileForm, PictureForm
from kunskapsbank.models import VersionAttachment
from kunskapsbank.uploads import checks
from kunskapsbank.uploads.advice import advice_about, findings_about
from kunskapsbank.uploads.languages import LANGUAGES, primary
from kunskapsbank.uploads.limits import FILES_PER_VERSION
from kunskapsbank.uploads.refusals import Refused
from kunskapsbank.views.writing import carrying
from kunskapsbank.views.writing.access import for_writers
from kunskapsbank.workflow import attachments
from kunskapsbank.workflow.drafts import check_may_write

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
UP, DOWN = "upp", "ner"


@read_or_write
@for_writers
def files(request, version):
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
            carrying.let_go(request)
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
            **carried(request),
        },
    )


@read_or_write
@for_writers
def file_describe(request, version, file_pk):
    attachment = attachment_of(version, file_pk)
    make = PictureForm if attachment.file.is_image else DocumentForm
    kept = carried(request)
    data = request.POST if request.method == "POST" else kept["carried"]
    form = make(data, initial=initial(attachment))
    if request.method == "POST" and form.is_valid():
        try:
            attachments.describe(attachment, by=request.user, **form.cleaned_data)
        except WorkflowError as error:
            return refused(request, version, error)
        carrying.let_go(request)
        messages.success(request, f"Det du skrev om {attachment.name} är sparat.")
        return redirect("kunskapsbank:files", version.pk)
    context = about(attachment) | {
        **kept,
        "form": form,
        "advice": advice_about(attachment),
        "findings": findings_about(attachment),
    }
    return render(request, "kunskapsbank/files/describe.html", context)


@read_or_write
@for_writers
def file_replace(request, version, file_pk):
    attachment = attachment_of(version, file_pk)
    form = upload_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = attachments.replace(
                attachment, by=request.user, upload=form.cleaned_data["file"]
            )
        except FileRefused as refusal:
            form.add_error("file", refusal.user_message)
        except WorkflowError as error:
            return refused(request, version, error)
        else:
            carrying.let_go(request)
            messages.success(request, told(made, "ligger nu på samma plats"))
            return redirect("kunskapsbank:file_describe", version.pk, made.pk)
    context = about(attachment) | {"form": form} | carried(request)
    return render(request, "kunskapsbank/files/replace.html", context)


@read_or_write
@for_writers
def file_remove(request, version, file_pk):
    """Whoever had to sign in first comes here by GET, and sees the files."""
    # Removed twice is removed: a double click is no error.
    attachment = version.attachments.filter(pk=file_pk).first()
    if attachment and request.method == "POST":
        try:
            attachments.detach(attachment, by=request.user)
        except WorkflowError as error:
            return refused(request, version, error)
        messages.success(request, f"{attachment.name} är borttagen ur bidraget.")
    return redirect("kunskapsbank:files", version.pk)


@read_or_write
@for_writers
def file_move(request, version, file_pk):
    """Whoever had to sign in first comes here by GET, and sees the files."""
    attachment = attachment_of(version, file_pk)
    if request.method != "POST":
        return redirect("kunskapsbank:files", version.pk)
    steps = {UP: -1, DOWN: 1}.get(request.POST.get("hall", ""), 0)
    try:
        place = attachments.reorder(attachment, by=request.user, steps=steps)
    except WorkflowError as error:
        return refused(request, version, error)
    count = version.attachments.count()
    messages.success(request, f"{attachment.name} är nu fil {place} av {count}.")
    return redirect("kunskapsbank:files", version.pk)


def attachment_of(version, file_pk):
    mine = VersionAttachment.objects.select_related("file").filter(version=version)
    attachment = get_object_or_404(mine, pk=file_pk)
    attachment.version = version
    return attachment


def carried(request):
    """Who is shown the form, and what they sent before they had to sign in again."""
    data = carrying.given_back(request)
    return {
        "who": carrying.owner_token(request.user),
        "carried": data,
        "carried_files": data.getlist("files") if data else [],
    }


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
