"""The programme as a tagged PDF, when WeasyPrint and its Pango are at hand."""

from functools import cache

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

_STATIC = "static:"


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

    `context` is what `templates/programme/pdf.html` needs. Nothing but the site's own
    static files is read.
    """
    from weasyprint import HTML  # noqa: PLC0415

    html = render_to_string("programme/pdf.html", context)
    document = HTML(string=html, base_url=_STATIC, url_fetcher=_own_file)
    return document.write_pdf(pdf_variant="pdf/ua-1")


def _own_file(url, *args, **kwargs):
    name = url.removeprefix(_STATIC).lstrip("/")
    if not url.startswith(_STATIC) or not (path := finders.find(name)):
        raise ValueError(f"{url} is not a static file of the site")
    with open(path, "rb") as file:
        return {"string": file.read()}
