"""Bad addresses, parameters, names and methods are refused calmly (trust R35–R38)."""

from itertools import product
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livskvalitet.open_data.crossing import is_open
from tests import html_tree
from tests.matrix import FULL_MATRIX
from tests.routes import routes, routes_that_only_read

pytestmark = pytest.mark.pages

LIST = "/kunskapsbank/"
REFUSALS = {400, 404, 405, 410}
PARAMETERS = ["q", "sida", "vilja", "fokus", "prio", "typ", "ordning", "okand"]
VALUES = [
    "",
    "-1",
    "0",
    "abc",
    "1" * 31,
    "10**30",
    "1e309",
    "nan",
    "%D9%A3",  # a digit, but not one of ours
    "%00",
    "%00%00",
    "1%002",
    "%ED%A0%80",  # a surrogate alone
    "%ED%B0%80",
    "%ff",
    "%",
    "%zz",
    "%u0041",
    "%E2%80%AE",  # turns the text round
    "%F0%9F%A6%84",
    "a%CC%8A",
    "%0d%0aSet-Cookie:%20a=b",
    "..%2f..%2fetc%2fpasswd",
    "'%20OR%201=1--",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "1;2",
    "[]",
    "$ne",
    "%2B1",
    " 1 ",
]
PATHS = [
    "/%00/",
    "/kunskapsbank/%00/",
    "/kunskapsbank/%ED%A0%80/",
    "/kunskapsbank/%ff/",
    "/kunskapsbank/%F0%9F%A6%84/",
    "/kunskapsbank/%E2%80%AE/",
    "/kunskapsbank/" + "a" * 5000 + "/",
    "/kunskapsbank/..%2f..%2fetc%2fpasswd",
    "/kunskapsbank/../../etc/passwd",
    "/static/..%2f..%2fmanage.py",
    "/static/../manage.py",
    "/static/%00",
    "/static/",
    "/media/",
    "/.git/config",
    "/.env",
    "/manage.py",
    "//",
    "//kunskapsbank//",
    "/kunskapsbank//",
    "/kunskapsbank/./",
    "/kunskapsbank/.",
    "/kunskapsbank/..",
    "/kunskapsbank./",
    "/KUNSKAPSBANK/",
    "/Programmet/2016/",
    "/programmet/2016",
    "/programmet/99999/",
    "/programmet/2016-x/hela/",
    "/programmet/2017/hela/",
    "/programmet/2017/kapitel/1/",
    "/programmet/2016/kapitel/99/",
    "/programmet/2016/kapitel/1.1/",
    "/programmet/kapitel/99/",
    "/programmet/finns-inte/",
    "/programmet/finns-inte/alls/",
    "/programmet/varmt-valkomnande/finns-inte/",
    "/programmet/2016/finns-inte/",
    "/programmet/2016/finns-inte/alls/",
    "/programmet/2017/livskvalitetsprogrammet.pdf",
    "/prioritering/2016-4-9-9-z/",
    "/prioritering/4.3.1%20b/",
    "/omvarld/finns-inte/",
    "/omvarld/finns-inte/alls/",
    "/omvarld/agenda-2030/finns-inte/",
    "/viljeinriktningar/%00",
    "/viljeinriktningar/%0d%0aSet-Cookie:%20a=b/",
    "/viljeinriktningar/" + "a/" * 500,
    "/omvarldsanalys/%ff",
    "/hitta-statistik/%00",
    "/robots.txt/",
    "/%2e%2e/%2e%2e/",
    "/?",
    "/index.php?page=../../etc/passwd",
]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
# HEAD is as GET, and the others are refused alike.
TRIED = METHODS if FULL_MATRIX else ["GET"]
GOOD_HOSTS = ["testserver", "testserver:8000"]
JUNK_HOSTS = [
    "ondska.se",
    "testserver.ondska.se",
    "testserver@ondska.se",
    "testserver:port",
    "a b",
    "..",
    "[::",
    "exämple.se".encode().decode("latin1"),
    "testserver\x00",
    "a" * 3000,
]


@pytest.fixture(scope="module")
def reader():
    """A client for every request here; it hands errors back instead of raising."""
    return Client(raise_request_exception=False)


def looks_like_the_site(response):
    tree, faults = html_tree.read(response.content.decode())
    titles = [each.text for each in tree.all("title")]
    ways_on = {each["href"] for each in tree.all("a")}
    return bool(
        faults == []
        and titles
        and titles[0].endswith(" – Livskvalitet Helsingborg")
        and {"/", "/programmet/"} <= ways_on
    )


@pytest.mark.trust("R37")
@pytest.mark.parametrize("name", PARAMETERS)
def test_bad_value_is_a_list_or_a_refusal(reader, db, name):
    # Each value with one parameter or two; in the full matrix with all.
    values = VALUES if FULL_MATRIX else VALUES[PARAMETERS.index(name) :: 6]
    for value in values:
        response = reader.get(LIST, QUERY_STRING=f"{name}={value}")
        assert response.status_code == 200, value
        assert b"bidrag" in response.content


@pytest.mark.trust("R37")
@pytest.mark.parametrize(
    "value", ["-1", "0", "abc", "1e309", "%00", "%D9%A3", "%ff", "%2B1", "1.5"]
)
def test_page_that_is_no_number_is_the_first(reader, db, value):
    first = reader.get(LIST)

    response = reader.get(LIST, QUERY_STRING=f"sida={value}")

    assert response.content == first.content


def test_page_beyond_the_last_is_the_last(reader, db):
    response = reader.get(LIST, QUERY_STRING="sida=99")

    assert (
        response.context["page"].number == response.context["page"].paginator.num_pages
    )


@pytest.mark.trust("R37")
@pytest.mark.parametrize("address", ["/", "/om/", "/programmet/", "/ordlista/"])
def test_unknown_parameters_are_ignored(reader, db, address):
    plain = reader.get(address)

    response = reader.get(address, QUERY_STRING="sida=-1&vilja=%00&%ff=%ff&=&&&a=b=c")

    assert response.status_code == 200
    assert response.content == plain.content


def test_overlong_query_is_answered(reader, db):
    response = reader.get(LIST, QUERY_STRING="vilja=" + "1" * 100_000)

    assert response.status_code in {200, 400, 414}


def test_more_parameters_than_anyone_needs_are_refused(reader, db):
    response = reader.get(LIST, QUERY_STRING="&".join(["vilja=1"] * 2000))

    assert response.status_code == 400
    assert looks_like_the_site(response)


def test_every_filter_many_times_is_a_list(reader, db):
    query = "&".join(f"{name}=1" for name in PARAMETERS for _ in range(100))

    assert reader.get(LIST, QUERY_STRING=query).status_code == 200


@pytest.mark.trust("R35", "R37")
@pytest.mark.parametrize("address", PATHS, ids=lambda address: ascii(address)[:40])
def test_bad_address_is_refused_or_led_on(reader, db, address):
    path, _, query = address.partition("?")

    response = reader.get("/", PATH_INFO=_decoded(path), QUERY_STRING=query)

    assert response.status_code in {200, 301, 302, 400, 404}
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith("//")
    assert "\n" not in location
    assert "Set-Cookie" not in response.headers
    if response.status_code in REFUSALS:
        assert looks_like_the_site(response)


def _decoded(path):
    """The path as a server hands it over (PEP 3333)."""
    return unquote_to_bytes(path).decode("latin1")


@pytest.mark.trust("R38")
@pytest.mark.parametrize("method", TRIED)
def test_every_route_answers_every_method(reader, db, method):
    for address in routes():
        response = reader.generic(method, address)
        response.close()  # a file that nobody reads
        assert response.status_code < 500, address
        if method in {"PUT", "PATCH", "DELETE", "TRACE", "BREW"}:
            assert response.status_code in {302, 301, 403, *REFUSALS}, address


@pytest.mark.parametrize("host", JUNK_HOSTS, ids=lambda host: ascii(host)[:30])
def test_junk_host_is_refused(reader, db, host):
    addresses = ["/", LIST, "/om", "/finns-inte/", "/admin/", "/robots.txt"]
    for method, address in product(TRIED, addresses):
        response = reader.generic(method, address, HTTP_HOST=host)
        assert response.status_code in REFUSALS, (method, address)
        assert host not in response.content.decode(errors="replace")


@pytest.mark.trust("R38")
@pytest.mark.thorough
def test_junk_host_is_refused_on_every_route(reader, db):
    for address in routes():
        response = reader.get(address, HTTP_HOST="ondska.se")
        assert response.status_code in REFUSALS, address


def test_junk_host_sees_the_site_s_own_page(reader, db):
    response = reader.get("/", HTTP_HOST="ondska.se")

    assert response.status_code == 400
    assert looks_like_the_site(response)


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_good_host_is_answered(reader, db, host):
    assert reader.get("/", HTTP_HOST=host).status_code == 200


def test_request_without_a_host_is_answered_by_name_of_the_server(reader, db):
    """HTTP/1.0: the name comes from the server then, and must be one of ours."""
    response = reader.get("/", HTTP_HOST="")

    assert response.status_code in {200, 400}


@pytest.mark.thorough
def test_post_to_a_page_that_only_reads_is_refused(reader, db):
    faults = {}
    for address in sorted(routes_that_only_read()):
        response = reader.post(address, {"status": "published"})
        if response.status_code in {301, 302}:
            refused = reader.get(address).status_code in {301, 302}
        elif response.status_code in {404, 405}:
            refused = looks_like_the_site(response) or speaks_to_programs(response)
        else:
            refused = False
        if not refused:
            faults[address] = response.status_code

    assert faults == {}


def speaks_to_programs(response):
    """Where programs read open data, a refusal is data."""
    return is_open(response.wsgi_request.path) and response.json()["message"]


def test_refused_method_says_which_are_allowed(reader, db):
    response = reader.post("/om/")

    assert response.status_code == 405
    assert {"GET", "HEAD"} <= {each.strip() for each in response["Allow"].split(",")}


def test_post_from_elsewhere_is_refused_with_our_page(db):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/om/", {"a": "b"})

    assert response.status_code in {403, 405}
    assert looks_like_the_site(response)


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "\xff;q=,,,*"},
        {"cookie": "session=\x00; csrf=" + "a" * 5000},
        {"cookie": ";;;=;"},
        {"if-none-match": '"' * 500},
        {"if-modified-since": "i går"},
        {"range": "bytes=0-0,-1"},
        {"x-forwarded-host": "ondska.se"},
        {"x-forwarded-for": "'; DROP TABLE"},
        {"content-type": "text/html; charset=finns-inte"},
        {"referer": "http://[::"},
        {"user-agent": "\xff\xfe"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_odd_headers_are_borne(reader, db, headers):
    response = reader.get("/", headers=headers)

    assert response.status_code == 200
    assert "ondska.se" not in response.content.decode()


QUERIES = st.lists(
    st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=20)), max_size=6
)


@settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=QUERIES)
@pytest.mark.thorough
def test_any_query_is_a_list(reader, db, query):
    response = reader.get(LIST, query)

    assert response.status_code == 200


@pytest.mark.trust("R37")
@settings(
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.binary(max_size=60))
@pytest.mark.thorough
def test_any_bytes_as_query_are_a_list(reader, db, query):
    response = reader.get(LIST, QUERY_STRING=query.decode("latin1"))

    assert response.status_code == 200


@settings(
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=st.binary(max_size=40))
@pytest.mark.thorough
def test_any_bytes_as_path_are_answered(reader, db, path):
    response = reader.get("/", PATH_INFO="/" + path.decode("latin1"))

    assert response.status_code in {200, 301, 302, 400, 404}
