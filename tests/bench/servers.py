"""What the site is measured beside and with: nginx, and the site as in production."""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import psutil

from tests.postgres import ends_with_parent
from tests.source import ROOT

HOST_NAME = "livskvalitet.example"
# As a browser says it through a proxy that has taken care of TLS.
HEADERS = {
    "Host": HOST_NAME,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "192.0.2.1",
    "Accept-Encoding": "gzip",
}
START_SECONDS = 120
_NGINX = """daemon off;
worker_processes auto;
pid {folder}/pid;
error_log stderr crit;
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""
# The very command that `manage.py serve` starts, when all is made ready.
_GRANIAN = """
import os, django
django.setup()
from livskvalitet.management.commands.serve import granian_command
command = granian_command()
os.execv(command[0], command)
"""


class Running(NamedTuple):
    """A server: where it listens, and the processes that work for it."""

    port: int
    processes: tuple[psutil.Process, ...]

    def tree(self) -> list[psutil.Process]:
        trees = ([each, *each.children(recursive=True)] for each in self.processes)
        return [process for tree in trees for process in tree]

    def cpu_seconds(self) -> float:
        """User and system time of all of them, those that have ended included."""
        return sum(sum(process.cpu_times()[:4]) for process in self.tree())

    def megabytes(self) -> float:
        """What the largest process has in memory."""
        site = [each for each in self.tree() if not each.name().startswith("postgres")]
        return max(each.memory_info().rss for each in site) / 1_000_000

    def answer(self, path: str) -> tuple[int, Message, bytes]:
        """Status, headers and body of one GET."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            link.request("GET", path, headers=HEADERS)
            answer = link.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            link.close()


@contextmanager
def nginx(folder: Path, kilobytes: int) -> Iterator[Running]:
    """nginx serving one plain file, /file.html."""
    (folder / "www").mkdir(parents=True)
    (folder / "www" / "file.html").write_bytes(
        b"<p>abcde</p>" * (kilobytes * 1000 // 12)
    )
    port = _free_port()
    (folder / "conf").write_text(_NGINX.format(folder=folder, port=port))
    for path in (folder.parent, folder, folder / "www"):
        path.chmod(0o755)  # its workers are nobody
    with _started(["nginx", "-c", str(folder / "conf")], {}, port) as process:
        yield Running(port, (process,))


@contextmanager
def site(variables: dict[str, str], cache_mb: int) -> Iterator[Running]:
    """The site behind a proxy, on the database that `variables` name."""
    port = _free_port()
    own = {"PORT": str(port), "PAGE_CACHE_MB": str(cache_mb)}
    with _started([sys.executable, "-c", _GRANIAN], variables | own, port) as process:
        database = _postgres(variables["DATABASE_URL"])
        yield Running(port, (process, *database))


def production(folder: Path, database_url: str) -> dict[str, str]:
    """The settings of a real server, whose secrets are good for this run only."""
    return {
        "DJANGO_SETTINGS_MODULE": "livskvalitet.settings",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": HOST_NAME,
        "HOST": "127.0.0.1",
        "TRUSTED_PROXIES": "127.0.0.1",
        "EMAIL_URL": "smtp://localhost:25",
        "MODERATORS_EMAIL": "granskarna@example.se",
        "CONTACT_EMAIL": "kontakt@example.se",
        "PUBLISHER_NAME": "Utgivaren",
        "PUBLISHER_ORGANISATION_NUMBER": "000000-0000",
        "RELEASE": "bench",
        "VAR_DIR": str(folder),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _postgres(database_url):
    folder = unquote(urlsplit(database_url).hostname or "")
    if not folder:
        return []
    every = psutil.process_iter(["name", "cmdline"])
    servers = (each for each in every if each.info["name"] == "postgres")
    return [each for each in servers if f"{folder}/data" in each.info["cmdline"]][:1]


@contextmanager
def _started(command, variables, port):
    environment = {"env": variables} if variables else {}
    command = [*ends_with_parent("TERM"), *command]
    process = subprocess.Popen(command, cwd=ROOT, **environment)
    try:
        _wait_for_answer(process, port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for_answer(process, port):
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            Running(port, ()).answer("/")
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args[0]} does not answer")
