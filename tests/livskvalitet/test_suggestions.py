"""What a search can go on as, while it is typed."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import index
from tests.factories import UserFactory
from tests.search.samples import document

pytestmark = pytest.mark.django_db

ADDRESS = "/sok/forslag/"
MOST_QUERIES = 7


@pytest.fixture(autouse=True)
def content(db):
    index.rebuild([])
    index.put(document("ett", "Cykelbanor i staden", kind="good_example"))
    index.put(document("två", "Skolans gård"))


def ask(client, text, **options):
    return client.get(ADDRESS, {"q": text}, **options)


def test_words_and_pages_that_begin_so_are_given(client):
    answer = ask(client, "cyk")

    assert answer.headers["Content-Type"] == "application/json"
    page = {"title": "Cykelbanor i staden", "address": "/ett/", "kind": "Gott exempel"}
    assert answer.json() == {"queries": ["cykelbanor"], "pages": [page]}


def test_earlier_words_are_kept(client):
    assert ask(client, "skola cyk").json()["queries"] == ["skola cykelbanor"]


@pytest.mark.parametrize("text", ["", "c", " ", "xyzzy", '"cyk"', "-cyk", "cyk "])
def test_nothing_to_go_on_gives_nothing(client, text):
    assert ask(client, text).json() == {"queries": [], "pages": []}


def test_no_text_at_all_gives_nothing(client):
    assert client.get(ADDRESS).json() == {"queries": [], "pages": []}


@pytest.mark.parametrize(
    "query",
    [
        "q=%00cyk",
        "q=%ff%fe",
        "q=%",
        "q=" + "a" * 301,
        "q=" + "%F0%9F%9A%B2" * 70,
        "q=" + "%22" * 300,
        "q=%27%3B+DROP+TABLE+search_terms%3B--",
        "q=cyk*+AND+NEAR(",
        "q=%5Ccyk%25_",
        "q[]=cyk&q=",
        "q=%EF%BF%BF%E2%80%AEcyk",
        "&".join(["q=cyk"] * 400),
    ],
    ids=lambda query: query[:12],
)
def test_hostile_text_is_answered_calmly(client, query):
    answer = client.get(f"{ADDRESS}?{query}")

    assert answer.status_code == 200
    assert answer.json().keys() == {"queries", "pages"}


def test_text_too_long_to_be_a_search_is_not_looked_up(client):
    ask(client, "")  # what is read once for each generation

    with CaptureQueriesContext(connection) as captured:
        ask(client, "cyk " * 76)

    assert len(captured) == 1  # the content generation


def test_answer_is_the_same_for_all_and_may_be_kept_a_short_while(client):
    answer = ask(client, "cyk")

    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert not answer.cookies
    etag = answer.headers["ETag"]
    again = ask(client, "cyk", headers={"if-none-match": etag})
    assert again.status_code == 304
    index.put(document("tre", "Cyklar"))
    assert ask(client, "cyk", headers={"if-none-match": etag}).status_code == 200


def test_what_is_taken_away_is_not_suggested(client):
    index.remove("ett")

    assert ask(client, "cyk").json() == {"queries": [], "pages": []}


def test_answer_to_who_is_signed_in_is_kept_nowhere(client):
    client.force_login(UserFactory())

    answer = ask(client, "cyk")

    assert settings.SESSION_COOKIE_NAME in client.cookies
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_costs_few_queries(client):
    for number in range(30):
        index.put(
            document(f"fler-{number}", f"Cykel {number} cykling cykelväg{number}")
        )
    ask(client, "")  # what is read once for each generation

    with CaptureQueriesContext(connection) as captured:
        ask(client, "skola staden cyk")

    assert len(captured) <= MOST_QUERIES


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reading_is_answered(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405
