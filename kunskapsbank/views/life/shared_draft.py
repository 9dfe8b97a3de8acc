"""A text that is not published, with its files, for whoever has its secret link."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kunskapsbank import belonging
from kunskapsbank.models import Version, VersionAttachment
from kunskapsbank.views.attachment import NOT_THERE, answer, missing
from kunskapsbank.views.entry import text_context


@dataclass
class SharedFile:
    """A file of the text at an address that the same secret opens."""

    attachment: VersionAttachment
    token: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.attachment, name)

    def get_absolute_url(self) -> str:
        arguments = [self.token, self.attachment.pk, self.attachment.name]
        return reverse("kunskapsbank:shared_file", args=arguments)


@require_safe
def shared_draft(request, token):
    shared = Version.objects.shared_by(token).select_related("entry")
    version = shared.first()
    if version is None:
        template, status, context = "kunskapsbank/life/link_over.html", 404, {}
    else:
        template, status = "kunskapsbank/life/shared_draft.html", 200
        context = text_context(version, belonging.of(version))
        files = [SharedFile(each, token) for each in context["attachments"]]
        context["attachments"] = files
    # The address is the secret, so it is told to nobody: no canonical link either.
    context |= {"canonical_url": "", "breadcrumbs": None}
    return secretly(render(request, template, context, status=status))


@require_safe
def shared_file(request, token, pk, name):
    version = Version.objects.shared_by(token).first()
    if version is None:
        raise Http404
    files = version.attachments.select_related("file")
    found = files.filter(pk=pk, name=name).first()
    if found is None:
        raise Http404
    if why := NOT_THERE.get(found.file.scan):
        return secretly(missing(request, found, why))
    return secretly(answer(request, found, found.file.stored_name))


def secretly(response):
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
