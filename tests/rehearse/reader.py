"""A reader who asks for one page at a time."""

import http.client
import re
import ssl
from typing import NamedTuple

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
        # One that is sent twice is as two values, which is what no page of ours has.
        every = response.headers.get_all
        names = {name.lower(): ", ".join(every(name)) for name in response.headers}
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
