"""The HTML of a page parses as written, and passes our own checks.

So does every page of tests/test_crawl_html.py and tests/test_signed_in.py.
"""

import pytest
from django.test import Client

from tests import html_checks, html_tree, strict_parser
from tests.error_answers import ERRORS

pytestmark = pytest.mark.pages

LIST = "/kunskapsbank/"
BEYOND_THE_CRAWL = {
    "design": "/om/design/",
    "filtered list": f"{LIST}?vilja=1&vilja=2&typ=forskning&ordning=aldsta",
    "several fokusområden": f"{LIST}?fokus=4.1.1&fokus=4.1.2",
    "one prioritering": f"{LIST}?prio=2016-4-3-1-b",
    "empty list": f"{LIST}?vilja=1&vilja=5&prio=2016-4-1-1-a&typ=lank&fokus=4.5.3",
    "page far too high": f"{LIST}?sida=999",
}


@pytest.fixture(params=ERRORS, ids=lambda cause: cause.__name__)
def error_page(request, db, monkeypatch):
    client = Client(raise_request_exception=False)
    response = request.param(client, monkeypatch)
    assert response.status_code == ERRORS[request.param]
    return response.content.decode()


def faults_of(page):
    tree, faults = html_tree.read(page)
    return [*strict_parser.faults(page), *faults, *html_checks.faults(tree)]


@pytest.mark.parametrize("address", BEYOND_THE_CRAWL.values(), ids=BEYOND_THE_CRAWL)
def test_page_beyond_the_crawl_is_without_faults(client, db, address):
    response = client.get(address)

    assert response.status_code == 200
    assert faults_of(response.content.decode()) == []


def test_error_page_is_without_faults(error_page):
    assert faults_of(error_page) == []


def test_error_page_offers_ways_on_and_a_human(error_page):
    tree, _ = html_tree.read(error_page)

    addresses = {link["href"] for link in tree.all("main")[0].all("a")}

    assert {"/", "/programmet/", LIST, "/om/webbplatskarta/"} <= addresses
    assert "/om/#kontakt" in addresses
    assert "noindex" in [each["content"] for each in tree.all("meta")]


def test_empty_list_says_what_was_asked_and_leads_on(client, db):
    response = client.get(BEYOND_THE_CRAWL["empty list"])

    tree, _ = html_tree.read(response.content.decode())
    empty = [each for each in tree.walk() if each["class"] == "empty-list"]
    assert len(empty) == 1
    assert LIST in [link["href"] for link in empty[0].all("a")]
