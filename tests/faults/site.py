"""The site in processes of its own, to be killed, and a person who writes on it."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from livskvalitet.management.commands.serve import GRANIAN_OPTIONS
from tests.browser import server
from tests.mail_server import free_port
from tests.postgres import ends_with_parent

TOKEN = "x" * 32
SECONDS = 60


class Answer(NamedTuple):
    status: int
    headers: dict
    text: str

    def json(self):
        return json.loads(self.text)


class Site:
    """The app's processes on a port, and one that runs code for us beside them."""

    def __init__(self, folder, database_url, **variables):
        self.folder, self.url = folder, database_url
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        own = {
            "LOCAL": "1",
            "DJANGO_SETTINGS_MODULE": "livskvalitet.settings_test",
            "DATABASE_URL": database_url,
            "VAR_DIR": str(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "PORT": str(self.port),
            "LOCK_TIMEOUT": "1",
            "STATEMENT_TIMEOUT": "2",
        }
        self.variables = kept | own | variables

    @property
    def host(self):
        return f"localhost:{self.port}"

    def connected(self):
        return HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)

    @contextmanager
    def beside(self):
        """Runs what `run` is given; no server is needed for it."""
        manager = server.Manager(self.variables)
        try:
            self._manager = manager
            yield self
        finally:
            manager.stop()

    def run(self, code):
        """What the code, run with the site's database, gives as JSON."""
        call = f"from tests.faults import inside; inside.tell({code!r})"
        said, fault = self._manager.run(call)
        assert not fault, fault
        return json.loads(said)

    @contextmanager
    def served(self, *, workers=1):
        (self.folder / "media").mkdir(exist_ok=True)
        self.start(workers)
        try:
            self.wait_for(lambda: self.get("/halsa/lever/").status == 200)
            yield self
        finally:
            self.process.terminate()
            try:
                self.process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def start(self, workers):
        """Begin to serve, for the first time or when the processes have ended."""
        with (self.folder / "app.log").open("a") as log:
            self.process = subprocess.Popen(
                [*ends_with_parent("TERM"), *self._command(workers)],
                env=self.variables,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _command(self, workers):
        return [
            *(sys.executable, "-m", "granian", *GRANIAN_OPTIONS),
            *("--workers", str(workers), "--host", "127.0.0.1"),
            *("--port", str(self.port), "livskvalitet.wsgi:application"),
        ]

    def workers(self):
        """The pids of the processes that answer."""
        return [
            pid
            for pid in server.children(self.process.pid)
            if b"spawn_main" in _command_line(pid) or b"granian" in _command_line(pid)
        ]

    def wait_for(self, condition):
        """Until it holds; what cannot be reached does not hold."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            try:
                if condition():
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.05)
        raise AssertionError((self.folder / "app.log").read_text()[-3000:])

    def get(self, path, **headers):
        return self._ask("GET", path, None, headers)

    def post(self, path, data, *, session="", **headers):
        """As a browser sends a form from a page of ours."""
        cookies = f"csrf={TOKEN}; session={session}" if session else f"csrf={TOKEN}"
        own = {
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.host}",
        }
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **data})
        return self._ask("POST", path, body, own | headers)

    def _ask(self, method, path, body, headers):
        link = self.connected()
        try:
            link.request(method, path, body, {"Host": self.host} | headers)
            answer = link.getresponse()
            text = answer.read().decode(errors="replace")
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, names, text)
        finally:
            link.close()

    def submit(self, draft, session):
        """Send a draft in; 302 to its receipt when it is accepted."""
        data = {"lock": draft["lock"], "key": draft["key"], "grants_licence": "on"}
        return self.post(f"/bidra/{draft['pk']}/kontrollera/", data, session=session)


def _command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
