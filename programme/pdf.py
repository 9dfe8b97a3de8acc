"""The programme as a tagged PDF, when WeasyPrint and its Pango are at hand."""

from functools import cache

from django.conf import settings
from django.template.loader import render_to_string


@cache
def is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return True


def make(context: dict) -> bytes:
    """The whole programme as PDF/UA-1, from the same text as its page.

    `context` is what `templates/programme/pdf.html` needs. Only files in `static/` are
    read; an address anywhere else stops the making.
    """
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    return HTML(
        string=render_to_string("programme/pdf.html", context),
        base_url=f"{settings.BASE_DIR / 'static'}/",
        url_fetcher=URLFetcher(allowed_protocols={"file"}, fail_on_errors=True),
    ).write_pdf(pdf_variant="pdf/ua-1")
