import pytest
from django.http import QueryDict

from kunskapsbank import facets
from kunskapsbank.addresses import entry_list_address
from kunskapsbank.forms import FACETS, EntryFilter, TagForm
from kunskapsbank.forms.filtering import SHOWN
from kunskapsbank.models import StoredFile, Tag, Version, VersionAttachment
from kunskapsbank.options import LONG
from programme import taxonomy
from search import generation
from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db


def asked(query):
    return EntryFilter.from_query(QueryDict(query), facets.current())


def choices(query, facet):
    """What is offered of a facet, each with its number and whether it is chosen."""
    for group in asked(query).groups():
        if group.facet == facet:
            return {
                each.option.value: (each.count, each.is_chosen)
                for each in group.choices
            }
    return {}


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
        "amne=klimat&amne=dialog",
        "org=helsingborgs-stad&orgtyp=annan",
        "orgtyp=larosate&orgtyp=kommunalt-bolag",
        "period=2019&period=2016&vilja=4",
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
    keys |= {("amne", tag.pk) for tag in version.tags.all()}
    for organisation in version.organisations.all():
        keys |= {("org", organisation.pk), ("orgtyp", organisation.kind)}
    return keys | {("period", version.period_start)}


@pytest.mark.parametrize(
    "query",
    ["", "vilja=3&typ=forskning", "fokus=4.3.1&prio=2016-4-3-1-b", "amne=klimat"]
    + ["vilja=4&vilja=5&org=helsingborgs-stad&fler=amne&fler=org&fler=period"]
    + ["q=barn", "q=hälsa&vilja=2&fler=amne"],
)
def test_number_beside_a_choice_is_what_it_alone_would_give(query):
    filters = asked(query)

    for group in filters.groups():
        for choice in group.choices:
            alone = filters.only(group.facet, choice.option)
            number = alone.versions().count()
            assert (choice.count, choice.count) == (number, alone.count), choice


def test_choices_that_lead_nowhere_are_not_offered():
    offered = choices("fokus=4.3.1&prio=2016-4-3-1-a", "vilja")

    assert offered == {"3": (1, False)}


def test_a_chosen_value_can_always_be_taken_away():
    offered = choices("vilja=1&typ=lank&fokus=4.5.3", "typ")

    assert offered["lank"] == (0, True)


def test_only_the_commonest_of_many_are_offered_until_all_are_asked_for():
    few = choices("amne=avlopp", "amne")
    every = choices("amne=avlopp&fler=amne", "amne")

    counts = sorted((count for count, _ in every.values()), reverse=True)
    assert len(few) == SHOWN + 1
    assert [count for count, _ in few.values()][:SHOWN] == counts[:SHOWN]
    assert few["avlopp"] == every["avlopp"] == (1, True)
    assert len(every) == Tag.objects.count() > 100


@pytest.mark.parametrize("query", ["", "q=hälsa", "vilja=2"])
def test_address_of_more_shows_the_rest_of_that_facet(query):
    for group in asked(query).groups():
        if group.more_url:
            assert group.facet in LONG
            more = choices(group.more_url.partition("?")[2], group.facet)
            assert len(more) > SHOWN
            assert {each.option.value for each in group.choices} < more.keys()


def attach(version, scan="clean"):
    file = StoredFile.objects.create(
        hash=f"{version.pk}", stored_name=f"{version.pk}.pdf", size=1, scan=scan
    )
    VersionAttachment.objects.create(version=version, file=file, name="plan.pdf")


def test_places_and_files_can_be_asked_for():
    places = [" Rydebäck", "Rydebäck ", "rydebäck", "Råå"]
    at = [VersionFactory(place=place) for place in places]
    attach(at[0])
    attach(at[1], scan="infected")
    generation.touch()

    assert choices("", "plats") == {"rydeback": (3, False), "raa": (1, False)}
    assert choices("plats=rydeback", "fil") == {"ja": (1, False)}
    assert [*asked("plats=rydeback&fil=ja").versions()] == at[:1]
    assert asked("fil=ja").versions().count() == asked("fil=ja").count == 1
    assert set(asked("plats=rydeback").versions()) == set(at[:3])


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [(2001, 2003, {2001, 2002, 2003}), (2001, None, {2001}), (None, 2003, {2003})],
)
def test_a_contribution_is_of_every_year_that_it_spans(start, end, years):
    Version.objects.update(is_suppressed=True)
    VersionFactory(period_start=start, period_end=end)
    generation.touch()

    assert choices("", "period") == {str(year): (1, False) for year in years}
    for year in years:
        assert asked(f"period={year}").versions().count() == 1


def test_a_forbidden_subject_is_offered_nowhere():
    tag = Tag.objects.get(slug="klimat")
    Tag.objects.filter(pk=tag.pk).update(is_forbidden=True)
    generation.touch()

    assert "klimat" not in choices("fler=amne", "amne")
    assert asked("amne=klimat").address() == "/kunskapsbank/"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/kunskapsbank/"),
        ("vilja=&fokus=&ordning=senaste&sida=1", "/kunskapsbank/"),
        ("typ=lank&vilja=3&vilja=1", "/kunskapsbank/?vilja=1&vilja=3&typ=lank"),
        ("vilja=3&vilja=3&utm_source=x", "/kunskapsbank/?vilja=3"),
        ("ordning=a-o&sida=2", "/kunskapsbank/?ordning=a-o&sida=2"),
        ("ordning=senaste&ordning=ar", "/kunskapsbank/?ordning=ar"),
        ("ordning=traff", "/kunskapsbank/"),
        ("q=cykel&ordning=traff", "/kunskapsbank/?q=cykel"),
        ("ordning=senaste&q=cykel", "/kunskapsbank/?q=cykel&ordning=senaste"),
        ("q=++två%0A%00ord%E2%80%AE", "/kunskapsbank/?q=tv%C3%A5+ord"),
        (
            "fil=ja&period=2019&amne=klimat",
            "/kunskapsbank/?amne=klimat&period=2019&fil=ja",
        ),
        ("fler=org&fler=amne&fler=vilja", "/kunskapsbank/?fler=amne&fler=org"),
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


def test_deeper_places_are_offered_when_the_upper_is_chosen():
    assert choices("", "fokus") == {} == choices("vilja=3", "prio")
    assert {each[:4] for each in choices("vilja=3", "fokus")} == {"4.3."}
    of_one = choices("fokus=4.3.1", "prio")
    assert {each[:11] for each in of_one} == {"2016-4-3-1-"}
    assert {*choices("prio=2016-4-3-1-b", "prio")} == {*of_one}


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
