"""Readers: one who asks, and many who keep asking while something happens."""

import http.client
import re
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from tests.rehearse.ground import say
from tests.rehearse.proxy import HOST

TIMEOUT = 60
UNCHECKED = ssl._create_unverified_context()  # the certificate is ours


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str
    cookies: str = ""  # as a browser sends them back

    @property
    def token(self) -> str:
        """That of the form on a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.text)
        return found[1] if found else ""

    @property
    def is_copy(self) -> bool:
        return "Det här är en kopia från" in self.text


class Reader:
    """Asks through the proxy, or a node itself as the proxy would."""

    def __init__(self, port: int, *, of_node=False, cookie="") -> None:
        self._port, self._of_node = port, of_node
        self._headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
        self._headers["X-Forwarded-For"] = "192.0.2.1"
        if cookie:
            self._headers["Cookie"] = cookie
        self._link = None

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, body: str, **headers: str) -> Answer:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        own = {"Origin": f"https://{HOST}", "Referer": f"https://{HOST}{path}"}
        return self.ask("POST", path, body, form | own | headers)

    def ask(self, method, path, body=None, headers=None) -> Answer:
        link = self._connected()
        try:
            link.request(method, path, body, self._headers | (headers or {}))
            response = link.getresponse()
            text = response.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise
        names = {name.lower(): value for name, value in response.getheaders()}
        cookies = response.headers.get_all("Set-Cookie") or []
        pairs = [each.partition(";")[0] for each in cookies]
        return Answer(response.status, names, text, "; ".join(pairs))

    def hang_up(self) -> None:
        if self._link:
            self._link.close()
        self._link = None

    def _connected(self):
        if self._link is None:
            kind, more = http.client.HTTPConnection, {}
            if not self._of_node:
                kind, more = http.client.HTTPSConnection, {"context": UNCHECKED}
            self._link = kind("127.0.0.1", self._port, timeout=TIMEOUT, **more)
        return self._link


@dataclass
class Seen:
    answers: Counter
    faults: Counter
    seconds: float

    @property
    def count(self) -> int:
        return sum(self.answers.values())

    @property
    def failed(self) -> int:
        return sum(self.faults.values())

    def __str__(self) -> str:
        rate = self.count / self.seconds if self.seconds else 0
        said = ", ".join(f"{count} × {what}" for what, count in self.faults.items())
        return f"{self.count} requests, {rate:.0f} a second, failed: {said or 'none'}"


class Crowd:
    """Readers who ask for `paths` through the proxy, `rate` times a second in all."""

    def __init__(self, port: int, paths: list[str], *, rate=200, readers=8) -> None:
        self._port, self._paths = port, paths
        self._pause = readers / rate
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._seen = Seen(Counter(), Counter(), 0)
        self._threads = [
            threading.Thread(target=self._keep_asking, args=[number], daemon=True)
            for number in range(readers)
        ]

    def __enter__(self) -> Seen:
        self._began = time.monotonic()
        for thread in self._threads:
            thread.start()
        return self._seen

    def __exit__(self, *fault: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(TIMEOUT)
        self._seen.seconds = time.monotonic() - self._began
        say(f"    {self._seen}")

    def _keep_asking(self, number: int) -> None:
        reader = Reader(self._port)
        due = time.monotonic()
        while not self._over.is_set():
            path = self._paths[number % len(self._paths)]
            number += 1
            self._note(path, self._asked(reader, path))
            due = max(due + self._pause, time.monotonic() - 1)
            self._over.wait(max(0.0, due - time.monotonic()))

    def _asked(self, reader: Reader, path: str) -> str:
        try:
            answer = reader.get(path)
        except (OSError, http.client.HTTPException) as fault:
            return type(fault).__name__
        if answer.is_copy:
            return "the copy"
        return "" if answer.status == 200 else str(answer.status)

    def _note(self, path: str, fault: str) -> None:
        with self._lock:
            self._seen.answers[path] += 1
            if fault:
                self._seen.faults[f"{fault} at {path}"] += 1
