"""From the start page one gets everywhere, and every way leads somewhere."""

import re
from collections import Counter, defaultdict
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import get_resolver

from livskvalitet.staticfiles import BUNDLE
from tests import crawling, policy, rules

pytestmark = [pytest.mark.pages, pytest.mark.shared]

FURTHEST = 4
# Not pages that anyone is led to: the design page, files, and forms for staff.
NOT_LINKED = {"design", "programme:edition", "sitemap", "suggestions"}
# No launch contribution has a second version yet, so none leads to its first.
NOT_LINKED |= {"kunskapsbank:entry_version"}
# There is one edition, so nothing to compare it with.
NOT_LINKED |= {"programme:comparison"}
# Nor is any in a collection.
NOT_LINKED |= {"kunskapsbank:collection"}
# No values have been fetched yet.
NOT_LINKED |= {"uppfoljning:indicator_csv"}
# No report is adopted yet.
NOT_LINKED |= {
    f"uppfoljning:{name}"
    for name in ("report", "report_csv", "report_json", "report_pdf")
}
NOT_LINKED |= {"uppfoljning:report_extract", "uppfoljning:report_extract_csv"}
# Nobody has told of an initiative.
NOT_LINKED |= {
    f"uppfoljning:{name}"
    for name in ("initiative", "initiatives_csv", "change_initiative")
    # What a form leads to.
    + ("plan_sheet",)
}
# Nor is there a connection that anybody has approved.
NOT_LINKED |= {"kunskapsbank:connection"}
# For programs, which find them in the schema that a page links to.
NOT_LINKED |= {
    f"api:{name}"
    for name in ("api-root", "index", "contributions", "contribution", "links")
    + ("prioriteringar", "prioritering", "fokusomraden", "fokusomrade")
    + ("viljeinriktningar", "viljeinriktning", "subjects", "organisations")
    + ("frameworks", "indicators", "indicator", "measurements", "initiatives")
    + ("initiative", "connections", "connection", "reports", "report")
    + ("report_content",)
} | {"catalogue_file"}
# Pages for signing in are tried by themselves, in tests/accounts.
NOT_LINKED |= {*policy.SIGN_IN} - {"admin/login/", "admin/password_change/"}
# For those who have signed in, or been given a secret link.
NOT_LINKED |= {
    name
    for name, rule in policy.POLICY.items()
    if not rule.allows(rules.ANONYMOUS, "GET") or rule.comes_after
}
# A form about one contribution, reached from its page: a step, not a place.
ABOUT_ONE = {"kunskapsbank:report_entry", "kunskapsbank:helpful"}
# What anybody may send without an account.
FORMS = {"accounts:apply", "kunskapsbank:tip", "kunskapsbank:report_entry"}
FORMS |= {
    "kunskapsbank:report_accessibility",
    "kunskapsbank:helpful",
    "kunskapsbank:follow",
}
# The heading is a quotation, and one in another language.
OTHER_TITLE = {"start", "in_english"}
# Links of a head that a browser does not follow by itself.
NOT_ASKED_FOR = {"canonical", "prev", "next", "license", "alternate"}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
STRAY_QUERY_LINKS = 40


@pytest.fixture
def crawl(db):
    return crawling.crawl()


@pytest.fixture
def whole_crawl(db):
    """For what is true of all pages together."""
    return crawling.crawl(whole=True)


def test_every_internal_link_leads_to_a_page(crawl):
    broken = {
        page.address: (page.status, crawl.linked_from.get(page.address))
        for page in crawl.pages.values()
        if page.status != 200
    }

    assert broken == {}


def test_no_page_links_to_a_redirect(crawl):
    assert crawl.redirects == {}


@pytest.mark.thorough
def test_links_between_filtered_lists_lead_to_a_list(whole_crawl, client):
    stray = {
        urldefrag(address).url
        for page in whole_crawl.html
        for address in page.addresses()
        if urldefrag(address).url not in whole_crawl.pages
    }

    some = sorted(stray)[:: len(stray) // STRAY_QUERY_LINKS + 1]

    assert some
    assert all("?" in address for address in stray)
    assert {client.get(address).status_code for address in some} == {200}


def test_every_fragment_is_on_its_page(crawl):
    ids = {}
    missing = []
    for page in crawl.html:
        for address in page.addresses():
            target, fragment = urldefrag(address)
            if not fragment or target not in crawl.pages | crawl.redirects:
                continue
            aimed = crawl.at(target)
            if aimed.address not in ids:
                ids[aimed.address] = {each["id"] for each in aimed.tree.walk()}
            if unquote(fragment) not in ids[aimed.address]:
                missing.append((page.address, address))

    assert missing == []


def test_no_two_pages_have_the_same_title(crawl):
    titles = Counter(page.title for page in crawl.html if not page.is_filtered)

    assert [title for title, times in titles.items() if times > 1] == []


def test_no_two_pages_describe_themselves_alike(crawl):
    described = defaultdict(list)
    for page in crawl.html:
        if page.is_indexed:
            (words,) = [
                each["content"]
                for each in page.tree.all("meta")
                if each["name"] == "description"
            ]
            described[words].append(page.address)

    alike = {words: pages for words, pages in described.items() if len(pages) > 1}

    assert alike == {}


def test_every_title_starts_with_words_of_the_heading(crawl):
    """A reader who follows a title must recognise the page (trust D3)."""
    for page in crawl.html:
        title = page.title.removesuffix(" – Livskvalitet Helsingborg")
        heading = page.tree.all("h1")[0].text.replace("\xad", "")  # soft hyphens
        if page.route not in OTHER_TITLE:
            known = [word for word in _words(title) if word in heading.casefold()]
            assert known, (page.address, title, heading)


def _words(text):
    return re.findall(r"\w+", text.casefold())


@pytest.mark.thorough
def test_no_page_is_further_away_than_four_clicks(whole_crawl):
    far = {page.address for page in whole_crawl.html if page.clicks > FURTHEST}

    assert len(whole_crawl.html) > 200
    assert far == set()


def test_every_route_with_a_page_is_met(crawl):
    met = {page.route for page in crawl.pages.values()}

    assert set(_named_routes(get_resolver())) - met == NOT_LINKED


def _named_routes(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from _named_routes(pattern, prefix + inner)
        elif pattern.name:
            yield prefix + pattern.name


@pytest.mark.thorough
def test_sitemap_lists_exactly_the_pages_that_are_met(whole_crawl, client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    listed = [urlsplit(each.text).path for each in tree.iter(f"{SITEMAP}loc")]

    met = {page.address for page in whole_crawl.html if page.is_indexed}

    assert len(listed) == len(set(listed))
    assert set(listed) == met


@pytest.mark.thorough
def test_two_ways_lead_to_every_page_that_is_not_a_contribution(whole_crawl):
    """The menus and the site map, or two pages that link to it (trust D38)."""
    sources = defaultdict(set)
    for page in whole_crawl.html:
        for address in page.addresses():
            sources[urlsplit(address).path].add(page.address)

    once = {
        page.address
        for page in whole_crawl.html
        if not page.is_filtered
        and page.route not in ABOUT_ONE
        and len(sources[page.address] - {page.address}) < 2
    }

    assert once == set()


def test_no_link_is_empty_or_leads_nowhere(crawl):
    for page in crawl.html:
        for link in page.links():
            assert link["href"] not in {"", "#"}, (page.address, link)
            assert link.name.strip(), (page.address, link)


def test_external_links_are_well_formed(crawl):
    for page in crawl.html:
        for link in page.links():
            parts = urlsplit(link["href"])
            if parts.scheme in {"mailto", "tel"} or not parts.netloc:
                assert parts.scheme in {"", "mailto", "tel"}, (page.address, link)
                continue
            assert parts.scheme in {"http", "https"}, (page.address, link)
            assert "." in parts.hostname, (page.address, link)
            assert " " not in link["href"], (page.address, link)
            assert "target" not in link, (page.address, link)


def test_link_with_the_same_name_leads_to_the_same_place(crawl):
    """In one page's main part, so that a list of its links can be read alone (D39)."""
    confused = {}
    for page in crawl.html:
        places = defaultdict(set)
        for link in page.tree.all("main")[0].all("a"):
            places[link.name].add(link["href"])
        several = {name for name, addresses in places.items() if len(addresses) > 1}
        if several:
            confused[page.address] = several

    assert confused == {}


def test_what_pages_are_made_of_is_our_own_and_exists(crawl):
    """No page asks another origin for anything (A20)."""
    asked = set()
    for page in crawl.html:
        for element in page.tree.all("link", "script", "img", "source", "use"):
            if element["rel"] not in NOT_ASKED_FOR:
                asked.add(element["href"] or element["src"])

    asked -= {"", f"/static/{BUNDLE}", "/manifest.webmanifest"}

    assert asked
    for address in asked:
        assert address.startswith("/static/")
        assert finders.find(address.removeprefix("/static/")), address


def test_canonical_address_is_the_page_itself(crawl):
    for page in crawl.html:
        links = page.tree.all("link")
        (address,) = [link["href"] for link in links if link["rel"] == "canonical"]
        if not page.is_filtered:
            assert address == f"{settings.SITE_ADDRESS}{page.address}"
        else:
            path = urlsplit(page.address).path
            assert address.startswith(f"{settings.SITE_ADDRESS}{path}")


def test_reading_writes_nothing(crawl):
    written = {page.address: page.writes for page in crawl.html if page.writes}

    assert written == {}


def test_only_pages_with_a_form_to_send_set_a_cookie(crawl):
    """And only the one that the form needs (trust A19)."""
    setting = [page for page in crawl.html if page.response.cookies]

    names = {name for page in setting for name in page.response.cookies}
    assert names == {settings.CSRF_COOKIE_NAME}
    assert {page.route for page in setting} == FORMS
