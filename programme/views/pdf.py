"""The programme as a file."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from programme import pdf, taxonomy
from programme.views.text import whole_text


@require_safe
def programme_pdf(request, edition):
    """The programme as a tagged PDF, made anew only when its own text has changed."""
    tree = taxonomy.of(edition, getattr(request, "content_generation", None))
    if tree.edition is None or not pdf.is_available():
        raise Http404
    page = render_to_string("programme/pdf.html", whole_text(tree))
    name = f"livskvalitetsprogrammet-{tree.edition.slug}.pdf"
    return pdf_response(page, name=name)


def pdf_response(page, *, name, **how):
    """The file that `pdf.kept` gives, or a calm answer that others are before."""
    try:
        content = pdf.kept(page, **how)
    except pdf.Busy:
        return HttpResponse(status=503, headers={"Retry-After": "30"})
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
