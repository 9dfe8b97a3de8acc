"""The programme as a file."""

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from programme import pdf
from programme.models import Edition
from programme.views.text import whole_text
from search import generation


@require_safe
def programme_pdf(request, edition):
    """The programme as a tagged PDF, made once per change of content."""
    edition = get_object_or_404(Edition, slug=edition)
    if not pdf.is_available():
        raise Http404("WeasyPrint is not installed")
    key = f"pdf-{settings.RELEASE}-{generation.current()}-{edition.pk}"
    content = cache.get(key)
    if content is None:
        content = pdf.make({"edition": edition, **whole_text(edition)})
        cache.set(key, content, timeout=None)
    name = f"livskvalitetsprogrammet-{edition.slug}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
