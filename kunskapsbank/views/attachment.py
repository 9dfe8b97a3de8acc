"""The files themselves, for whoever may read a text that has them (trust 3.2.1)."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from kunskapsbank.enums import Scan
from kunskapsbank.models import VersionAttachment
from kunskapsbank.uploads import storage

# Nothing in a file is ever run in the site's name, however it is opened.
POLICY = "default-src 'none'; sandbox"
NOT_THERE = {
    Scan.INFECTED: "Antivirusprogrammet har stoppat filen.",
    Scan.WAITING: (
        "Antivirusprogrammet har inte kontrollerat filen än. Försök igen om en stund."
    ),
}
LOST = (
    "Filen har försvunnit från lagret, och vi har skrivit upp att den ska tillbaka. "
    "Resten av bidraget finns kvar."
)

logger = logging.getLogger(__name__)


@require_safe
def attachment(request, pk, name):
    found = visible_or_gone(request, pk)
    if not isinstance(found, VersionAttachment):
        return found
    if name != found.name:
        return redirect(found)
    if why := NOT_THERE.get(found.file.scan):
        return missing(request, found, why)
    return answer(request, found, found.file.stored_name)


@require_safe
def thumbnail(request, pk, name):
    """Made by us from the pixels, so it waits for no virus scanner."""
    found = visible_or_gone(request, pk)
    if not isinstance(found, VersionAttachment):
        return found
    if not found.file.thumbnail_name:
        raise Http404
    if found.file.scan == Scan.INFECTED:
        return missing(request, found, NOT_THERE[Scan.INFECTED])
    return answer(request, found, found.file.thumbnail_name)


def visible_or_gone(request, pk):
    """The attachment, or the answer that it is taken away with its contribution."""
    every = VersionAttachment.objects.select_related("file")
    found = every.visible_to(request.user).filter(pk=pk).first()
    if found is not None:
        return found
    gone = every.taken_away().select_related("version__entry").filter(pk=pk).first()
    if gone is None:
        raise Http404
    context = {"reason": gone.version.entry.state_reason, "section": "kunskapsbank"}
    return render(request, "410.html", context, status=410)


def answer(request, found, stored_name):
    try:
        content = storage.read(stored_name)
    except FileNotFoundError:
        logger.error("file %s of attachment %s is lost", stored_name, found.pk)
        return missing(request, found, LOST)
    headers = {
        "Accept-Ranges": "none",
        "Content-Disposition": content_disposition_header(True, found.name),
        "Content-Security-Policy": POLICY,
        "Content-Type": found.file.content_type,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(content, headers=headers)
    if not request.user.is_authenticated:
        # Asked for each time, so that what is hidden is gone at once.
        response.headers["Cache-Control"] = "private, no-cache"
    etag = quote_etag(stored_name.rpartition("/")[2])
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def missing(request, found, why):
    context = {"attachment": found, "why": why, "section": "kunskapsbank"}
    return render(request, "kunskapsbank/files/missing.html", context, status=404)
