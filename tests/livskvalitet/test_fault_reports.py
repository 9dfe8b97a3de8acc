"""What really leaves the site when a view breaks and SENTRY_DSN is set."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
BREAK = """
import io
from livskvalitet.wsgi import application
import sentry_sdk

body = b"login=hemlig%40example.se&password=hemligt-losenord"
asked = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/konto/logga-in/",
    "QUERY_STRING": "q=hemlig-fraga",
    "CONTENT_TYPE": "application/x-www-form-urlencoded",
    "CONTENT_LENGTH": str(len(body)),
    "HTTP_HOST": "localhost",
    "HTTP_COOKIE": "session=hemlig-kaka",
    "HTTP_AUTHORIZATION": "hemlig-nyckel",
    "REMOTE_ADDR": "203.0.113.7",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "wsgi.url_scheme": "http",
    "wsgi.input": io.BytesIO(body),
}
b"".join(application(asked, lambda status, *_: print(status[:3])))
sentry_sdk.flush(10)
"""


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802 - named by http.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        opened = OPENED[self.headers.get("Content-Encoding")](body)
        self.server.received.append(opened.decode())
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


@pytest.mark.thorough
def test_report_that_is_sent_tells_of_the_fault_and_of_nobody(tmp_path):
    """The database is one without tables, so the view breaks."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.received = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    variables = {
        "DJANGO_SETTINGS_MODULE": "livskvalitet.settings_test",
        "VAR_DIR": str(tmp_path),
        "SENTRY_DSN": f"http://nyckel@127.0.0.1:{server.server_port}/1",
        "PATH": os.environ["PATH"],
    }

    ended = subprocess.run(
        [sys.executable, "-c", BREAK], env=variables, capture_output=True, text=True
    )
    server.shutdown()
    server.server_close()

    told = "".join(server.received)
    assert ended.stdout.strip() in {"500", "503"}, ended.stderr
    assert "OperationalError" in told
    assert '"method":"POST"' in told
    assert "hemlig" not in told
    assert "203.0.113.7" not in told
    assert str(tmp_path) not in told
