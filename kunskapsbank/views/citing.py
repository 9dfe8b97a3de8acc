"""References to a contribution, as files for reference managers."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kunskapsbank.citing import Reference
from kunskapsbank.models import Version
from kunskapsbank.views.entry import elsewhere, reference_to


@require_safe
def cite_bibtex(request, slug):
    return _file(request, slug, "bib", "application/x-bibtex", Reference.as_bibtex)


@require_safe
def cite_ris(request, slug):
    ris = "application/x-research-info-systems"
    return _file(request, slug, "ris", ris, Reference.as_ris)


def _file(request, slug, ending, content_type, written):
    listed = Version.objects.listed().select_related("entry").with_ordinal()
    version = listed.filter(entry__slug=slug).first()
    if version is None:
        return elsewhere(request, slug)
    reference = reference_to(version)
    name = f"{reference.key}.{ending}"
    return HttpResponse(
        written(reference),
        content_type=f"{content_type}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )
