"""Pages of the decided text: what each says, and where its short addresses lead."""

import pytest
from django.urls import reverse

from programme import taxonomy
from programme.enums import EditionStatus
from programme.models import Chapter, Edition, Prioritering

pytestmark = [pytest.mark.django_db, pytest.mark.pages]


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def addresses():
    """Every page that shows decided text."""
    tree = taxonomy.current()
    pages = [*tree.viljeinriktningar, *tree.fokusomraden, *tree.prioriteringar]
    pages += Chapter.objects.select_related("edition")
    return [
        "/programmet/",
        "/programmet/2016/hela/",
        *(each.get_absolute_url() for each in pages),
    ]


@pytest.mark.thorough
def test_every_page_says_when_the_programme_held_and_whose_words_are_whose(
    client, addresses
):
    assert len(addresses) == 2 + 5 + 15 + 58 + 11
    for address in addresses:
        text = page(client, address)

        assert "Programmet gällde 2016–2024" in text, address
        assert "MF2014/1785, KS 427/2014" in text, address
        assert "är beslutad" in text, address


def test_prioritering_shows_its_text_and_a_reference_to_it(client):
    prioritering = Prioritering.objects.get(slug="2016-4-3-1-d")

    text = page(client, "/prioritering/2016-4-3-1-d/")

    assert prioritering.text in text
    assert f"prioritering 4.3.1 d: ”{prioritering.text}”" in text
    assert "/prioritering/2016-4-3-1-d/ (hämtad " in text


def test_prioritering_leads_to_the_one_before_and_after_over_the_border(client):
    text = page(client, "/prioritering/2016-4-1-3-d/")

    assert "/prioritering/2016-4-1-3-c/" in text
    assert "/prioritering/2016-4-2-1-a/" in text


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/programmet/2016/", "/programmet/"),
        ("/programmet/hela/", "/programmet/2016/hela/"),
        ("/programmet/kapitel/1-1/", "/programmet/2016/kapitel/1-1/"),
        ("/programmet/livslang-aktivitet/", "/programmet/2016/livslang-aktivitet/"),
        (
            "/programmet/livslang-aktivitet/upplevelser-for-alla-sinnen/",
            "/programmet/2016/livslang-aktivitet/upplevelser-for-alla-sinnen/",
        ),
    ],
)
def test_short_address_leads_to_the_current_edition(client, address, target):
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"] == target


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/viljeinriktningar/", "/programmet/"),
        (
            "/viljeinriktningar/livslang-aktivitet/",
            "/programmet/2016/livslang-aktivitet/",
        ),
        (
            "/viljeinriktningar/varmt-valkomnande/vi-skapar-hem-for-alla/",
            "/programmet/2016/varmt-valkomnande/hem-for-alla/",
        ),
        ("/viljeinriktningar/nagot-annat/", "/programmet/"),
        ("/omvarldsanalys/trender/", "/omvarld/"),
        ("/hitta-statistik/helsingborgarna-om-livskvalitet/", "/uppfoljning/"),
    ],
)
def test_earlier_sites_address_leads_to_what_stands_there_now(client, address, target):
    response = client.get(address)

    assert response.status_code == 301
    assert response["Location"] == target


@pytest.mark.parametrize(
    "address",
    [
        "/programmet/2020/",
        "/programmet/2016/kapitel/9/",
        "/programmet/2016/finns-inte/",
        "/programmet/2016/livslang-aktivitet/hem-for-alla/",
        "/programmet/finns-inte/",
        "/programmet/livslang-aktivitet/hem-for-alla/",
        "/prioritering/2016-4-3-1-z/",
    ],
)
def test_address_of_nothing_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_new_edition_takes_the_short_addresses_and_leaves_the_old_ones(client):
    Edition.objects.create(
        slug="2025",
        title="Livskvalitetsprogrammet",
        period_start=2025,
        period_end=2032,
        status=EditionStatus.IN_FORCE,
    )
    taxonomy.forget()

    assert client.get("/programmet/2016/").status_code == 200
    assert client.get("/programmet/2016/livslang-aktivitet/").status_code == 200
    assert client.get("/programmet/hela/")["Location"] == "/programmet/2025/hela/"


def test_proposal_is_not_the_current_edition(client):
    Edition.objects.create(
        slug="2025",
        title="Livskvalitetsprogrammet",
        period_start=2025,
        period_end=2032,
        status=EditionStatus.PROPOSAL,
    )
    taxonomy.forget()

    assert client.get("/programmet/hela/")["Location"] == "/programmet/2016/hela/"


def test_reversed_address_is_the_permanent_one():
    address = reverse("programme:prioritering", args=["2016-4-3-1-b"])

    assert address == "/prioritering/2016-4-3-1-b/"
