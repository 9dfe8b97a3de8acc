import pytest
from django.http import QueryDict

from kunskapsbank import facets
from kunskapsbank.addresses import entry_list_address
from kunskapsbank.forms import FACETS, EntryFilter, TagForm
from kunskapsbank.models import Tag
from programme import taxonomy

pytestmark = pytest.mark.django_db


def asked(query):
    return EntryFilter.from_query(QueryDict(query), facets.current())


@pytest.mark.parametrize(
    "query",
    [
        "",
        "vilja=3",
        "vilja=1&vilja=3",
        "fokus=4.3.1&fokus=4.1.1",
        "prio=2016-4-3-1-b",
        "typ=forskning&typ=lank",
        "vilja=3&fokus=4.3.1&typ=gott-exempel",
        "vilja=3&fokus=4.1.1",
    ],
)
def test_count_is_the_number_of_versions_and_every_one_fits(query):
    filters = asked(query)

    versions = list(filters.versions())

    assert filters.count == len(versions) > 0
    for facet in FACETS:
        if wanted := {option.key for option in filters.chosen[facet]}:
            assert all(wanted & keys_of(version) for version in versions)


def keys_of(version):
    keys = {("typ", version.kind)}
    for prioritering in version.prioriteringar.with_place():
        fokusomrade = prioritering.fokusomrade
        places = (prioritering, fokusomrade, fokusomrade.viljeinriktning)
        keys |= {facets.key_of(place) for place in places}
    return keys


@pytest.mark.parametrize(
    "query", ["", "vilja=3", "vilja=3&typ=forskning", "fokus=4.3.1&prio=2016-4-3-1-b"]
)
@pytest.mark.parametrize("facet", FACETS)
def test_number_beside_a_choice_is_what_it_alone_would_give(query, facet):
    state = QueryDict(query, mutable=True)
    for choice in asked(query).choices(facet):
        state.setlist(facet, [choice.option.value])

        assert choice.count == asked(state.urlencode()).versions().count()


def test_choices_that_lead_nowhere_cannot_be_chosen():
    choices = asked("fokus=4.3.1&prio=2016-4-3-1-a").choices("vilja")

    assert [(choice.count, choice.is_disabled) for choice in choices] == [
        (0, True),
        (0, True),
        (1, False),
        (0, True),
        (0, True),
    ]


def test_a_chosen_value_can_always_be_taken_away():
    choices = asked("vilja=1&typ=lank&fokus=4.5.3").choices("typ")

    chosen = [choice for choice in choices if choice.is_chosen]
    assert [(choice.count, choice.is_disabled) for choice in chosen] == [(0, False)]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/kunskapsbank/"),
        ("vilja=&fokus=&ordning=senaste&sida=1", "/kunskapsbank/"),
        ("typ=lank&vilja=3&vilja=1", "/kunskapsbank/?vilja=1&vilja=3&typ=lank"),
        ("vilja=3&vilja=3&utm_source=x", "/kunskapsbank/?vilja=3"),
        ("ordning=a-o&sida=2", "/kunskapsbank/?ordning=a-o&sida=2"),
        ("ordning=senaste&ordning=ar", "/kunskapsbank/?ordning=ar"),
    ],
)
def test_every_state_has_one_address(query, address):
    assert asked(query).address() == address


def test_address_of_a_place_is_the_address_of_its_filter():
    tree = taxonomy.current()

    for place in (
        tree.viljeinriktningar[2],
        tree.fokusomraden[6],
        tree.prioriteringar[0],
    ):
        address = entry_list_address(place)
        filters = asked(address.partition("?")[2])
        assert filters.address() == address
        assert filters.count == facets.current().count(place)


def test_without_takes_one_filter_away_and_returns_to_the_first_page():
    filters = asked("vilja=1&vilja=3&typ=lank&ordning=ar&sida=2")
    (facet, option), *_ = filters.chosen_options

    rest = filters.without(facet, option)

    assert rest.address() == "/kunskapsbank/?vilja=3&typ=lank&ordning=ar"
    assert filters.cleared().address() == "/kunskapsbank/?ordning=ar"


def test_prioriteringar_are_offered_for_the_fokusomraden_in_question():
    def numbers(query):
        choices = asked(query).prioritering_choices()
        return [choice.option.place.number for choice in choices]

    assert numbers("vilja=3") == []
    assert numbers("fokus=4.3.1") == ["4.3.1 a", "4.3.1 b", "4.3.1 c", "4.3.1 d"]
    assert numbers("prio=2016-4-3-1-b") == numbers("fokus=4.3.1")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", 1),
        ("2", 2),
        ("0", 1),
        ("-1", 1),
        ("abc", 1),
        ("1.5", 1),
        ("²", 1),
        ("٣", 1),
        ("1e3", 1),
        (" 2", 1),
        ("1" + "0" * 30, 10**5),
        ("9" * 10_000, 999_999),
    ],
)
def test_page_is_a_small_positive_number(text, page):
    query = QueryDict(mutable=True)
    query["sida"] = text

    assert EntryFilter.from_query(query, facets.current()).page == page


@pytest.mark.parametrize("name", ["dialog", "Dialog", " DIALOG ", "Bosta\u0308der"])
def test_a_tag_is_not_made_twice(name):
    assert Tag.objects.filter(key__in=["dialog", "bostäder"]).count() == 2

    form = TagForm({"name": name, "slug": "ny"})

    assert form.errors == {"name": ["Ämnet finns redan."]}


def test_a_tag_may_keep_its_own_name():
    tag = Tag.objects.get(key="dialog")

    assert TagForm({"name": "Dialog", "slug": tag.slug}, instance=tag).is_valid()
