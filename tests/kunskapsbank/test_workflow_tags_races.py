"""Who changes a subject at the same moment as others, or while it is written."""

import pytest

from kunskapsbank import workflow
from kunskapsbank.models import Tag, TagAlias, TagEvent, Version, tag_key
from tests.kunskapsbank import stories
from tests.kunskapsbank.test_workflow_tags import facets_of, named, names, tagged
from tests.racing import HAS_ROW_LOCKS, ROUNDS, committed, race, winners

pytestmark = pytest.mark.django_db


def cleaned_after(check):
    """Run a check and take away the subjects it made."""
    there = set(Tag.objects.values_list("pk", flat=True))
    try:
        check()
    finally:
        Tag.objects.exclude(pk__in=there).delete()
        TagEvent.objects.all().delete()


def check_two_merge_each_other():
    first, other = named("kallbadhus"), named("simhall")
    version = tagged(first, other)
    one, two = stories.moderator(), stories.moderator()

    outcomes = race(
        lambda: workflow.merge_tags(first, into=other, by=one),
        lambda: workflow.merge_tags(other, into=first, by=two),
    )

    assert len(winners(outcomes)) == 1, outcomes
    assert [tag.pk for tag in version.tags.all()] == [winners(outcomes)[0].pk]
    assert TagAlias.objects.filter(tag=winners(outcomes)[0]).count() == 1


def check_published_while_its_subject_is_merged():
    first, other = named("kallbadhus"), named("simhall")
    version = stories.submitted(tags=[first])
    one, two = stories.moderator(), stories.moderator()

    outcomes = race(
        lambda: workflow.publish(version, by=one, lock=version.lock),
        lambda: workflow.merge_tags(first, into=other, by=two),
    )

    assert len(winners(outcomes)) == 2, outcomes
    assert "amne:simhall" in facets_of(version.entry_id)
    assert "amne:kallbadhus" not in facets_of(version.entry_id)


def check_written_while_it_is_merged():
    first, other = named("kallbadhus"), named("simhall")
    draft, moderator = stories.draft(), stories.moderator()

    outcomes = race(
        lambda: workflow.save_text(
            draft,
            by=draft.author,
            lock=draft.lock,
            tags=workflow.tags_named(["kallbadhus", "simhall"]),
        ),
        lambda: workflow.merge_tags(first, into=other, by=moderator),
    )

    assert len(winners(outcomes)) == 2, outcomes
    assert names(Version.objects.get(pk=draft.pk)) == ["simhall"]


def check_two_rename_to_the_same():
    first, other = named("kallbadhus"), named("simhall")
    one, two = stories.moderator(), stories.moderator()

    outcomes = race(
        lambda: workflow.rename_tag(first, by=one, name="badhus", shown="kallbadhus"),
        lambda: workflow.rename_tag(other, by=two, name="Badhus", shown="simhall"),
    )

    assert len(winners(outcomes)) == 1, outcomes
    assert Tag.objects.filter(key=tag_key("badhus")).count() == 1


if HAS_ROW_LOCKS:

    @pytest.mark.parametrize("time", ROUNDS)
    @pytest.mark.parametrize(
        "check",
        [
            check_two_merge_each_other,
            check_published_while_its_subject_is_merged,
            check_written_while_it_is_merged,
            check_two_rename_to_the_same,
        ],
    )
    def test_at_the_same_moment(check, time):
        committed(cleaned_after, check)
