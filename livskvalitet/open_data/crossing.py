"""Open data is for other sites' pages too, and its errors are data (RFC 9110, CORS)."""

import re

from django.http import HttpResponse

from livskvalitet.open_data.refusals import refusal

API = "/api/"
# The API, the tables and the dump, the catalogue, and feeds; never a page.
_OPEN = re.compile(r"/api/.*|/oppna-data/[\w-]+\.\w+|/datasets/dcat(\.rdf)?|.*\.atom")
ALLOWED = "GET, HEAD, OPTIONS"
ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": ALLOWED,
}


def is_open(path: str) -> bool:
    """Whether any page, of any site, may read what is at the address."""
    return _OPEN.fullmatch(path) is not None


class OpenData:
    """Lets other sites' pages read open data, and gives the API's errors one shape."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_open(request.path):
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
            del response.headers["Content-Type"]
        else:
            response = self._read(request)
        # What a signed-in person gets is the same, and still never another site's.
        for name, value in ANY_ORIGIN.items():
            response.headers[name] = value
        return response

    def _answered(self, request):
        """The API's views know GET alone; of what answers HEAD no body is sent."""
        asked = request.method
        if request.path.startswith(API):
            request.method = "GET"
        response = self.get_response(request)
        request.method = asked
        return response

    def _read(self, request):
        if request.method not in {"GET", "HEAD"}:
            refused = refusal(405)
            refused.headers["Allow"] = ALLOWED
            return refused
        response = self._answered(request)
        if response.status_code < 400 or not request.path.startswith(API):
            return response
        if response.headers.get("Content-Type") == "application/json":
            return response
        said = refusal(response.status_code)
        for name in ("Retry-After", "Allow"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said
