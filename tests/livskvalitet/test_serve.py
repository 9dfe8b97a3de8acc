import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.core.management import CommandError

from livskvalitet.management.commands import serve
from tests import database
from tests.browser import server


@pytest.fixture
def port():
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_require_free_port_refuses_a_busy_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} is in use"):
            serve.require_free_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("127.0.0.1", 99999)])
def test_require_free_port_refuses_what_cannot_be_listened_on(host, port):
    with pytest.raises(CommandError, match="set HOST and PORT"):
        serve.require_free_port(host, port)


def test_require_folder_refuses_what_cannot_be_written(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.STATIC_ROOT = tmp_path / "file" / "static"

    with pytest.raises(CommandError, match="set STATIC_ROOT to a folder"):
        serve.require_folder("STATIC_ROOT")


def test_static_fingerprint_changes_with_a_file(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    before = serve.static_fingerprint()
    (tmp_path / "new.css").write_text("a {}")

    assert serve.static_fingerprint() != before


@pytest.mark.thorough
def test_serve_answers_and_stops_when_told(tmp_path, port):
    # With the static files and the tables that the browser suite's sites begin with.
    variables = {"LOCAL": "1", "VAR_DIR": str(tmp_path), "PORT": str(port)}
    variables["STATIC_ROOT"] = str(server.static_folder())
    if kept := database.kept():
        shutil.copy(kept, tmp_path / "livskvalitet.sqlite3")
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "STATIC_ROOT", "MEDIA_ROOT"}
    inherited = {key: os.environ[key] for key in os.environ.keys() - left_out}
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        env=inherited | variables,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        printed = [process.stdout.readline()]
        while "Ctrl+C" not in printed[-1] and printed[-1]:
            printed.append(process.stdout.readline())
        with urllib.request.urlopen(f"http://localhost:{port}/") as page:
            status = page.status
        process.send_signal(signal.SIGTERM)

    assert printed[-2] == f"The site is at http://localhost:{port}\n"
    assert status == 200
    assert process.returncode == 0
