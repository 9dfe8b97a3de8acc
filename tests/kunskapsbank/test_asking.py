"""Addresses are asked within bounds, and never on our own network."""

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kunskapsbank import asking
from kunskapsbank.asking import Answer, ask
from kunskapsbank.enums import LinkState


class Site(BaseHTTPRequestHandler):
    """Answers by what the path says."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        if self.path.startswith("/till/"):
            self.answer(302, f"/till/{int(self.path[6:]) - 1}")
        elif self.path == "/till-borta":
            self.answer(301, "/404")
        elif self.path == "/hemma":
            self.answer(302, "http://127.0.0.2:1/")
        elif self.path == "/bara-get" and self.command == "HEAD":
            self.answer(405)
        elif self.path.startswith("/droppar"):
            self.drip()
        else:
            code = self.path.strip("/").partition("?")[0]
            self.answer(int(code) if code.isdigit() else 200)

    do_GET = do_HEAD

    def answer(self, status, location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def drip(self):
        for _ in range(100):
            try:
                self.wfile.write(b"X")
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def only_the_site(address, port):
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/", LinkState.ANSWERS, 200),
        ("/404", LinkState.MISSING, 404),
        ("/410", LinkState.MISSING, 410),
        ("/403", LinkState.CLOSED, 403),
        ("/429", LinkState.CLOSED, 429),
        ("/500", LinkState.FAILING, 500),
        ("/bara-get", LinkState.ANSWERS, 200),
        ("/till-borta", LinkState.MISSING, 404),
        ("/till/1", LinkState.FAILING, 302),
        ("/sm\u00f6rg\u00e5s?q=\u00e5", LinkState.ANSWERS, 200),
    ],
)
def test_the_answer_is_told(site, path, state, status):
    if path == "/till/1":
        path = "/till/9"  # more redirects than are followed

    assert ask(site.address + path, may_connect=only_the_site) == Answer(state, status)


def test_at_most_three_redirects_are_followed(site):
    ask(f"{site.address}/till/9", may_connect=only_the_site)

    assert len(site.asked) == 1 + asking.MAX_REDIRECTS


def test_a_redirect_to_our_own_network_is_not_followed(site):
    answer = ask(f"{site.address}/hemma", may_connect=only_the_site)

    assert answer == Answer(LinkState.FORBIDDEN)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:c0a8:101::]/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[ff0e::1]/",
        "http://224.0.0.1/",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "ftp://example.se/",
        "file:///etc/passwd",
        "http:///inget",
        "http://93.184.216.34:22/",
        "http://93.184.216.34/" + "a" * asking.MAX_ADDRESS,
    ],
)
def test_what_is_not_open_on_the_web_is_never_asked(url, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket, "create_connection", refuse)

    assert ask(url) == Answer(LinkState.FORBIDDEN)


def test_a_name_with_one_private_address_is_not_asked(monkeypatch):
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80)),
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    assert ask("http://example.se/") == Answer(LinkState.FORBIDDEN)


def test_who_answers_a_little_at_a_time_is_hung_up_on(site, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.3)
    started = time.monotonic()

    answer = ask(f"{site.address}/droppar", may_connect=only_the_site)

    assert answer == Answer(LinkState.SILENT)
    assert time.monotonic() - started < 3  # the site would go on for five seconds


def test_nobody_home_is_silence(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        assert ask(address, may_connect=only_the_site) == Answer(LinkState.SILENT)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"]
)
def test_what_is_open_may_be_asked_on_the_ports_of_the_web(address):
    assert asking.is_public(address, 443)
    assert not asking.is_public(address, 8080)


@pytest.mark.parametrize("url", ["http://[", "http://a:b/", "http://\u0000/", "", "x"])
def test_what_is_no_address_raises_nothing(url):
    assert ask(url).state in {LinkState.FORBIDDEN, LinkState.SILENT}
