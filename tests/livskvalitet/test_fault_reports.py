"""What really leaves the site when a view breaks and SENTRY_DSN is set."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli

OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
BREAK = """
import django
django.setup()
from django.test import Client
import sentry_sdk

client = Client(raise_request_exception=False, headers={"host": "localhost"})
client.cookies["session"] = "hemlig-kaka"
answer = client.post("/konto/logga-in/?q=hemlig-fraga", {
    "login": "hemlig@example.se", "password": "hemligt-losenord",
})
print(answer.status_code)
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
    assert "hemlig" not in told
    assert str(tmp_path) not in told
