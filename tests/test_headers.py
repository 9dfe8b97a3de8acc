"""What every answer tells the browser (trust B5–B7), and how pages are kept."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.error_answers import ERRORS

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "manifest-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "object-src": {"'none'"},
    "frame-ancestors": {"'none'"},
    "require-trusted-types-for": {"'script'"},
    "trusted-types": {"'none'"},
}
TRUSTED_TYPES = {"require-trusted-types-for", "trusted-types"}
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REFERRER_POLICIES = {"no-referrer", "same-origin", "strict-origin-when-cross-origin"}
DENIED = {"camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"}
PRODUCTION = [
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_HTTPONLY",
]
HALF_A_YEAR, YEAR = 15_768_000, 31_536_000

ANSWERS = {
    "page": ("/", 200),
    "list": ("/kunskapsbank/?typ=forskning", 200),
    "whole": ("/programmet/2016/hela/", 200),
    "design": ("/om/design/", 200),
    "file": ("/static/img/mark.svg", 200),
    "font": ("/static/fonts/radio-canada.woff2", 200),
    "missing file": ("/static/finns-inte.css", 404),
    "pdf": ("/programmet/2016/livskvalitetsprogrammet.pdf", 200),
    "robots": ("/robots.txt", 200),
    "sitemap": ("/sitemap.xml", 200),
    "security": ("/.well-known/security.txt", 200),
    "manifest": ("/manifest.webmanifest", 200),
    "favicon": ("/favicon.ico", 302),
    "earlier address": ("/viljeinriktningar/", 301),
    "added slash": ("/om", 301),
}


def asked_for(address, status):
    def cause(client, monkeypatch):
        return client.get(address)

    return cause, status


CAUSES = {cause.__name__: (cause, status) for cause, status in ERRORS.items()} | {
    name: asked_for(*answer) for name, answer in ANSWERS.items()
}


@pytest.fixture(autouse=True)
def _files_are_served_uncollected(settings):
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="module")
def kept_answers():
    return {}


@pytest.fixture(params=CAUSES)
def answer(request, db, monkeypatch, kept_answers):
    """Each answer is asked for once, and then looked at by every test."""
    cause, status = CAUSES[request.param]
    if request.param not in kept_answers:
        client = Client(raise_request_exception=False)
        kept_answers[request.param] = cause(client, monkeypatch)
        kept_answers[request.param].close()
    assert kept_answers[request.param].status_code == status
    return kept_answers[request.param]


def parsed_policy(response):
    directives = response.headers["Content-Security-Policy"].split(";")
    parts = [each.split() for each in directives if each.strip()]
    assert len({name for name, *_ in parts}) == len(parts)
    return {name: set(sources) for name, *sources in parts}


def test_answer_has_every_header(answer):
    assert parsed_policy(answer) == POLICY
    assert {name: answer.headers[name] for name in FIXED} == FIXED
    assert answer.headers["Referrer-Policy"] in REFERRER_POLICIES


def test_answer_denies_what_no_page_uses(answer):
    policies = answer.headers["Permissions-Policy"].split(",")
    denied = {name.strip().removesuffix("=()") for name in policies}

    assert denied >= DENIED


def test_answer_is_for_this_site_only(answer):
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


def test_answer_sets_no_cookie(answer):
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_answer_tells_its_type_and_encoding(answer):
    kind = answer.headers["Content-Type"]
    if kind.startswith("text/"):
        assert "charset=utf-8" in kind.lower()


def test_error_is_not_kept(db, monkeypatch):
    for cause in ERRORS:
        with monkeypatch.context() as patched:
            response = cause(Client(raise_request_exception=False), patched)
        assert "ETag" not in response.headers
        assert "max-age" not in response.headers.get("Cache-Control", "")


def test_admin_omits_trusted_types_and_nothing_else(client, db):
    response = client.get(reverse("admin:login"))

    expected = {name: POLICY[name] for name in POLICY.keys() - TRUSTED_TYPES}
    assert parsed_policy(response) == expected


@pytest.fixture
def lost_database(db):
    """Every query fails, as when the server is gone."""

    def fail(*args):
        raise OperationalError("the connection is lost")

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.parametrize(
    "address", ["/", "/programmet/", "/kunskapsbank/?sida=2", "/ordlista/"]
)
def test_lost_database_is_told_calmly(address, lost_database):
    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "Sidan kan inte visas just nu" in response.content.decode()
    assert parsed_policy(response) == POLICY


def test_lost_database_leaves_the_files(lost_database):
    response = Client(raise_request_exception=False).get("/static/img/mark.svg")
    response.close()

    assert response.status_code == 200


# -- In production


@pytest.fixture(scope="module")
def production():
    """The settings of a site that is served to others."""
    program = (
        "import json; from livskvalitet import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {PRODUCTION}}}))"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {
        **kept,
        "SECRET_KEY": "x" * 60,
        "DATABASE_URL": "sqlite://:memory:",
        "ALLOWED_HOSTS": "testserver",
        "EMAIL_URL": "smtp://localhost:25",
        "MODERATORS_EMAIL": "granskarna@example.se",
    }
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


@pytest.fixture
def served(settings, production):
    for name, value in production.items():
        setattr(settings, name, value)


@pytest.mark.usefixtures("db", "served")
@pytest.mark.parametrize("address", ["/", "/finns-inte/", "/static/img/mark.svg"])
def test_production_promises_tls_for_a_year(address):
    response = Client().get(address, secure=True)
    response.close()

    promised = response.headers["Strict-Transport-Security"].split(";")
    assert int(promised[0].removeprefix("max-age=")) >= YEAR
    assert "includeSubDomains" in [each.strip() for each in promised]


@pytest.mark.usefixtures("db", "served")
def test_production_turns_plain_http_to_tls():
    response = Client().get("/om/?a=1")

    assert response.status_code == 301
    assert response.headers["Location"] == "https://testserver/om/?a=1"
    assert parsed_policy(response) == POLICY


def test_production_cookies_are_locked(production):
    assert production["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert production["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert production["SESSION_COOKIE_SECURE"]
    assert production["CSRF_COOKIE_SECURE"]
    assert production["CSRF_COOKIE_HTTPONLY"]
    assert production["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_local_site_makes_no_promise_of_tls(client, db):
    response = client.get("/", secure=True)

    assert "Strict-Transport-Security" not in response.headers


def points(response, page):
    """What Mozilla's Observatory would give, by the rules in trust B5.

    It starts at 100. What is missing costs; what is more than asked for counts only
    when the rest leaves 90.
    """
    penalties = sum(cost for cost, missing in costs(response, page) if missing)
    bonuses = sum(gain for gain, present in gains(response) if present)
    return 100 - penalties + (bonuses if penalties <= 10 else 0)


def costs(response, page):
    headers = response.headers
    policy = parsed_policy(response)
    scripts = policy.get("script-src", policy.get("default-src", {"*"}))
    age = headers.get("Strict-Transport-Security", "max-age=0").split(";")[0]
    unframed = headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"}
    return [
        (20, scripts & {"'unsafe-inline'", "data:", "*", "https:", "http:"}),
        (10, "'unsafe-eval'" in scripts),
        (5, "'unsafe-inline'" in set().union(*policy.values())),
        (20, "frame-ancestors" not in policy and not unframed),
        (5, headers.get("X-Content-Type-Options") != "nosniff"),
        (20, int(age.removeprefix("max-age=")) < HALF_A_YEAR),
        (50, "Access-Control-Allow-Origin" in headers),
        (50, 'src="http' in page),
        (20, "Set-Cookie" in headers),
    ]


def gains(response):
    headers = response.headers
    policy = parsed_policy(response)
    return [
        (10, policy.get("default-src") == {"'none'"}),
        (5, "frame-ancestors" in policy),
        (5, headers.get("Referrer-Policy") in REFERRER_POLICIES),
        (10, headers.get("Cross-Origin-Resource-Policy") == "same-origin"),
        (10, headers.get("Cross-Origin-Embedder-Policy") == "require-corp"),
        (10, headers.get("Cross-Origin-Opener-Policy") == "same-origin"),
    ]


@pytest.mark.usefixtures("db", "served")
@pytest.mark.parametrize("address", ["/", "/kunskapsbank/", "/finns-inte/"])
def test_production_deserves_the_best_mark(address):
    response = Client().get(address, secure=True)

    assert points(response, response.content.decode()) >= 150
