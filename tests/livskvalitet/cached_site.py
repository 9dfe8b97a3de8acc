"""The site as granian calls it, behind its page cache."""

import gzip
import io
from types import SimpleNamespace

from django.core.wsgi import get_wsgi_application

from livskvalitet.page_cache import PageCache
from search import generation


class Site:
    def __init__(self, most_bytes):
        self.made = []
        django = get_wsgi_application()

        def application(environ, start_response):
            self.made.append(environ["PATH_INFO"])
            return django(environ, start_response)

        self.cache = PageCache(application, most_bytes)

    def get(self, path, *, method="GET", **headers):
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        sent = []
        parts = self.cache(environ, lambda *told: sent.append(told[:2]))
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
        ((status, headers),) = sent
        return SimpleNamespace(
            status=int(status[:3]), headers=dict(headers), body=body, text=_text(body)
        )

    def change_elsewhere(self):
        """As when another process has published and a second has gone."""
        generation.touch()
        self.cache._noticed._read_at = float("-inf")


def _text(body):
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
