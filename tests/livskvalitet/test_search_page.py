"""The search page and the list's own search box: what they find, count and offer."""

import re
from html import unescape

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kunskapsbank import facets
from kunskapsbank.findable import refresh
from kunskapsbank.forms import EntryFilter
from kunskapsbank.models import Version
from livskvalitet.views.search import SearchFilter
from search import index
from tests.factories import VersionFactory
from tests.search.samples import document

pytestmark = pytest.mark.django_db

SEARCH, LIST = "/sok/", "/kunskapsbank/"
BOTH = pytest.mark.parametrize("address", [SEARCH, LIST])


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, query
    return response


def text_of(response):
    return unescape(response.content.decode())


def title_of(response):
    return re.search(r"<title>(.*?)</title>", text_of(response), re.DOTALL)[1]


def canonical(response):
    return re.search(r'rel="canonical" href="([^"]*)"', text_of(response))[1]


def hits(response):
    return [hit["url"] for hit in response.context["hits"]]


def found(client, query):
    """What each page finds of our own test contributions, by title."""
    on_search = {
        "".join(piece.text for piece in hit["title"])
        for hit in page(client, SEARCH, q=query).context["hits"]
    }
    in_list = {each.title for each in page(client, LIST, q=query).context["page"]}
    assert on_search == in_list
    return on_search


def contribute(*titles):
    """Publish contributions with these titles, and nothing else to find."""
    Version.objects.update(is_suppressed=True)
    index.rebuild([])
    versions = [VersionFactory(title=title, summary="", tags=[]) for title in titles]
    refresh([version.entry_id for version in versions])
    return versions


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("cyklarna", {"Cykeln till jobbet", "Cykelväg vid Råå"}),
        ("cykelväg", {"Cykelväg vid Råå", "Cykeln till jobbet"}),
        ("väg", {"Cykelväg vid Råå", "En trygg väg"}),
        ("HÄLSA", {"God hälsa för äldre"}),
        ("halsan", {"God hälsa för äldre"}),
        ("ha\u0308lsa", {"God hälsa för äldre"}),
        ("raa", {"Cykelväg vid Råå"}),
        ('"god hälsa"', {"God hälsa för äldre"}),
        ('"hälsa god"', set()),
        ("cykel -råå", {"Cykeln till jobbet"}),
        ("-cykel", set()),
        ("trygg*", {"En trygg väg", "Trygghetsvandring", "Vandringar för trygghet"}),
        ("vandring", {"Trygghetsvandring", "Vandringar för trygghet"}),
    ],
)
def test_both_pages_find_the_same_for_the_words_people_use(client, query, titles):
    contribute(
        "Cykeln till jobbet",
        "Cykelväg vid Råå",
        "God hälsa för äldre",
        "En trygg väg",
        "Trygghetsvandring",
        "Vandringar för trygghet",
    )

    assert found(client, query) == titles


def test_hit_shows_why_it_is_there_and_what_it_is(client):
    index.put(
        document(
            "prov",
            "Lekplatser för alla",
            kind="research",
            summary="Nu kan barnen gunga även i skuggan.",
            facets={"vilja": ["2"], "org": ["helsingborgs-stad"]},
            date=None,
        )
    )

    text = text_of(page(client, SEARCH, q="gungar"))

    assert '<a href="/prov/">Lekplatser för alla</a>' in text
    assert "Nu kan barnen <mark>gunga</mark> även i skuggan." in text
    row = text[text.index('class="hit-list__row"') :]
    assert "Forskning" in row
    assert "Helsingborgs stad" in row
    assert 'data-strand="2">Allas delaktighet' in row


def test_what_was_found_and_asked_for_is_escaped(client):
    index.put(document("prov", "<b>Snabel & <script>"))

    text = page(client, SEARCH, q="<b>snabel").content.decode()

    assert "&lt;<mark>b</mark>&gt;<mark>Snabel</mark> &amp; &lt;script&gt;" in text
    assert "<b>snabel" not in text


def test_title_begins_with_the_number_and_the_question(client):
    response = page(client, SEARCH, q="cykel", typ="lank", ordning="senaste")

    count = response.context["asked"].count
    told = f"{count} träffar på ”cykel”, Länkar, senaste först – Sök – "
    assert title_of(response).startswith(told)
    assert f"{count} träffar på ”cykel”" in text_of(response)


@BOTH
def test_answer_to_free_text_is_not_for_other_search_engines(client, address):
    assert 'name="robots"' not in text_of(page(client, address))
    assert 'name="robots" content="noindex"' in text_of(page(client, address, q="barn"))


@BOTH
def test_answer_is_kept_as_other_public_pages_are(client, address):
    response = page(client, address, q="barn")

    assert response["Cache-Control"] == "no-cache"
    again = client.get(
        address, {"q": "barn"}, headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304
    assert not response.cookies


def test_empty_question_tells_how_to_ask(client):
    response = page(client, SEARCH)

    text = text_of(response)
    assert "citattecken" in text
    assert "minus" in text
    assert title_of(response).startswith("Sök – ")
    for address in re.findall(r'href="(\?q=[^"]*)"', text):
        assert client.get(f"{SEARCH}{address}").context["asked"].count


def test_nothing_found_says_what_was_asked_and_offers_ways_on(client):
    text = text_of(page(client, SEARCH, q="xyzzyx"))

    assert "Inga träffar på ”xyzzyx”" in text
    assert text.count('class="strand-links__item"') == 5
    assert 'href="/tipsa/"' in text


def test_only_unwanted_words_are_explained(client):
    assert "Skriv också vad du vill hitta" in text_of(page(client, SEARCH, q="-barn"))


@BOTH
def test_filters_that_leave_nothing_can_be_removed(client, address):
    query = {"q": "cykel", "amne": "dialog", "typ": "forskning"}

    response = page(client, address, **query)

    assert response.context["asked"].count == 0
    ways = response.context["ways"]
    assert ways
    for way in ways:
        assert client.get(way["url"]).context["asked"].count
    for filter in response.context["asked"].removals():
        assert filter["url"] in text_of(response)


@BOTH
def test_slip_is_put_right_by_a_link(client, address):
    text = text_of(page(client, address, q="kollektivtrfik", typ="forskning"))

    assert (
        f'Menade du <a href="{address}?q=kollektivtrafik">kollektivtrafik</a>' in text
    )


@BOTH
def test_page_says_when_it_asks_for_less_than_was_written(client, address):
    contribute("Blå bänkar", "Röda bänkar")

    response = page(client, address, q="blå bänkar soffor")

    assert response.context["asked"].count == 1
    assert "bara har en del av det" in text_of(response)


def test_more_than_can_be_counted_is_said(client, monkeypatch):
    monkeypatch.setattr("search.finding.MOST", 3)
    monkeypatch.setattr("livskvalitet.views.search.MOST", 3)

    response = page(client, SEARCH, q="barn")

    assert title_of(response).startswith("Fler än 3 träffar på ”barn”")
    assert "Siffrorna vid filtren gäller dem" in text_of(response)
    assert len(hits(response)) == 3


def test_newest_come_first_when_asked_for(client):
    dates = [
        hit.date
        for hit in page(client, SEARCH, q="barn", ordning="senaste")
        .context["asked"]
        .found.hits
    ]

    assert len(dates) > 5
    assert [each for each in dates if each] == sorted(filter(None, dates), reverse=True)


def test_pages_together_hold_every_hit_once(client):
    first = page(client, SEARCH, q="stad")
    pages = first.context["page"].paginator.num_pages

    every = [
        hit
        for number in range(1, pages + 1)
        for hit in hits(page(client, SEARCH, q="stad", sida=number))
    ]

    assert pages > 1
    assert len(every) == first.context["asked"].count
    assert canonical(page(client, SEARCH, q="stad", sida=999999)).endswith(
        f"?q=stad&sida={pages}"
    )


QUERIES = ["q=barn", "q=h%C3%A4lsa", "q=cykel&typ=lank", "typ=prioritering&vilja=3"] + [
    "q=dialog&vilja=2&vilja=4&fler=amne&fler=org",
    "q=stad&org=helsingborgs-stad&period=2019&period=2022",
]


@pytest.mark.parametrize("state", [SearchFilter, EntryFilter])
@pytest.mark.parametrize("query", QUERIES)
def test_every_offered_value_gives_the_number_it_says(state, query):
    asked = state.from_query(QueryDict(query), facets.current())

    offered = [(group, each) for group in asked.groups() for each in group.choices]

    assert offered
    for group, choice in offered:
        alone = asked.only(group.facet, choice.option)
        assert choice.count == alone.count, (group.facet, choice.option.label)
        assert choice.count or choice.is_chosen


@pytest.mark.parametrize("query", QUERIES)
def test_state_is_in_its_address_and_every_filter_comes_off(client, query):
    asked = page_state(client, f"{SEARCH}?{query}&okand=1&sida=1")

    again = page_state(client, asked.address())

    assert again.address() == asked.address()
    for facet, option in asked.chosen_options:
        rest = page_state(client, asked.without(facet, option).address())
        left = [pair for pair in pairs(asked) if pair != (facet, option.value)]
        assert pairs(rest) == left
    assert pairs(page_state(client, asked.cleared().address())) == []


def page_state(client, address):
    return client.get(address).context["asked"]


def pairs(asked):
    return [(facet, option.value) for facet, option in asked.chosen_options]


def test_values_of_one_facet_widen_and_facets_narrow(client):
    def count(query):
        return page_state(client, f"{SEARCH}?q=stad&{query}").count

    both = count("typ=lank&typ=forskning")
    assert both == count("typ=lank") + count("typ=forskning") > count("typ=lank") > 0
    assert count("typ=lank&typ=forskning&vilja=2") < both


@BOTH
@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 20_000,
        "q=" + "ord+" * 2000,
        "q=%00%01%1B%7F",
        "q=-%22%22-*+AND+NEAR(",
        "q=%22" * 3,
        "q=%ED%A0%80",
        "q=%EF%BF%BF%E2%80%AE",
        "q=barn&q=cykel",
        "q=barn&sida=999999999",
        "q=barn&sida=-1&ordning=%00",
        "q=-barn+-cykel",
        "amne=%27+OR+1%3D1&org=%00&plats=%FF&period=99999999999&fil=nej",
        "q=barn&" + "&".join(f"period={year}" for year in range(1900, 2030)),
        "q=barn&fler=vilja&fler=amne&fler=%00",
        "q[]=barn&q=%F0%9F%92%A9",
    ],
)
def test_hostile_addresses_get_a_calm_page(client, address, query):
    response = client.get(f"{address}?{query}")

    assert response.status_code == 200
    assert len(canonical(response)) < 2000
    controls = re.findall(r"[\x00-\x08\x0b-\x1f\x7f]", text_of(response))
    assert controls == []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.text(max_size=60),
    st.lists(
        st.tuples(
            st.sampled_from(["vilja", "typ", "amne", "plats", "period", "sida"]),
            st.text(max_size=8) | st.sampled_from(["1", "lank", "klimat", "2019"]),
        ),
        max_size=4,
    ),
)
@pytest.mark.thorough
def test_any_words_and_values_get_a_page(client, words, values):
    query = QueryDict(mutable=True)
    query["q"] = words.encode("utf-8", "replace").decode()
    for name, value in values:
        query.appendlist(name, value.encode("utf-8", "replace").decode())

    for address in (SEARCH, LIST):
        response = client.get(f"{address}?{query.urlencode()}")
        assert response.status_code == 200
        shown = response.context["asked"].address()
        assert client.get(shown).context["asked"].address() == shown
