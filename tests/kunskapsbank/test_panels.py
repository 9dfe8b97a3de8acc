from html import unescape

import pytest
from django.template import engines
from django.test import RequestFactory

from kunskapsbank.models import Version
from programme import taxonomy
from search import generation
from tests.factories import PrioriteringFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def show():
    def show(tag, **context):
        template = engines["django"].from_string(f"{{% load kunskapsbank %}}{tag}")
        return unescape(template.render(context, RequestFactory().get("/")))

    return show


@pytest.fixture
def tree():
    return taxonomy.current()


def test_panel_shows_the_newest_three_and_the_way_to_all(show, tree):
    strand = tree.viljeinriktningar[2]

    html = show("{% entries_panel viljeinriktning=place %}", place=strand)

    assert '<h2 id="ur-kunskapsbanken">Ur kunskapsbanken</h2>' in html
    assert "17 bidrag om livslång aktivitet." in html
    assert 'href="/kunskapsbank/?vilja=3"' in html
    assert html.count("<h3") == 3


def test_panel_of_few_shows_them_all(show, tree):
    prioritering = tree.prioriteringar[3]

    html = show(
        "{% entries_panel prioritering=place heading='Bidrag' %}", place=prioritering
    )

    assert '<h2 id="ur-kunskapsbanken">Bidrag</h2>' in html
    assert "2 bidrag som hör till prioritering 4.1.1 d." in html
    assert html.count("<h3") == 2
    assert "Visa alla bidrag" not in html


def test_panel_without_contributions_says_so_and_leads_on(show):
    html = show("{% entries_panel prioritering=place %}", place=PrioriteringFactory())

    assert "Inga bidrag som hör till prioritering" in html
    assert 'href="/kunskapsbank/"' in html
    assert "<h3" not in html


def test_count_link_names_the_place(show, tree):
    html = show("{% entry_count_link fokusomrade=place %}", place=tree.fokusomraden[6])

    assert 'href="/kunskapsbank/?fokus=4.3.1"' in html
    assert 'bidrag<span class="visually-hidden"> som hör till fokusområde 4.3.1' in html


def test_count_link_of_nothing_is_words(show):
    html = show(
        "{% entry_count_link prioritering=place %}", place=PrioriteringFactory()
    )

    assert "Inga bidrag än" in html
    assert "<a" not in html


def test_latest_are_the_newest(show):
    titles = [VersionFactory().title for _ in range(3)]
    generation.touch()

    html = show("{% latest_entries 2 level=4 %}")

    assert html.count("<h4") == 2
    assert html.index(titles[2]) < html.index(titles[1])
    assert f">{titles[0]}<" not in html


def test_numbers(show, tree):
    place = tree.fokusomraden[0]
    expected = Version.objects.listed().filter(prioriteringar__fokusomrade=place)

    html = show("{% entry_total %} {% entry_count fokusomrade=place %}", place=place)

    assert html == f"60 {expected.distinct().count()}"


def test_counts_of_all_places_take_no_queries_of_their_own(
    show, tree, django_assert_num_queries
):
    show("{% entry_total %}")
    tag = "{% for place in places %}{% entry_count prioritering=place %}{% endfor %}"

    # The generation, once for the tags and once for the frame of the page
    with django_assert_num_queries(2):
        show(tag, places=tree.prioriteringar)


def test_panel_takes_two_queries(show, tree, many_entries, django_assert_num_queries):
    show("{% entry_total %}")

    with django_assert_num_queries(4):
        show("{% entries_panel fokusomrade=place %}", place=tree.fokusomraden[0])
