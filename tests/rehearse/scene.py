"""The whole arrangement of deploy/ on loopback: proxy, two nodes with their workers,
database, cache and file store."""

import json
import secrets
import subprocess
import tempfile
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from tests import postgres
from tests.rehearse import previous, stores
from tests.rehearse.ground import (
    Failed,
    Running,
    environment,
    free_port,
    python,
    say,
    wait_until,
)
from tests.rehearse.proxy import HOST, Proxy
from tests.rehearse.reader import Reader

SERVE = python("manage.py", "serve")


class Node:
    """One machine of the site: its server and its worker, as systemd starts them."""

    def __init__(self, name: str, folder: Path, variables: dict[str, str]) -> None:
        self.name, self.folder, self.port = name, folder, free_port()
        own = {"PORT": str(self.port), "VAR_DIR": str(folder / name)}
        self._variables = variables | own
        self.running: Running | None = None

    def start(self, **release: str) -> None:
        self._variables |= release
        env = environment(**self._variables)
        self.running = Running(self.name, SERVE, self.folder, env)

    def wait(self) -> None:
        def is_up():
            self.running.require_alive()
            return self._is_up()

        try:
            wait_until(is_up, f"{self.name} answers")
        except Failed as late:
            raise Failed(f"{late}; it said:\n{self.running.tail()}") from None

    def _is_up(self) -> bool:
        try:
            answer = Reader(self.port, of_node=True).get("/halsa/")
        except OSError:
            return False
        return answer.status == 200

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """A command on this machine, to its end."""
        return subprocess.run(
            python(*arguments),
            env=environment(**self._variables),
            capture_output=True,
            text=True,
        )

    def begin(self, name: str, *arguments: str) -> Running:
        env = environment(**self._variables)
        return Running(name, python(*arguments), self.folder, env)


class Scene(AbstractContextManager):
    def __init__(self, *, spike_seconds=10) -> None:
        self.spike_seconds = spike_seconds
        self.file = ""  # the address of one that somebody sent in, once it is public
        self._temporary = tempfile.TemporaryDirectory(prefix="lk-", dir="/tmp")
        self.folder = Path(self._temporary.name)
        self._ends: list = []
        self._stack = ExitStack()

    def __enter__(self) -> "Scene":
        try:
            self._build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _build(self) -> None:
        say("Starting database, cache and file store")
        self.database = self._stack.enter_context(postgres.server(is_durable=True))
        cache, cache_url = stores.start_cache(self.folder)
        self._ends.append(cache.kill)
        files, self.told = stores.start_files(self.folder)
        self._ends.append(files.kill)
        variables = self._variables(cache_url) | self.told
        self.nodes = [Node(name, self.folder, variables) for name in ("norr", "syd")]
        say("Starting two nodes, each with a server and a worker")
        for node in self.nodes:  # one after another: the first makes the tables
            node.start(RELEASE="first")
            self._ends.append(node.running.kill)
            node.wait()
        # Before anybody has done anything.
        self.for_tests = previous.copied(self.database)
        ports = [node.port for node in self.nodes]
        place = {"port": free_port(), "plain": free_port()}
        self.proxy = Proxy(self.folder, nodes=ports, **place)
        self._ends.append(self.proxy.stop)
        self.port = self.proxy.port
        say(f"Started: the proxy on {self.port}, the nodes on {ports}")

    def _variables(self, cache_url: str) -> dict[str, str]:
        return {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": HOST,
            "SITE_ADDRESS": f"https://{HOST}",
            "DATABASE_URL": self.database.url,
            "CACHE_URL": cache_url,
            "TRUSTED_PROXIES": "127.0.0.1",
            "STATIC_ROOT": str(self.folder / "static"),
            "STATIC_COPY_ROOT": str(self.folder / "copy"),
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "MODERATORS_EMAIL": "granskare@example.se",
        }

    def told_by_desk(self, *arguments: str) -> dict:
        done = self.nodes[0].run("-m", "tests.rehearse.desk", *arguments)
        if done.returncode:
            raise Failed(f"the desk could not be set:\n{done.stderr[-2000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def reader(self) -> Reader:
        return Reader(self.port)

    def __exit__(self, *fault: object) -> None:
        for node in getattr(self, "nodes", []):
            if node.running:
                node.running.kill()
        for end in reversed(self._ends):
            end()
        self._stack.close()
        self._temporary.cleanup()
