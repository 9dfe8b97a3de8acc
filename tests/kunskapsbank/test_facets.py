from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kunskapsbank import facets
from kunskapsbank.enums import EntryState, Kind, OrganisationKind
from kunskapsbank.models import Organisation, Tag, TaggedVersion, Version
from programme import taxonomy
from search import generation
from tests.factories import TagFactory, VersionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return taxonomy.current()


def listed_under(**place):
    return Version.objects.listed().filter(**place).distinct().count()


def test_counts_are_those_of_the_database(tree):
    spread = facets.current()

    for each in tree.viljeinriktningar:
        expected = listed_under(prioriteringar__fokusomrade__viljeinriktning=each)
        assert spread.count(each) == expected
    for each in tree.fokusomraden:
        assert spread.count(each) == listed_under(prioriteringar__fokusomrade=each)
    for each in tree.prioriteringar:
        assert spread.count(each) == listed_under(prioriteringar=each)
    for kind in Kind:
        places = spread.any_of([("typ", kind.value)])
        assert places.bit_count() == listed_under(kind=kind)


def test_counts_of_what_contributions_are_tied_to_are_those_of_the_database():
    spread = facets.current()

    for tag in Tag.objects.all():
        assert spread.number(("amne", tag.pk)) == listed_under(tags=tag)
    for each in Organisation.objects.all():
        assert spread.number(("org", each.pk)) == listed_under(organisations=each)
    for kind in OrganisationKind:
        expected = listed_under(organisations__kind=kind)
        assert spread.number(("orgtyp", kind.value)) == expected
    for year in range(1970, 2030):
        assert spread.number(("period", year)) == listed_under(period_start=year)


def test_what_few_have_is_counted_and_combined_as_what_many_have(many_entries):
    tag, other = TagFactory(), TagFactory()
    some = many_entries[::100]
    TaggedVersion.objects.bulk_create(
        TaggedVersion(tag=tag, content_object=version) for version in some[:2]
    )
    TaggedVersion.objects.bulk_create(
        TaggedVersion(tag=other, content_object=version) for version in many_entries[:9]
    )
    generation.touch()
    spread = facets.current()
    few, several = ("amne", tag.pk), ("amne", other.pk)

    assert [type(spread.held[each]) for each in (few, several)] == [array, int]
    assert spread.number(few) == 2
    assert spread.any_of([few]).bit_count() == 2
    within = spread.any_of([several])
    assert [*spread.numbers([few, several], within)] == [1, 9]
    assert spread.versions_at(spread.any_of([few]) & within) == [some[0].pk]


@given(st.sets(st.integers(0, 3000)))
def test_bits_are_the_places_they_were_made_of(places):
    assert facets.range_of(facets.bits(places)) == sorted(places)


def test_what_is_not_listed_is_not_counted(tree):
    prioritering = tree.prioriteringar[0]
    before = facets.current().count(prioritering)
    VersionFactory(prioriteringar=[prioritering], status="submitted")
    hidden = VersionFactory(prioriteringar=[prioritering])
    hidden.entry.state = EntryState.HIDDEN
    hidden.entry.save()
    VersionFactory(prioriteringar=[prioritering], is_suppressed=True)
    generation.touch()

    assert facets.current().count(prioritering) == before


def test_a_new_contribution_is_counted_at_once(tree):
    prioritering = tree.prioriteringar[0]
    before = facets.current().count(prioritering)
    VersionFactory(prioriteringar=[prioritering])
    generation.touch()

    assert facets.current().count(prioritering) == before + 1


def test_nothing_is_read_again_while_nothing_changes(django_assert_num_queries):
    facets.current()

    with django_assert_num_queries(1):  # the generation
        facets.current()


def test_newest_are_in_the_order_of_the_list(tree):
    strand = tree.viljeinriktningar[0]
    listed = Version.objects.listed().newest_first()
    newest = facets.current().newest(strand, 3)

    own = [p.pk for f in strand.fokusomraden.all() for p in f.prioriteringar.all()]
    expected = listed.tagged_to(own).values_list("pk", flat=True)[:3]
    assert newest == list(expected)


def test_viljeinriktningar_start_with_the_one_with_most_prioriteringar(tree):
    first, second = tree.viljeinriktningar[:2]
    of_first = list(first.fokusomraden.all()[0].prioriteringar.all())
    of_second = list(second.fokusomraden.all()[0].prioriteringar.all())
    version = VersionFactory(prioriteringar=[of_first[0], *of_second[:2]])
    generation.touch()

    assert facets.current().viljeinriktningar(version.pk) == [second, first]


def test_related_share_most_first(tree):
    prioriteringar = tree.prioriteringar[:2]
    Version.objects.all().update(is_suppressed=True)
    tag = TagFactory()
    alone = VersionFactory()
    by_tag = VersionFactory(tags=[tag])
    by_both = VersionFactory(prioriteringar=prioriteringar[:1], tags=[tag])
    by_one = VersionFactory(prioriteringar=prioriteringar[:1])
    by_two = VersionFactory(prioriteringar=prioriteringar)
    version = VersionFactory(prioriteringar=prioriteringar, tags=[tag])
    generation.touch()

    related = facets.current().related(version.pk, [tag.pk], 4)

    assert related == [by_two.pk, by_both.pk, by_one.pk, by_tag.pk]
    assert facets.current().related(alone.pk, [], 4) == []


def test_newest_come_first_among_equally_related(tree):
    Version.objects.all().update(is_suppressed=True)
    prioriteringar = tree.prioriteringar[:1]
    older = [VersionFactory(prioriteringar=prioriteringar) for _ in range(3)]
    version = VersionFactory(prioriteringar=prioriteringar)
    newer = [VersionFactory(prioriteringar=prioriteringar) for _ in range(3)]
    generation.touch()

    related = facets.current().related(version.pk, [], 4)

    assert related == [each.pk for each in reversed([older[2], *newer])]


def test_without_content_there_is_nothing_to_count():
    Version.objects.all().update(is_suppressed=True)
    generation.touch()

    spread = facets.current()

    assert spread.versions == []
    assert spread.everything == 0
    assert spread.related(1, [1], 4) == []
