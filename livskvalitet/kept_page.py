"""A page as it was sent, and how it is sent again without being made."""

import gzip

from django.utils.http import parse_etags

from livskvalitet.metrics.requests import count_kept_page

OVERHEAD = 3_000  # bytes that a page takes besides its body, about
OF_THE_BODY = {"content-encoding", "content-length", "content-type"}
OF_ONE_REQUEST = {"x-request-id"}


class Page:
    """A page as it was sent, compressed, and the request that it answered."""

    __slots__ = ("body", "environ", "etag", "headers", "headers_of_304", "reads")

    def __init__(self, headers, body, environ):
        self.headers = _without(headers, OF_ONE_REQUEST)
        self.headers_of_304 = _without(self.headers, OF_THE_BODY)
        self.etag = _named(headers)["etag"]
        self.body = body
        self.environ = environ
        self.reads = 0

    def send(self, environ, start_response):
        """Answer as WSGI asks, with as little as the reader needs."""
        if (asked := environ.get("HTTP_IF_NONE_MATCH")) and self._is_known_by(asked):
            count_kept_page("304")
            start_response("304 Not Modified", self.headers_of_304)
            return []
        count_kept_page("200")
        headers, body = self.headers, self.body
        if "gzip" not in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = gzip.decompress(body)
            headers = _without(headers, {"content-encoding", "content-length"})
            headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _is_known_by(self, asked):
        """Compressing makes no other page of it: W/ or not is the same."""
        if asked == self.etag:
            return True
        known = {each.removeprefix("W/") for each in parse_etags(asked)}
        return self.etag.removeprefix("W/") in known


def is_whole_page(environ, status, headers):
    """Whether what was answered can be sent to others, as it is."""
    named = _named(headers)
    return (
        environ["REQUEST_METHOD"] == "GET"
        and status.startswith("200")
        and named.get("content-encoding") == "gzip"
        and "set-cookie" not in named
    )


def _named(headers):
    return {name.lower(): value for name, value in headers}


def _without(headers, names):
    return [each for each in headers if each[0].lower() not in names]
