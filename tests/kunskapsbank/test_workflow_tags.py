"""Subjects renamed, merged, split and forbidden, and what becomes of their ties."""

import unicodedata
from importlib import import_module

import pytest
from django.apps import apps

from kunskapsbank import workflow
from kunskapsbank.enums import Kind, Status, TagAct
from kunskapsbank.exceptions import (
    NotAllowed,
    NothingChosen,
    TagForbidden,
    TagGone,
    TagRenamed,
    TagTaken,
)
from kunskapsbank.models import (
    Tag,
    TagAlias,
    TagEvent,
    TaggedVersion,
)
from kunskapsbank.workflow.tags import Part
from search import generation
from search.models import IndexedDocument
from tests.factories import UserFactory, VersionFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db
BOTH = Part(keeps_old=True, gets_new=True)
ONLY_NEW = Part(keeps_old=False, gets_new=True)
NEITHER = Part(keeps_old=False, gets_new=False)


@pytest.fixture
def by():
    return UserFactory(moderator=True)


def named(name):
    (tag,) = workflow.tags_named([name])
    return tag


def tagged(*tags, **about):
    return VersionFactory(tags=list(tags), **about)


def names(version):
    return sorted(tag.name for tag in version.tags.all())


def facets_of(entry_pk):
    return IndexedDocument.objects.get(key=f"entry:{entry_pk}").facets.split()


# -- One name, one subject


@pytest.mark.parametrize(
    "other",
    ["Äldre", "ÄLDRE", "  äldre ", unicodedata.normalize("NFD", "Äldre")],
)
def test_names_that_differ_in_letters_alone_are_one(other):
    assert named("äldre") == named(other)


def test_new_subject_has_an_address_of_plain_letters_that_no_other_has_had(by):
    tag = named("Åldrar & öden")
    assert tag.slug == "aldrar-oden"
    workflow.rename_tag(tag, by=by, name="Livsöden", shown="Åldrar & öden")

    assert named("Åldrar öden").slug == "aldrar-oden-2"


def test_addresses_that_had_other_letters_are_made_plain():
    migration = import_module("kunskapsbank.migrations.0025_plain_tag_addresses")
    plain, first, second = (
        Tag.objects.create(name=name, key=name, slug=slug)
        for name, slug in [("åar", "aar"), ("åar!", "åar"), ("!?", "ö")]
    )

    migration.make_plain(apps, None)

    slugs = [Tag.objects.get(pk=tag.pk).slug for tag in (plain, first, second)]
    assert slugs == ["aar", "aar-2", "amne"]


# -- Rename


def test_renamed_subject_is_found_by_both_names(by):
    tag = named("cykla")

    workflow.rename_tag(tag, by=by, name="Cykling", shown="cykla")

    tag.refresh_from_db()
    assert (tag.name, tag.key, tag.slug) == ("Cykling", "cykling", "cykling")
    assert named("CYKLA") == named("cykling") == tag
    assert TagAlias.objects.get(tag=tag).slug == "cykla"


def test_new_capitals_are_no_new_name(by):
    tag = named("äldre")

    workflow.rename_tag(tag, by=by, name="Äldre", shown="äldre")

    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Äldre", "aldre")
    assert not tag.aliases.exists()


def test_renamed_back_it_has_its_first_address_again(by):
    tag = named("cykla")

    for shown, name in (("cykla", "Cykling"), ("Cykling", "cykla")):
        workflow.rename_tag(tag, by=by, name=name, shown=shown)

    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("cykla", "cykla")
    assert [(a.key, a.slug) for a in tag.aliases.all()] == [("cykling", "cykling")]


def test_name_with_the_same_address_keeps_it(by):
    tag = named("barn & unga")

    workflow.rename_tag(tag, by=by, name="barn unga", shown="barn & unga")

    tag.refresh_from_db()
    assert tag.slug == "barn-unga"
    assert named("barn & unga") == tag


@pytest.mark.parametrize("taken", ["bäckar", "BÄCKAR", "havsvik"])
def test_name_of_another_is_refused(by, taken):
    tag, other = named("sjö"), named("havsvik")
    workflow.rename_tag(other, by=by, name="bäckar", shown="havsvik")

    with pytest.raises(TagTaken):
        workflow.rename_tag(tag, by=by, name=taken, shown="sjö")

    tag.refresh_from_db()
    assert tag.name == "sjö"


def test_stale_rename_is_told(by):
    tag = named("sjö")
    workflow.rename_tag(tag, by=by, name="sjöar", shown="sjö")

    with pytest.raises(TagRenamed, match=str(tag.pk)):
        workflow.rename_tag(tag, by=by, name="insjö", shown="sjö")


def test_renaming_twice_is_renaming_once(by):
    tag = named("sjö")

    for _ in range(2):
        workflow.rename_tag(tag, by=by, name="sjöar", shown="sjö")

    assert TagEvent.objects.count() == 1


# -- Merge


def test_merged_subject_leads_to_the_other_with_all_it_was_called(by):
    first, other = named("cykla"), named("cykel")
    workflow.rename_tag(first, by=by, name="cykling", shown="cykla")
    one, both = tagged(first), tagged(first, other)
    earlier = tagged(first, status=Status.REPLACED)

    workflow.merge_tags(first, into=other, by=by)

    assert not Tag.objects.filter(pk=first.pk).exists()
    assert {each.slug for each in other.aliases.all()} == {"cykla", "cykling"}
    assert named("cykla") == named("Cykling") == other
    assert [names(each) for each in (one, both, earlier)] == [["cykel"]] * 3
    assert TaggedVersion.objects.filter(content_object=both).count() == 1


def test_merging_makes_the_index_what_it_then_is(by):
    first, other = named("cykla"), named("cykel")
    version = tagged(first)

    before = generation.current()
    workflow.merge_tags(first, into=other, by=by)

    assert "amne:cykel" in facets_of(version.entry_id)
    assert generation.current() > before


def test_merging_twice_and_back_is_told(by):
    first, other = named("cykla"), named("cykel")
    workflow.merge_tags(first, into=other, by=by)

    with pytest.raises(TagGone):
        workflow.merge_tags(first, into=other, by=by)
    with pytest.raises(TagGone):
        workflow.merge_tags(other, into=first, by=by)
    with pytest.raises(NothingChosen):
        workflow.merge_tags(other, into=other, by=by)


def test_nothing_is_merged_into_a_forbidden_one(by):
    first, other = named("cykla"), named("cykel")
    workflow.forbid_tag(other, by=by)

    with pytest.raises(TagForbidden):
        workflow.merge_tags(first, into=other, by=by)

    assert Tag.objects.filter(pk=first.pk).exists()


def test_draft_that_is_open_gets_what_a_merged_subject_became(by):
    draft = stories.draft(kind=Kind.LINK)
    first, other = named("cykla"), named("cykel")
    shown = [first]
    workflow.merge_tags(first, into=other, by=by)

    workflow.save_text(draft, by=draft.author, lock=draft.lock, tags=shown)

    assert names(draft) == ["cykel"]


# -- Split


def test_split_gives_each_contribution_what_was_chosen(by):
    tag = named("bäckar")
    moved, both, kept = tagged(tag), tagged(tag), tagged(tag)
    parts = {moved.entry_id: ONLY_NEW, both.entry_id: BOTH}

    other = workflow.split_tag(tag, by=by, name="havsvik", parts=parts)

    assert names(moved) == ["havsvik"]
    assert names(both) == ["bäckar", "havsvik"]
    assert names(kept) == ["bäckar"]
    assert f"amne:{other.slug}" in facets_of(moved.entry_id)
    assert "amne:backar" not in facets_of(moved.entry_id)


def test_split_may_give_a_subject_that_is_there(by):
    tag, there = named("bäckar"), named("havsvik")
    version = tagged(tag)

    parts = {version.entry_id: BOTH}

    assert workflow.split_tag(tag, by=by, name="HAVSVIK", parts=parts) == there


@pytest.mark.parametrize("parts", [{}, {1: NEITHER}, {1: Part(True, False)}])
def test_split_of_nothing_is_refused_and_makes_no_subject(by, parts):
    with pytest.raises(NothingChosen):
        workflow.split_tag(named("bäckar"), by=by, name="havsvik", parts=parts)

    assert not Tag.objects.filter(key="havsvik").exists()


def test_split_into_itself_is_refused(by):
    tag = named("bäckar")
    version = tagged(tag)

    with pytest.raises(TagTaken):
        workflow.split_tag(tag, by=by, name="Bäckar", parts={version.entry_id: BOTH})

    assert names(version) == ["bäckar"]


# -- Forbid


def test_forbidden_subject_is_shown_nowhere_and_comes_back(by, client):
    tag = named("ett fult ord")
    version = tagged(tag)
    address = version.get_absolute_url()
    assert "ett fult ord" in client.get(address).content.decode()

    workflow.forbid_tag(tag, by=by)

    assert "ett fult ord" not in client.get(address).content.decode()
    assert f"amne:{tag.slug}" not in facets_of(version.entry_id)
    workflow.allow_tag(tag, by=by)
    assert "ett fult ord" in client.get(address).content.decode()
    assert f"amne:{tag.slug}" in facets_of(version.entry_id)


def test_forbidding_twice_is_forbidding_once(by):
    tag = named("cykla")

    for _ in range(2):
        workflow.forbid_tag(tag, by=by)

    assert TagEvent.objects.filter(act=TagAct.FORBIDDEN).count() == 1


def test_forbidden_subject_cannot_be_named_by_any_of_its_names(by):
    tag = named("cykla")
    workflow.rename_tag(tag, by=by, name="cykling", shown="cykla")
    workflow.forbid_tag(tag, by=by)

    for name in ("Cykling", "cykla"):
        with pytest.raises(TagForbidden):
            workflow.tags_named(["bäckar", name])


def test_a_change_keeps_what_is_forbidden_until_it_is_allowed(by):
    tag = named("cykla")
    first = stories.published(tags=[tag])
    workflow.forbid_tag(tag, by=by)

    change = stories.changed(first, tags=workflow.tags_named(["bäckar"]))

    assert names(change) == ["bäckar", "cykla"]


def test_a_copy_leaves_what_is_forbidden(by):
    tag = named("cykla")
    first = stories.published(tags=[tag])
    workflow.forbid_tag(tag, by=by)

    copy = workflow.duplicate(first, by=first.author)

    assert names(copy) == []


# -- Who, and what is kept of it


def test_only_moderators_may():
    other = UserFactory(contributor=True)
    tag, into = named("cykla"), named("cykel")
    version = tagged(tag)

    for act in (
        lambda: workflow.rename_tag(tag, by=other, name="x", shown="cykla"),
        lambda: workflow.merge_tags(tag, into=into, by=other),
        lambda: workflow.split_tag(
            tag, by=other, name="x", parts={version.entry_id: BOTH}
        ),
        lambda: workflow.forbid_tag(tag, by=other),
        lambda: workflow.allow_tag(tag, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not Tag.objects.filter(key="x").exists()
    assert not TagEvent.objects.exists()


def test_each_act_is_noted_and_forgets_the_person_with_the_account(by):
    tag, other = named("cykla"), named("cykel")
    workflow.rename_tag(tag, by=by, name="cykling", shown="cykla")
    workflow.merge_tags(tag, into=other, by=by)

    by.delete()

    told = TagEvent.objects.order_by("pk").values_list("act", "name", "other", "actor")
    assert list(told) == [
        ("renamed", "cykla", "cykling", None),
        ("merged", "cykling", "cykel", None),
    ]
