"""A page as a tagged PDF, when WeasyPrint and its Pango are at hand."""

from functools import cache

from django.conf import settings


@cache
def is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return True


def make(page: str) -> bytes:
    """The HTML `page` as PDF/UA-1.

    Its stylesheets and fonts are read from `static/`; an address on another machine
    stops the making.
    """
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    return HTML(
        string=page,
        base_url=f"{settings.BASE_DIR / 'static'}/",
        url_fetcher=URLFetcher(allowed_protocols={"file"}, fail_on_errors=True),
    ).write_pdf(pdf_variant="pdf/ua-1")
