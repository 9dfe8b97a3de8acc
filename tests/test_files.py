"""Files for robots and browsers, and addresses that the earlier site had."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from kunskapsbank.models import Version
from livskvalitet.views.files import SECURITY_TXT_EXPIRES
from programme import taxonomy

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PNG = b"\x89PNG\r\n\x1a\n"


def fields(response):
    lines = [line.partition(": ") for line in response.content.decode().splitlines()]
    return [(name, value) for name, _, value in lines if name]


# -- robots.txt and sitemap.xml


def test_robots_may_come_to_all_but_the_admin(client, db):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields(response) == [
        ("User-agent", "*"),
        ("Disallow", "/admin/"),
        ("Sitemap", f"{settings.SITE_ADDRESS}/sitemap.xml"),
    ]


@pytest.fixture
def sitemap(client, db):
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def test_sitemap_gives_the_site_s_own_address_whoever_asks(sitemap):
    addresses = {each.text for each in sitemap.iter(f"{SITEMAP}loc")}

    origins = {
        f"{urlsplit(each).scheme}://{urlsplit(each).netloc}" for each in addresses
    }
    assert sitemap.tag == f"{SITEMAP}urlset"
    assert len(addresses) > 200
    assert origins == {settings.SITE_ADDRESS}


def test_sitemap_dates_are_dates(sitemap):
    dates = [each.text for each in sitemap.iter(f"{SITEMAP}lastmod")]

    assert len(dates) >= Version.objects.listed().count()
    assert all(datetime.fromisoformat(each) for each in dates)


def test_sitemap_leaves_out_a_withdrawn_contribution(client, db):
    version = Version.objects.listed().first()
    address = version.get_absolute_url()
    assert address in client.get("/sitemap.xml").content.decode()

    version.entry.state = "withdrawn"
    version.entry.save()

    assert address not in client.get("/sitemap.xml").content.decode()


# -- What browsers ask for


def test_manifest_tells_what_the_site_is(client, db):
    response = client.get("/manifest.webmanifest")
    manifest = response.json()

    assert response.headers["Content-Type"] == "application/manifest+json"
    assert manifest["name"] == "Livskvalitet Helsingborg"
    assert len(manifest["short_name"]) <= 12
    assert manifest["lang"] == "sv"
    assert manifest["start_url"] == "/"
    for name in ("background_color", "theme_color"):
        assert re.fullmatch("#[0-9A-F]{6}", manifest[name])


def test_manifest_s_icons_are_pictures_of_that_size(client, db):
    icons = client.get("/manifest.webmanifest").json()["icons"]

    assert [icon["sizes"] for icon in icons] == ["192x192", "512x512"]
    for icon in icons:
        assert icon["type"] == "image/png"
        assert "x".join(map(str, size_of(icon["src"]))) == icon["sizes"]


def size_of(address):
    """Width and height of a PNG, from its first part."""
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        start = file.read(24)
    assert start.startswith(PNG)
    return int.from_bytes(start[16:20], "big"), int.from_bytes(start[20:24], "big")


def test_favicon_is_where_browsers_look(client, db):
    response = client.get("/favicon.ico")

    address = response.headers["Location"]
    with open(finders.find(address.removeprefix("/static/")), "rb") as file:
        assert file.read(4) == b"\x00\x00\x01\x00"


# -- security.txt (RFC 9116)


@pytest.fixture
def security_txt(client, db):
    response = client.get("/.well-known/security.txt")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return response


def test_security_txt_has_the_fields_that_it_must(security_txt):
    told = dict(fields(security_txt))

    assert len(told) == len(fields(security_txt))
    assert told["Contact"].startswith(("https://", "http://localhost", "mailto:"))
    assert told["Canonical"] == f"{settings.SITE_ADDRESS}/.well-known/security.txt"
    assert told["Policy"] == f"{settings.SITE_ADDRESS}/om/#sakerhet"
    assert told["Preferred-Languages"] == "sv, en"
    assert datetime.fromisoformat(told["Expires"]) == SECURITY_TXT_EXPIRES


def test_security_txt_expires_within_a_year_and_not_within_a_month():
    """When this fails: try the contact, then move the date on."""
    left = SECURITY_TXT_EXPIRES - datetime.now(UTC)

    assert timedelta(days=30) < left < timedelta(days=366)


def test_security_txt_contact_is_a_place_on_the_site(client, db):
    place = urlsplit(settings.SECURITY_CONTACT)

    page = client.get(place.path).content.decode()

    assert f'id="{place.fragment}"' in page


# -- The earlier site, and short addresses


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("/viljeinriktningar/", "/programmet/"),
        (
            "/viljeinriktningar/varmt-valkomnande/",
            "/programmet/2016/varmt-valkomnande/",
        ),
        (
            "/viljeinriktningar/vi-vill-ha-ett-varmt-valkomnande",
            "/programmet/2016/varmt-valkomnande/",
        ),
        (
            "/viljeinriktningar/varmt-valkomnande/hem-for-alla/",
            "/programmet/2016/varmt-valkomnande/hem-for-alla/",
        ),
        ("/viljeinriktningar/nagot-annat/", "/programmet/"),
        ("/omvarldsanalys/", "/omvarld/"),
        ("/omvarldsanalys/agenda-2030/", "/omvarld/"),
        ("/hitta-statistik/", "/uppfoljning/"),
        ("/hitta-statistik/nyckeltal/", "/uppfoljning/"),
    ],
)
def test_earlier_address_leads_to_its_page_for_good(client, db, earlier, now):
    response = client.get(earlier)

    assert response.status_code == 301
    assert response.headers["Location"] == now
    assert client.get(now).status_code == 200


@pytest.mark.parametrize(
    ("short", "now"),
    [
        ("/programmet/hela/", "/programmet/2016/hela/"),
        ("/programmet/kapitel/1-1/", "/programmet/2016/kapitel/1-1/"),
        ("/programmet/varmt-valkomnande/", "/programmet/2016/varmt-valkomnande/"),
        (
            "/programmet/varmt-valkomnande/hem-for-alla/",
            "/programmet/2016/varmt-valkomnande/hem-for-alla/",
        ),
        ("/programmet/2016/", "/programmet/"),
    ],
)
def test_short_address_leads_to_the_current_edition_for_now(client, db, short, now):
    response = client.get(short)

    assert response.status_code == 302
    assert response.headers["Location"] == now


def test_every_viljeinriktning_and_fokusomrade_has_its_earlier_address(client, db):
    tree = taxonomy.current()

    for page in [*tree.viljeinriktningar, *tree.fokusomraden]:
        response = client.get(f"/viljeinriktningar/{page.slug}/")
        assert response.headers["Location"] == page.get_absolute_url()


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("/om", "/om/"), ("/kunskapsbank?vilja=1", "/kunskapsbank/?vilja=1")],
)
def test_missing_slash_is_added(client, db, typed, whole):
    response = client.get(typed)

    assert response.status_code == 301
    assert response.headers["Location"] == whole
