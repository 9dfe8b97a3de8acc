"""A page as a tagged PDF, when WeasyPrint and its Pango are at hand."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.core.cache import cache as files

WAIT = 20  # seconds for the file that is being made before ours
# The addresses of pictures that are not in `static/`.
PICTURE = "picture:"

_making = Lock()


class Busy(Exception):
    """Other files are being made; ask again in a moment."""


@cache
def is_available() -> bool:
    """Whether this machine can make PDF files."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except (ImportError, OSError):
        return False
    return True


def kept(
    page: str,
    *,
    read_picture: Callable[[str], bytes] | None = None,
    seconds: int | None = None,
) -> bytes:
    """The page as `make` gives it, made once while it is the same, and kept so long.

    It takes seconds to make, so each process makes one at a time. Raises Busy when
    there are too many before this one.
    """
    digest = sha256(page.encode()).hexdigest()
    key = f"pdf-{settings.RELEASE}-{digest}"
    if content := files.get(key):
        return content
    if not _making.acquire(timeout=WAIT):
        raise Busy
    try:
        content = files.get(key)
        if content is None:
            content = make(page, read_picture) if read_picture else make(page)
            files.set(key, content, timeout=seconds)
    finally:
        _making.release()
    return content


def make(page: str, read_picture: Callable[[str], bytes] | None = None) -> bytes:
    """The HTML `page` as PDF/UA-1.

    Its stylesheets and fonts are read from `static/`, and a picture at PICTURE and a
    name by `read_picture`, which raises OSError when there is none; an address on
    another machine stops the making.
    """
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Fetcher(URLFetcher):
        def fetch(self, url, headers=None):
            if read_picture and url.startswith(PICTURE):
                content = read_picture(url.removeprefix(PICTURE))
                return URLFetcherResponse(url, content)
            return super().fetch(url, headers)

    return HTML(
        string=page,
        base_url=f"{settings.BASE_DIR / 'static'}/",
        url_fetcher=Fetcher(allowed_protocols={"file"}, fail_on_errors=True),
    ).write_pdf(pdf_variant="pdf/ua-1")
