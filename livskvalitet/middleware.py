"""What every response carries, and how public pages are kept by browsers."""

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse, UnreadablePostError
from django.http.request import RawPostDataException
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

from livskvalitet import public_etag, read_only, unavailable
from livskvalitet.page_cache import MAY_BE_KEPT
from livskvalitet.request_log import reference
from search import generation

# The catalogue is made of the settings, and stays up without a database; how the site
# is must be told above all then.
WITHOUT_CONTENT = ("/datasets/", "/halsa/")


class ResponseHeaders:
    """Outermost, so that errors and static files carry the headers too (trust B5)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.status_code >= 400:
            # A contribution may come back; a browser must ask each time.
            response.setdefault("Cache-Control", "no-cache")
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.setdefault(
            "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
        )
        return response


class AdminPolicy:
    """The admin's own scripts break under Trusted Types, so it goes without."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_replace = {
                "require-trusted-types-for": None,
                "trusted-types": None,
            }
        return response


class ErrorPages:
    """Give bare refusals the site's look, and a lost database a calm 503."""

    DRESSED = {405, 410, 503}
    # What a bare answer says of its own body, which the page does not share.
    OF_THE_BODY = {"Content-Length", "Content-Type"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code in self.DRESSED and _is_bare(response):
            return self._dressed(request, response)
        return response

    def process_exception(self, request, exception):
        """What a view meets; what a middleware meets, the page for 500 sees."""
        if isinstance(exception, UnreadablePostError | RawPostDataException):
            return HttpResponse(status=400)  # nobody is there to read it
        if unavailable.is_meant_by(exception):
            return unavailable.answer(request, exception)
        return None

    def _dressed(self, request, bare):
        page = _page(request, bare.status_code)
        for name in bare.headers.keys() - self.OF_THE_BODY:
            page.headers.setdefault(name, bare.headers[name])
        return page


def _page(request, status):
    """The page for `status`; 503 does without context, which may need the database."""
    context_of = None if status == 503 else request
    told = {"reference": reference(request)}
    page = render_to_string(f"{status}.html", told, request=context_of)
    return HttpResponse(page, status=status)


def _is_bare(response):
    return not response.streaming and not response.content


class ReadOnly:
    """While the site can only be read, what would write is refused with the reason, and
    whoever sent a form gets back what they wrote (trust R20).

    Nobody can sign in then; whoever is signed in goes on reading, and may sign out.
    """

    MAY_WRITE = ("/konto/logga-ut/",)
    WRITES_BY_GET = ("/konto/stad/",)  # the city's own sign-in

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT_CONTENT):
            return self.get_response(request)
        try:
            request.read_only = self._reason(request)
        except (DatabaseError, InterfaceError) as fault:
            return unavailable.answer(request, fault)
        if request.read_only and self._writes(request):
            return unavailable.refusal(request, request.read_only)
        return self.get_response(request)

    def _reason(self, request):
        known = getattr(request, "content_generation", None)
        if known is None:
            known = generation.current()
            if request.method in {"GET", "HEAD"}:  # others may change it
                request.content_generation = known
        return read_only.reason(known)

    def _writes(self, request):
        if request.path.startswith(self.MAY_WRITE):
            return False
        reads = request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}
        return not reads or request.path.startswith(self.WRITES_BY_GET)


class PublicPages:
    """Public pages carry an ETag of release, content generation and date.

    A browser asks again at every visit, and mostly gets a 304 before any view has run.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(WITHOUT_CONTENT):
            return self.get_response(request)
        if not self._is_anonymous_reading(request):
            return self._kept_by_nobody(request, self.get_response(request))
        try:
            with generation.asked_once() as number:
                request.content_generation = number
                return self._public(request, public_etag.of(number))
        except (DatabaseError, InterfaceError) as fault:
            return unavailable.answer(request, fault)

    def _public(self, request, etag):
        request.get_host()  # a name that is not ours is refused, not answered
        # Errors have no ETag, so a browser that sends ours has seen the page itself;
        # one that sends "*" may have seen nothing.
        asks_for_any = request.headers.get("If-None-Match", "").strip() == "*"
        if not asks_for_any:
            unchanged = get_conditional_response(request, etag=etag)
            if unchanged:
                return self._dressed(unchanged, etag, request)
        response = self._dressed(self.get_response(request), etag, request)
        if asks_for_any and response.status_code == 200:
            return get_conditional_response(request, etag=etag, response=response)
        return response

    def _is_anonymous_reading(self, request):
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        return request.method in {"GET", "HEAD"} and not signed_in

    def _kept_by_nobody(self, request, response):
        """What a signed-in person sees is gone with the session (trust 14.3.1)."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _dressed(self, response, etag, request):
        if "no-store" in response.headers.get("Cache-Control", ""):
            return response  # what a secret link shows is not public
        if response.status_code in {200, 304} and not response.cookies:
            response.headers.setdefault("ETag", etag)
            response.headers.setdefault("Cache-Control", "no-cache")
            patch_vary_headers(response, ["Cookie"])
            if response.headers["ETag"] == etag and not response.streaming:
                request.META[MAY_BE_KEPT] = (etag, _parameters_of(request))
        return response


def _parameters_of(request):
    """The names of the parameters that the view reads; None if it does not say."""
    view = request.resolver_match.func if request.resolver_match else None
    return getattr(getattr(view, "view_class", view), "parameters", None)
