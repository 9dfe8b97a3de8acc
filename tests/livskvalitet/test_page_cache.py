"""Public pages are kept outside Django, and nothing else is."""

import gzip
import io
from wsgiref.validate import validator

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from kunskapsbank.models import Entry
from livskvalitet import kept_page, public_etag
from livskvalitet.request_log import RequestLog
from search import generation

LIST = "/kunskapsbank/"


@pytest.mark.parametrize("path", ["/", LIST, "/om/", f"{LIST}?typ=lank"])
def test_page_is_made_once_and_sent_as_it_was(site, path):
    first = site.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = site.get(path)

    assert first.status == second.status == 200
    assert (first.headers, first.body) == (second.headers, second.body)
    assert len(site.made) == 1
    assert len(queries) == 0


def test_reader_who_has_the_page_is_told_so_without_django(site):
    etag = site.get("/").headers["ETag"]

    weak = site.get("/", HTTP_IF_NONE_MATCH=etag)
    strong = site.get("/", HTTP_IF_NONE_MATCH=etag.removeprefix("W/"))
    other = site.get("/", HTTP_IF_NONE_MATCH='"annan"')

    assert (weak.status, strong.status, other.status) == (304, 304, 200)
    assert weak.body == b""
    assert "Content-Type" not in weak.headers
    assert "default-src 'none'" in weak.headers["Content-Security-Policy"]
    assert site.made == ["/"]


def test_reader_without_gzip_gets_the_page_as_it_is(site):
    kept = site.get("/")

    plain = site.get("/", HTTP_ACCEPT_ENCODING="identity")

    assert plain.body == gzip.decompress(kept.body)
    assert plain.headers["Content-Length"] == str(len(plain.body))
    assert "Content-Encoding" not in plain.headers
    assert site.made == ["/"]


def test_head_has_the_headers_alone(site):
    kept = site.get("/")

    headed = site.get("/", method="HEAD")

    assert (headed.headers, headed.body) == (kept.headers, b"")
    assert site.made == ["/"]


def test_change_elsewhere_makes_every_page_anew(site):
    before = site.get("/").headers["ETag"]

    site.change_elsewhere()

    assert site.get("/").headers["ETag"] != before
    assert site.made == ["/", "/"]


def test_change_in_the_process_shows_at_once(site, django_capture_on_commit_callbacks):
    site.get("/")

    with django_capture_on_commit_callbacks(execute=True):
        generation.touch()

    site.get("/")
    assert site.made == ["/", "/"]


def test_hidden_entry_is_gone_and_not_kept(site):
    entry = Entry.objects.exclude(slug=None).first()
    shown = site.get(entry.get_absolute_url())
    Entry.objects.filter(pk=entry.pk).update(state="withdrawn", state_reason="Borta.")
    site.change_elsewhere()

    gone = [site.get(entry.get_absolute_url()).status for _ in range(2)]

    assert shown.status == 200
    assert gone == [410, 410]
    assert len(site.made) == 3


def test_unknown_parameters_make_no_other_page(site):
    site.get(LIST)
    for number in range(5):
        site.get(f"{LIST}?utm={number}")

    assert site.made == [LIST]
    assert len(site.cache._pages) == 1


def test_known_parameters_make_another_page(site):
    everything, links = site.get(LIST), site.get(f"{LIST}?typ=lank&utm=1")

    assert everything.text != links.text
    assert site.get(f"{LIST}?typ=lank").body == links.body
    assert len(site.made) == 2


NOT_KEPT = {
    "free text": (f"{LIST}?q=park", {}),
    "a search": ("/sok/?q=park", {}),
    "a day of the past": ("/programmet/?datum=2018-01-01", {}),
    "parameters of a view that does not say": ("/om/?a=1", {}),
    "an address without end": (f"{LIST}?typ={'x' * 1_000}", {}),
    "a missing page": ("/finns-inte/", {}),
    "a form with a token": ("/konto/logga-in/", {}),
    "somebody signed in": ("/", {"HTTP_COOKIE": "sessionid=x"}),
    "a message that waits": ("/", {"HTTP_COOKIE": "messages=x"}),
    "a strange host": ("/", {"HTTP_HOST": "annan.example"}),
    "an attachment": ("/oppna-data/bidrag.csv", {}),
}


@pytest.mark.parametrize(("path", "headers"), NOT_KEPT.values(), ids=[*NOT_KEPT])
def test_is_never_kept(site, settings, path, headers):
    settings.SESSION_COOKIE_NAME = "sessionid"

    site.get(path, **headers)
    site.get(path, **headers)

    assert len(site.made) == 2
    assert not site.cache._pages


def test_what_posts_is_never_answered_from_it(site):
    site.get("/")

    assert site.get("/", method="POST", CONTENT_LENGTH="0").status in {403, 405}


def test_pages_of_two_hosts_are_two(site, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

    site.get("/")
    site.get("/", HTTP_HOST="127.0.0.1")

    assert len(site.made) == 2


def test_the_longest_unread_go_when_it_is_full(site):
    sizes = [len(site.get(path).body) + kept_page.OVERHEAD for path in ("/", LIST)]
    site.cache._most_bytes = sum(sizes)

    site.get("/")
    site.get("/om/")

    kept = {key[1] for key in site.cache._pages}
    assert kept == {"/", "/om/"}
    assert site.cache._bytes <= sum(sizes)


def test_lost_database_is_for_django_to_tell(site, monkeypatch):
    site.get("/")
    monkeypatch.setattr(public_etag.generation, "current", _lost)
    monkeypatch.setattr(public_etag.connection, "close", lambda: None)
    site.cache._noticed._read_at = float("-inf")

    answer = site.get("/")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "60"


def _lost():
    raise OperationalError("lost")


def test_pages_by_http_and_by_tls_are_two(site):
    site.get("/")
    site.get("/", HTTP_X_FORWARDED_PROTO="https")
    site.get("/", HTTP_X_FORWARDED_PROTO="annat")

    assert len(site.made) == 2


def test_page_that_sets_a_cookie_is_for_one_reader(site, monkeypatch):
    django = site.cache._application

    def application(environ, start_response):
        def start(status, headers, *rest):
            return start_response(status, [*headers, ("Set-Cookie", "a=1")], *rest)

        return django(environ, start)

    monkeypatch.setattr(site.cache, "_application", application)

    site.get("/")
    site.get("/")

    assert len(site.made) == 2


def test_page_of_before_a_change_is_not_kept_after_it(site, monkeypatch):
    django = site.cache._application

    def application(environ, start_response):
        parts = django(environ, start_response)
        if len(site.made) == 1:
            return Meanwhile(parts)
        return parts

    class Meanwhile(list):
        """A body during whose sending somebody publishes."""

        def __iter__(self):
            site.change_elsewhere()
            site.cache.look_for_change()
            return super().__iter__()

        def close(self):
            pass

    monkeypatch.setattr(site.cache, "_application", application)

    before, after = site.get("/"), site.get("/")

    assert before.headers["ETag"] != after.headers["ETag"]
    assert len(site.made) == 2


def test_name_of_one_request_is_not_told_to_another(site):
    answers = RequestLog(site.cache._application)
    site.cache._application = answers

    first, second = site.get("/"), site.get("/")

    assert "X-Request-ID" in first.headers
    assert "X-Request-ID" not in second.headers


def test_answers_are_proper_wsgi(site):
    """As the standard library's validator sees it, made and kept."""
    checked = validator(site.cache)
    environ = {
        **{"REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": "/"},
        **{"QUERY_STRING": "", "SERVER_NAME": "localhost", "SERVER_PORT": "80"},
        **{"HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip"},
        **{"wsgi.url_scheme": "http", "wsgi.version": (1, 0)},
        **{"wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()},
        **{"wsgi.multithread": True, "wsgi.multiprocess": True},
        "wsgi.run_once": False,
    }
    site.get("/")

    parts = checked(environ, lambda *_: lambda _: None)

    assert b"".join(parts)[:2] == b"\x1f\x8b"
    parts.close()
