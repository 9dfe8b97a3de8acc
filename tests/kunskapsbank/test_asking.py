"""Addresses are asked within bounds, and never on our own network."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import quote, unquote

import pytest

from kunskapsbank import asking
from kunskapsbank.asking import Answer, ask
from kunskapsbank.enums import LinkState


class Site(BaseHTTPRequestHandler):
    """Answers by what the path says."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        self.server.headers = self.headers
        first, _, rest = self.path.strip("/").partition("?")[0].partition("/")
        act = getattr(self, f"do_{first.replace('-', '_')}", None)
        if act:
            act(rest)
        else:
            self.answer(int(first) if first.isdigit() else 200)

    def do_till(self, left):
        self.answer(302, f"/till/{int(left) - 1}")

    def do_till_borta(self, _):
        self.answer(301, "/404")

    def do_hemma(self, _):
        self.answer(302, "http://127.0.0.2:1/")

    def do_bara_get(self, _):
        self.answer(405 if self.command == "HEAD" else 200)

    def do_tappar_head(self, _):
        if self.command == "HEAD":
            self.close_connection = True
        else:
            self.answer(200)

    def do_vanta(self, rest):
        status, _, wait = rest.partition("/")
        self.answer(int(status), wait=unquote(wait))

    def do_markt(self, _):
        is_same = self.headers.get("If-None-Match") == '"ett"'
        self.answer(304 if is_same else 200, etag='"ett"')

    def do_stort(self, _):
        if self.command == "HEAD":
            self.answer(405)
            return
        self.send_response(200)
        self.end_headers()
        self.pour(b"x" * 65536)

    def do_langt_huvud(self, _):
        self.send_response(200)
        self.flush_headers()
        self.pour(b"X-Fyllnad: " + b"x" * 30_000 + b"\r\n")

    def do_droppar(self, _):
        for _ in range(100):
            try:
                self.wfile.write(b"X")
            except OSError:
                return
            time.sleep(0.05)

    do_GET = do_HEAD

    def answer(self, status, location="", etag="", wait=""):
        self.send_response(status)
        headers = {"Location": location, "ETag": etag, "Retry-After": wait}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def pour(self, piece):
        """Without end, until the other side hangs up."""
        for _ in range(400):
            try:
                self.wfile.write(piece)
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
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
        ("/503", LinkState.FAILING, 503),
        ("/tappar-head", LinkState.ANSWERS, 200),
        ("/stort", LinkState.ANSWERS, 200),
        ("/bara-get", LinkState.ANSWERS, 200),
        ("/till-borta", LinkState.MISSING, 404),
        ("/till/1", LinkState.FAILING, 302),
        ("/sm\u00f6rg\u00e5s?q=\u00e5", LinkState.ANSWERS, 200),
    ],
)
def test_the_answer_is_told(site, path, state, status):
    if path == "/till/1":
        path = "/till/9"  # more redirects than are followed

    answer = ask(site.address + path, may_connect=only_the_site)

    assert (answer.state, answer.status) == (state, status)


def test_we_say_who_we_are(site, settings):
    ask(site.address, may_connect=only_the_site)

    assert f"+{settings.SITE_ADDRESS}/om/" in site.headers["User-Agent"]


def test_head_comes_first_and_get_only_where_it_is_refused(site):
    for path in ("/", "/bara-get"):
        ask(site.address + path, may_connect=only_the_site)

    assert site.asked == [("HEAD", "/"), ("HEAD", "/bara-get"), ("GET", "/bara-get")]


def test_what_is_unchanged_is_not_sent_again(site):
    first = ask(f"{site.address}/markt", may_connect=only_the_site)

    again = ask(f"{site.address}/markt", may_connect=only_the_site, etag=first.etag)

    assert (first.status, first.etag) == (200, '"ett"')
    assert (again.state, again.status, again.etag) == (
        LinkState.ANSWERS,
        304,
        '"ett"',
    )


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_wants_to_be_left_alone_is_heeded(site, status):
    answer = ask(f"{site.address}/vanta/{status}/7200", may_connect=only_the_site)

    assert answer.is_put_off
    assert answer.later == timedelta(hours=2)
    assert len(site.asked) == 1


def test_a_wait_may_be_a_date(site):
    when = quote(format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True))

    answer = ask(f"{site.address}/vanta/503/{when}", may_connect=only_the_site)

    assert timedelta(minutes=110) < answer.later <= timedelta(hours=2)


@pytest.mark.parametrize("wait", ["snart", "-5", "1e9", "Mon, 99 Foo 2026", "\u00b2"])
def test_a_wait_that_cannot_be_read_is_none(wait):
    assert asking._wait(wait) is None


def test_no_wait_is_longer_than_a_month():
    assert asking._wait("9" * 30) == asking.LONGEST_WAIT


def test_headers_without_end_are_not_read_to_the_end(site, monkeypatch):
    read = []
    real = socket.socket.recv_into

    def counting(self, *args):
        count = real(self, *args)
        read.append(count)
        return count

    monkeypatch.setattr(socket.socket, "recv_into", counting)

    answer = ask(f"{site.address}/langt-huvud", may_connect=only_the_site)

    # HEAD and GET, each to its own limit.
    assert answer == Answer(LinkState.SILENT)
    assert asking.MAX_ANSWER < sum(read) <= 2 * asking.MAX_ANSWER, read


@pytest.mark.trust("R25")
def test_a_name_server_that_hangs_is_left_behind(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    hung = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: hung.wait(5))
    started = time.monotonic()

    answer = ask("http://example.se/")

    hung.set()
    assert answer == Answer(LinkState.SILENT)
    assert time.monotonic() - started < 3


def test_a_name_that_is_nobodys_is_silence(monkeypatch):
    def nobody(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert ask("http://example.se/") == Answer(LinkState.SILENT)


def test_another_address_of_the_name_is_tried_if_the_first_is_silent(site, monkeypatch):
    port = site.server_port
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))
        for host in ("127.0.0.3", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    answer = ask(f"http://example.se:{port}/", may_connect=lambda *_: True)

    assert answer.status == 200


@pytest.mark.trust("R25")
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
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://\u2460\u2461\u2466.0.0.1/",
        "http://example.se@127.0.0.1/",
        "http://127.0.0.1#@example.se/",
        "http://[::]/",
        "https://[::ffff:10.0.0.1]/",
        "gopher://93.184.216.34/",
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


@pytest.fixture
def lookups(site, monkeypatch):
    """Each look-up of a name gives the next of `lookups.places`; wherever we connect,
    the site answers, and `lookups.connected` says where it was."""
    told = SimpleNamespace(places=[], connected=[])

    def look_up(name, port, **kwargs):
        place = told.places.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    def connect(place, timeout):
        told.connected.append(place[0])
        line = socket.socket()
        line.settimeout(timeout)
        line.connect(("127.0.0.1", site.server_port))
        return line

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    return told


def test_a_name_that_changes_its_address_is_asked_where_it_was_checked(lookups):
    """DNS rebinding: open when we look, our own if anybody looked once more."""
    lookups.places = ["93.184.216.34", "127.0.0.1"]

    answer = ask("http://example.se/")

    assert answer.status == 200
    assert lookups.connected == ["93.184.216.34"]


def test_a_name_that_changes_its_address_leads_no_redirect_home(lookups):
    """Each hop is looked up and checked anew."""
    lookups.places = ["93.184.216.34", "127.0.0.1"]

    assert ask("http://example.se/till/3") == Answer(LinkState.FORBIDDEN)
    assert lookups.connected == ["93.184.216.34"]


@pytest.mark.trust("R25")
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
