"""A server on loopback that answers as Kolada's API v3 is documented to.

SYNTHETIC: every number here is made up, as those of the sample in nyckeltal.json are,
and none may be shown as anything else.
"""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def value(gender, number, **others):
    return {
        "gender": gender,
        "count": 1,
        "status": "",
        "value": number,
        "isdeleted": False,
        **others,
    }


def row(kpi, year, *values, place="1283"):
    return {
        "kpi": kpi,
        "municipality": place,
        "period": year,
        "values": list(values),
    }


class Kolada:
    """Set `rows`; `per_page` cuts them into pages. What it was asked is in `asked`.

    `faults` are taken in turn before it answers as it should: a status, or a function
    of the request handler. `etag` is its mark, or empty.
    """

    def __init__(self):
        self.rows, self.known, self.faults, self.asked = [], {"N1"}, [], []
        self.per_page, self.etag, self.address = 5000, "", ""

    def answer(self, handler):
        self.asked.append((handler.path, dict(handler.headers)))
        if self.faults:
            fault = self.faults.pop(0)
            return fault(handler) if callable(fault) else send(handler, b"", fault)
        parts = urlsplit(handler.path)
        if self.etag and handler.headers.get("If-None-Match") == self.etag:
            return send(handler, b"", 304)
        if parts.path.startswith("/kpi/"):
            return send_json(handler, self._about(parts.path.rpartition("/")[2]))
        return send_json(handler, self._page(parts), ETag=self.etag)

    def _about(self, kpi):
        rows = [{"id": kpi, "title": "Synthetic"}] if kpi in self.known else []
        return {"values": rows, "next_url": None, "count": len(rows)}

    def _page(self, parts):
        kpi = parts.path.split("/")[3]
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        rows = [each for each in self.rows if each["kpi"] == kpi]
        shown = rows[(page - 1) * self.per_page : page * self.per_page]
        onward = f"{self.address}{parts.path}?page={page + 1}"
        is_last = page * self.per_page >= len(rows)
        return {
            "values": shown,
            "count": len(shown),
            "previous_url": None,
            "next_url": None if is_last else onward,
        }


def send(handler, body, status=200, **headers):
    handler.send_response(status)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    for name, text in headers.items():
        if text:
            handler.send_header(name, text)
    handler.end_headers()
    handler.wfile.write(body)


def send_json(handler, data, **headers):
    send(handler, json.dumps(data).encode(), **headers)


def cut_off(handler):
    """Half of what it said it would send."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"values": [')


def half_json(handler):
    send(handler, b'{"values": [{"kpi": "N1", "muni')


@contextmanager
def running():
    kolada = Kolada()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 - the library's name
            kolada.answer(self)

        def log_message(self, *args):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kolada.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
