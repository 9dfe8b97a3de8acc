"""The HTML of every page that the crawl meets, and what pages tell programs of it.

Beside tests/test_crawl.py, so that one walk does for both.
"""

import json

import pytest
from django.conf import settings
from django.urls import reverse

from kunskapsbank.models import Version
from tests import crawling, html_checks, strict_parser

pytestmark = [pytest.mark.pages, pytest.mark.shared]

REQUIRED = {
    "WebSite": {"name", "url", "inLanguage"},
    "BreadcrumbList": {"itemListElement"},
    "CreativeWork": {"name", "url", "inLanguage", "license", "author", "datePublished"},
    "DefinedTermSet": {"name", "url", "hasDefinedTerm"},
}


@pytest.fixture
def crawl(db):
    return crawling.crawl()


@pytest.fixture
def whole_crawl(db):
    return crawling.crawl(whole=True)


def test_every_page_is_without_faults(crawl):
    found = {}
    for page in crawl.html:
        faults = page.tag_faults + html_checks.faults(page.tree)
        faults += strict_parser.faults(page.body)
        if faults:
            found[page.address] = faults

    assert found == {}


@pytest.mark.thorough
def test_programme_pages_say_that_the_edition_has_ended(whole_crawl):
    routes = {"overview", "chapter", "viljeinriktning", "fokusomrade", "prioritering"}
    asked = [
        page
        for page in whole_crawl.html
        if page.route.removeprefix("programme:") in {*routes, "whole"}
    ]

    silent = {
        page.address
        for page in asked
        for words in ("gällde 2016–2024", "MF2014/1785, KS 427/2014", "beslutad")
        if words not in page.tree.all("main")[0].text
    }

    assert len(asked) > 90
    assert silent == set()


@pytest.mark.thorough
def test_links_to_sources_tell_their_language(whole_crawl):
    told = 0
    for version in Version.objects.listed().select_related("entry"):
        if not version.address or version.address_language == "sv":
            continue
        page = whole_crawl.at(version.get_absolute_url())
        links = [link for link in page.links() if link["href"] == version.address]
        assert {link["hreflang"] for link in links} == {version.address_language}
        told += 1

    assert told


def test_foreign_parts_of_the_page_in_english_are_marked(crawl):
    page = crawl.at(reverse("in_english"))

    main = page.tree.all("main")[0]

    assert next(each for each in main.walk() if each["lang"] == "en").all("h1")
    assert any(each["lang"] == "sv" for each in main.walk())


def structured(page):
    """The data blocks of a page."""
    return [
        json.loads("".join(each.children))
        for each in page.tree.all("script")
        if each["type"] == "application/ld+json"
    ]


def test_structured_data_has_what_its_type_requires(crawl):
    met = set()
    for page in crawl.html:
        for data in structured(page):
            assert data["@context"] == "https://schema.org"
            assert REQUIRED[data["@type"]] <= data.keys()
            met.add(data["@type"])

    assert met == REQUIRED.keys()


@pytest.mark.thorough
def test_breadcrumb_data_is_what_the_breadcrumbs_show(whole_crawl):
    for page in whole_crawl.html:
        navs = [each for each in page.tree.all("nav") if each["class"] == "breadcrumbs"]
        lists = [d for d in structured(page) if d["@type"] == "BreadcrumbList"]
        shown = [each.text for nav in navs for each in nav.all("li")]
        told = [item["name"] for data in lists for item in data["itemListElement"]]
        assert told == shown, page.address
        for data in lists:
            items = data["itemListElement"]
            assert [item["position"] for item in items] == [*range(1, len(items) + 1)]
            for item in items[:-1]:
                path = item["item"].removeprefix(settings.SITE_ADDRESS)
                assert whole_crawl.at(path).status == 200


def test_structured_data_of_a_contribution_is_that_of_the_page(crawl):
    for page in crawl.html:
        if page.route == "kunskapsbank:entry":
            (work,) = [d for d in structured(page) if d["@type"] == "CreativeWork"]
            assert work["name"] == page.tree.all("h1")[0].text
            assert work["url"] == f"{settings.SITE_ADDRESS}{page.address}"
