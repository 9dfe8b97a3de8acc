"""Open data: the pages about it, and its files."""

import re
from hashlib import sha256

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from kunskapsbank.enums import EntryState
from kunskapsbank.models import Entry, Version
from kunskapsbank.views.entry import gone
from livskvalitet.open_data import described, dump, tables, workbooks
from livskvalitet.open_data.asked import ENTRY_NUMBER
from livskvalitet.open_data.catalogue import as_rdf_xml
from livskvalitet.open_data.datasets import XLSX
from livskvalitet.open_data.identity import absolute
from livskvalitet.publisher import missing
from livskvalitet.views.pages import Page

OPEN_DATA = {"title": "Öppna data", "url": "/oppna-data/"}


class OpenDataPage(Page):
    template_name = "livskvalitet/open_data.html"
    title = "Öppna data"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            tables=tables.TABLES.values(),
            missing=missing(),
            address=absolute(""),
            **kwargs,
        )


class ApiPage(Page):
    """What the interactive page would say, which the site's policy forbids."""

    template_name = "livskvalitet/open_data_api.html"
    title = "API"
    parent = OPEN_DATA

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            addresses=described.addresses(), records=described.records(), **kwargs
        )


@require_safe
def as_csv(request, table):
    """Sent some rows at a time, whatever the number of rows."""
    found = _table(table)
    rows = [] if request.method == "HEAD" else tables.as_csv(found)
    headers = _attached(f"{found.name}.csv")
    kind = "text/csv; charset=utf-8; header=present"
    return StreamingHttpResponse(rows, content_type=kind, headers=headers)


@require_safe
def as_xlsx(request, table):
    found = _table(table)
    name = f"{found.name}.xlsx"
    if request.method == "HEAD":
        return HttpResponse(content_type=XLSX, headers=_attached(name))
    book = FileResponse(workbooks.opened(found), content_type=XLSX)
    # It has named itself by the file on disk.
    book.headers["Content-Disposition"] = _attached(name)["Content-Disposition"]
    return book


@require_safe
def everything(request):
    """Sent piece by piece, whatever the number of contributions."""
    pieces = [] if request.method == "HEAD" else dump.everything()
    headers = _attached("allt.json")
    return StreamingHttpResponse(
        pieces, content_type="application/json", headers=headers
    )


@require_safe
def schema(request):
    return JsonResponse(
        dump.schema(),
        content_type="application/schema+json",
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@require_safe
def catalogue(request):
    """Asks the database nothing, so that it stays up without it (trust A26)."""
    made_of = (settings.RELEASE, settings.SITE_ADDRESS, settings.PUBLISHER)
    # Weak, since each process has its own order of the same statements.
    etag = f'W/"{sha256(repr(made_of).encode()).hexdigest()[:32]}"'
    response = HttpResponse(
        as_rdf_xml(),
        content_type="application/rdf+xml; charset=utf-8",
        headers={"ETag": etag, "Cache-Control": "no-cache"},
    )
    return get_conditional_response(request, etag=etag, response=response)


@require_safe
def identified(request, number):
    """From the name of a contribution, which never changes, to its page."""
    if not re.fullmatch(ENTRY_NUMBER, number):
        raise Http404
    pk = int(number.removeprefix("B-"))
    listed = Version.objects.listed().select_related("entry")
    if version := listed.filter(entry=pk).first():
        return HttpResponseRedirect(version.get_absolute_url(), status=303)
    entry = Entry.objects.exclude(slug=None).exclude(state=EntryState.OPEN)
    if taken_away := entry.filter(pk=pk).first():
        return gone(request, taken_away.state_reason)
    raise Http404


def _table(name):
    if name not in tables.TABLES:
        raise Http404
    return tables.TABLES[name]


def _attached(name):
    return {"Content-Disposition": f'attachment; filename="livskvalitet-{name}"'}
