"""The log tells what happened and to which request, and of nobody (trust 16)."""

import io
import json
import logging
import sys
import traceback

import pytest
from django.core import management
from django.db import IntegrityError, connection, transaction

import manage
from livskvalitet import fault_reports, logs, middleware
from livskvalitet.models import ReadOnly
from livskvalitet.request_log import ACTOR, REQUEST_ID, VIEW, RequestLog
from livskvalitet.views import errors
from tests.racing import HAS_ROW_LOCKS

GIVEN = "0123456789abcdef0123456789abcdef"


def line_of(message, *values, exc_info=None, name="livskvalitet.test"):
    """What is written for a line that anybody logs."""
    record = logging.LogRecord(name, 30, "x.py", 1, message, values, exc_info)
    return logs.formatter(as_json=True).format(record)


def told(caplog):
    """The lines of requests, as they are told before they are written."""
    found = [each.msg for each in caplog.records if each.name == "livskvalitet.request"]
    return [{k: v for k, v in each.items() if k != "ms"} for each in found]


def ask(application, path="/", **environ):
    """The status and headers of the answer."""
    answer = []
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
    } | environ
    body = RequestLog(application)(asked, lambda *told: answer.extend(told))
    return answer[0], dict(answer[1]), b"".join(body)


def answering(status, **noted):
    """An application that answers so, once Django has noted this."""

    def application(environ, start_response):
        environ.update(noted)
        start_response(status, [])
        return []

    return application


def test_line_is_one_json_object_in_utc():
    line = json.loads(line_of("a file is lost"))

    assert line["timestamp"].endswith("Z")
    assert (line["event"], line["level"]) == ("a file is lost", "warning")


def test_nobody_can_make_a_line_of_their_own():
    """Trust 16.4.1."""
    forged = "x\r\n2026-01-01 INFO user 1 signed in\u2028\x1b[2J"

    written = line_of("refused: %s", forged)
    record = logging.LogRecord("x", 30, "x.py", 1, "refused: %s", (forged,), None)
    in_terminal = logs.formatter(as_json=False).format(record)

    assert written.splitlines(keepends=False)[0].startswith("{")
    assert "\n" not in written
    assert "\r" not in written
    assert not {"\n", "\r", "\x1b"} & set(in_terminal)


def test_persons_are_not_in_the_log_even_when_a_fault_names_them():
    try:
        raise ValueError("Key (email)=(nagon@example.se), 19900101-1234 already exists")
    except ValueError:
        written = line_of("broken for %s", "annan@example.se", exc_info=sys.exc_info())

    assert "example.se" not in written
    assert "19900101" not in written
    assert "ValueError" in written


def test_command_that_breaks_tells_it_by_the_log(monkeypatch, caplog):
    def broken(argv):
        raise ValueError("nagon@example.se")

    monkeypatch.setattr(management, "execute_from_command_line", broken)

    with pytest.raises(SystemExit) as ended:
        manage.main()

    assert ended.value.code == 1
    (line,) = caplog.records
    assert "example.se" not in logs.formatter(as_json=True).format(line)


@pytest.mark.engine
@pytest.mark.django_db
def test_row_that_the_database_refused_is_not_in_the_log():
    """PostgreSQL tells all of it with the fault."""
    text = "Hemligt\n\nDETAIL: om mig"
    try:
        with transaction.atomic():
            ReadOnly.objects.create(pk=2, reason=text)
    except IntegrityError:
        raw = traceback.format_exc()
        written = line_of("broken", exc_info=sys.exc_info())

    assert ("Hemligt" in raw) == HAS_ROW_LOCKS
    assert "Hemligt" not in written
    assert "om mig" not in written
    assert written.count("IntegrityError") == raw.count("IntegrityError")


def test_address_of_what_failed_is_not_in_the_log():
    written = line_of("Not Found: %s", "/hemlig/kod/", name="django.request")

    assert "hemlig" not in written


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [(GIVEN, True), ("kort", False), (f"{GIVEN}\r\nx", False), ("å" * 20, False)],
)
def test_request_has_a_name_which_the_proxy_may_give(given, is_kept):
    _, headers, _ = ask(answering("200 OK"), HTTP_X_REQUEST_ID=given)

    assert (headers["X-Request-ID"] == given) is is_kept
    assert len(headers["X-Request-ID"]) == 32


@pytest.mark.parametrize(
    ("status", "noted", "level"),
    [
        ("200 OK", {VIEW: "start"}, "INFO"),
        ("404 Not Found", {VIEW: "start"}, "INFO"),
        ("403 Forbidden", {VIEW: "start"}, "WARNING"),
        ("429 Too Many Requests", {}, "WARNING"),
        ("500 Internal Server Error", {VIEW: "start"}, "ERROR"),
        ("304 Not Modified", {}, None),
        ("200 OK", {VIEW: "health"}, None),
        ("503 Service Unavailable", {VIEW: "health"}, "ERROR"),
    ],
)
def test_refusals_and_faults_stand_out(status, noted, level, caplog):
    caplog.set_level("INFO")

    ask(answering(status, **noted))

    levels = [each.levelname for each in caplog.records]
    assert levels == ([level] if level else [])


def test_line_names_view_and_key_and_no_address(caplog):
    caplog.set_level("INFO")

    ask(answering("403 Forbidden", **{VIEW: "entry", ACTOR: 17}), "/x/?q=hemligt")

    (line,) = told(caplog)
    assert line.items() >= {"view": "entry", "status": 403, "actor": 17}.items()
    assert "hemligt" not in str(line)


@pytest.mark.django_db
def test_signed_in_person_is_a_key(client, django_user_model, caplog):
    person = django_user_model.objects.create(email="nagon@example.se")
    client.force_login(person)

    request = client.get("/konto/").wsgi_request

    assert request.META[ACTOR] == person.pk
    assert request.META[VIEW]


def test_fault_page_has_the_reference(rf):
    """Also when the database is what broke."""
    request = rf.get("/", **{REQUEST_ID: GIVEN})

    for page in (errors.server_error(request), middleware._page(request, 503)):
        assert f"referensen {GIVEN}" in page.content.decode()


@pytest.mark.django_db
def test_slow_question_is_told_without_its_values(settings, caplog):
    settings.SLOW_QUERY_MS = 1

    def ask_slowly(request):
        with connection.cursor() as cursor:
            cursor.execute(SLOW, ["hemligt", 300_000])
        return "answer"

    assert logs.SlowQueries(ask_slowly)(None) == "answer"
    (line,) = [each.msg for each in caplog.records if "slow" in each.name]
    assert "hemligt" not in str(line)
    assert "%s" in line["sql"]
    assert line["ms"] >= 1


SLOW = """
WITH RECURSIVE numbers(n, t) AS (
    SELECT 1, CAST(%s AS text) UNION ALL SELECT n + 1, t FROM numbers WHERE n < %s
) SELECT MAX(n) FROM numbers
"""


def test_report_of_a_fault_holds_nothing_that_a_person_sent():
    event = {
        "user": {"email": "nagon@example.se"},
        "request": {
            "method": "POST",
            "url": "https://example.se/konto/kod/abc/",
            "data": {"password": "hemligt"},
            "cookies": {"session": "hemligt"},
            "headers": {"Cookie": "hemligt"},
            "query_string": "q=hemligt",
        },
        "logentry": {"message": "%s is lost", "params": ["hemligt"]},
        "transaction": "/konto/kod/abc/",
        "transaction_info": {"source": "url"},
        "breadcrumbs": {"values": ["hemligt"]},
        "exception": {
            "values": [
                {
                    "type": "ValueError",
                    "value": "nagon@example.se finns redan",
                    "stacktrace": {"frames": [{"vars": {"x": "hemligt"}}]},
                }
            ]
        },
    }

    sent = fault_reports.without_persons(event, {})

    assert "hemligt" not in str(sent)
    assert "nagon" not in str(sent)
    assert "/konto/" not in str(sent)
    assert sent["exception"]["values"][0]["type"] == "ValueError"
