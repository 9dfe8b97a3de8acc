"""What is read and not written: the preview and the receipt."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kunskapsbank import belonging, workflow
from kunskapsbank.enums import Status
from kunskapsbank.models import Version
from kunskapsbank.views.entry import text_context
from kunskapsbank.views.writing import carrying
from kunskapsbank.views.writing.access import (
    closed,
    for_writers,
    is_theirs,
    visible,
)
from kunskapsbank.views.writing.addresses import address_of, step_url
from kunskapsbank.workflow.text import byline_of


@require_safe
@for_writers
def write_preview(request, version):
    """The text by the template that shows it to readers."""
    version.byline = byline_of(version)  # the object, and not its row
    context = text_context(version, belonging.of(version)) | {
        "back_url": step_url(version, "beratta"),
        "check_url": step_url(version, "kontrollera"),
        "may_be_written": not workflow.why_not_editable(version),
    }
    return render(request, "kunskapsbank/writing/preview.html", context)


@require_safe
def receipt(request, pk):
    """What was sent in, and what happens next."""
    if not request.user.is_authenticated:
        return closed(request) or carrying.sign_in_first(request)
    version = get_object_or_404(visible(request), pk=pk)
    if not is_theirs(request.user, version):
        raise Http404
    if version.submitted_at is None:
        return redirect("kunskapsbank:write_step", pk, "kontrollera")
    context = {
        "version": version,
        "is_waiting": version.status == Status.SUBMITTED,
        "queue_length": Version.objects.queue().count(),
        "mine_url": address_of("kunskapsbank:my_entries"),
        "review_url": address_of("kunskapsbank:how_we_review"),
        "section": "kunskapsbank",
    }
    return render(request, "kunskapsbank/writing/receipt.html", context)
