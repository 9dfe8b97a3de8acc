import re
from html import unescape

import pytest

from kunskapsbank.models import Version
from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/kunskapsbank/"
# Generation, versions of the page and their organisations
QUERIES = 3


def page(client, query=""):
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200, query
    return response


def text_of(response):
    return unescape(response.content.decode())


def title_of(response):
    return re.search(r"<title>(.*?)</title>", text_of(response), re.DOTALL)[1]


def shown(response):
    return [version.pk for version in response.context["page"]]


def canonical(response):
    return re.search(r'rel="canonical" href="([^"]*)"', text_of(response))[1]


def test_list_shows_the_newest_with_their_number(client):
    response = page(client)

    assert shown(response) == list(
        Version.objects.listed().newest_first().values_list("pk", flat=True)[:12]
    )
    assert title_of(response).startswith("Kunskapsbanken: 60 bidrag – ")
    assert "60 bidrag</h2>" in text_of(response)


def test_title_and_heading_say_what_is_chosen(client):
    response = page(client, "?vilja=3&typ=forskning&ordning=aldsta")

    title = "Kunskapsbanken: 2 bidrag, Livslång aktivitet, Forskning, äldsta först"
    assert title_of(response).startswith(f"{title} – ")
    assert (
        '2 bidrag<span class="visually-hidden">, Livslång aktivitet, Forskning</span>'
        "</h2>"
    ) in text_of(response)


def test_chosen_filters_are_links_that_take_one_away(client):
    response = page(client, "?vilja=3&typ=forskning")

    assert 'href="/kunskapsbank/?typ=forskning"' in text_of(response)
    assert 'href="/kunskapsbank/?vilja=3"' in text_of(response)
    assert 'data-clear href="/kunskapsbank/"' in text_of(response)


def test_all_pages_together_hold_everything_once(client):
    pages = [page(client, f"?sida={number}&ordning=a-o") for number in range(1, 6)]

    everything = [pk for each in pages for pk in shown(each)]
    listed = Version.objects.listed()
    assert everything == list(listed.order_by("sort_key").values_list("pk", flat=True))
    assert len({title_of(each) for each in pages}) == 5


def test_pages_are_linked_to_the_next_and_the_one_before(client):
    response = page(client, "?sida=3&vilja=1&vilja=2&vilja=3&skrap=1")

    keeps = "?vilja=1&vilja=2&vilja=3"
    assert f'rel="prev" href="{keeps}&sida=2"' in text_of(response)
    assert f'rel="next" href="{keeps}&sida=4"' in text_of(response)


def test_empty_list_says_what_was_asked_for_and_offers_ways_on(client):
    response = page(client, "?vilja=1&typ=lank&fokus=4.5.3")

    text = text_of(response)
    assert "Inga bidrag" in title_of(response)
    assert "Du valde Varmt välkomnande, 4.5.3" in text
    assert 'href="/kunskapsbank/?fokus=4.5.3&typ=lank"' in text
    assert "Visa alla 60 bidrag</a>" in text
    for way in response.context["ways"]:
        assert shown(client.get(way["url"]))


def test_an_empty_bank_says_so(client):
    Version.objects.update(is_suppressed=True)

    response = page(client)

    assert "Inga bidrag är publicerade" in text_of(response)


@pytest.mark.parametrize(
    ("query", "state"),
    [
        ("?sida=-1", ""),
        ("?sida=abc", ""),
        ("?sida=" + "9" * 5000, "?sida=5"),
        (f"?sida={10**30}", "?sida=5"),
        ("?sida=0", ""),
        ("?sida=2&sida=3", "?sida=3"),
        ("?vilja=6&vilja=-1&vilja=1e9&vilja=", ""),
        ("?vilja=%00&typ=%00lank&fokus=4.3.1%00&prio=%00", ""),
        ("?vilja=%FF%FE&typ=%C0%AF&ordning=%80", ""),
        ("?vilja=3%27%20OR%201=1--", ""),
        ("?prio=2016-4-3-1-z&fokus=9.9.9&typ=bok&ordning=dyrast", ""),
        ("?prio[]=2016-4-3-1-a&vilja[0]=1", ""),
        ("?" + "vilja=3&" * 999, "?vilja=3"),
        ("?vilja=3&utm_source=x&fbclid=" + "y" * 3000, "?vilja=3"),
        ("?%00=1&=&&&;", ""),
        ("?vilja=%F0%9F%92%A9&fokus=%E2%80%AE4.3.1", ""),
        ("?ordning=ar&typ=forskning&typ=lank", "?typ=forskning&typ=lank&ordning=ar"),
    ],
)
def test_every_address_is_a_list_with_one_address(client, settings, query, state):
    response = page(client, query)

    assert canonical(response) == f"{settings.SITE_ADDRESS}{ADDRESS}{state}"


def test_more_parameters_than_anyone_needs_are_refused(client):
    assert client.get(ADDRESS + "?" + "vilja=3&" * 2000).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_list_can_only_be_read(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "query",
    ["", "?sida=3", "?vilja=3&typ=forskning", "?fokus=4.3.1&prio=2016-4-3-1-b"],
)
def test_queries_are_few(client, django_assert_num_queries, query):
    page(client)

    with django_assert_num_queries(QUERIES):
        page(client, query)


@pytest.mark.parametrize("query", ["", "?sida=40", "?vilja=3&typ=forskning"])
def test_queries_are_as_few_with_600(
    client, many_entries, django_assert_num_queries, query
):
    response = page(client)
    assert response.context["asked"].count == 600

    with django_assert_num_queries(QUERIES):
        page(client, query)


def test_an_empty_list_needs_no_more_queries(client, django_assert_max_num_queries):
    page(client)

    with django_assert_max_num_queries(QUERIES):
        page(client, "?vilja=1&typ=lank&fokus=4.5.3")


def test_reading_leaves_no_cookie(client):
    response = page(client)

    assert not response.cookies
    assert response["ETag"]


def test_what_people_write_is_escaped(client):
    VersionFactory(title="<b>Fet & <script>", summary="</p><img src=x>")

    text = page(client).content.decode()

    assert "&lt;b&gt;Fet &amp; &lt;script&gt;" in text
    assert "<img src=x>" not in text
