"""The programme as a file."""

from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from programme import pdf, taxonomy
from programme.views.text import whole_text

_making = Lock()


@require_safe
def programme_pdf(request, edition):
    """The programme as a tagged PDF, made anew only when its own text has changed."""
    tree = taxonomy.of(edition, getattr(request, "content_generation", None))
    if tree.edition is None or not pdf.is_available():
        raise Http404
    page = render_to_string("programme/pdf.html", whole_text(tree))
    name = f"livskvalitetsprogrammet-{tree.edition.slug}.pdf"
    return HttpResponse(
        _file_of(page),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _file_of(page):
    digest = sha256(page.encode()).hexdigest()
    key = f"pdf-{settings.RELEASE}-{digest}"
    # It takes seconds to make, so the others wait for the one who began.
    with _making:
        content = cache.get(key)
        if content is None:
            content = pdf.make(page)
            cache.set(key, content, timeout=None)
    return content
