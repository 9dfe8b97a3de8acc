"""A made-up edition after the current one, for tests alone."""

from datetime import date

from programme import taxonomy
from programme.enums import LineageKind
from programme.models import Edition, Lineage, Prioritering
from tests.factories import UserFactory
from uppfoljning.workflow.edition_drafts import draft_edition
from uppfoljning.workflow.editions import confirm_lineage, put_in_force

REWORDED = "Göra det påhittade i provutgåvan."


def owner():
    return UserFactory(document_owner=True)


def drafted(by):
    return draft_edition(
        by=by, slug="2027", title="Provutgåvan", period_start=2027, period_end=2034
    )


def decided(edition):
    """With what the decision says; the text is as in the edition before."""
    edition.decided_on, edition.diary_numbers = date(2027, 1, 26), "PROV 1/2027"
    edition.save()
    return edition


def confirm_all(edition, by):
    return confirm_lineage(
        edition, edition.lineages.values_list("pk", flat=True), by=by
    )


def in_force(by=None):
    by = by or owner()
    edition = decided(drafted(by))
    confirm_all(edition, by)
    return put_in_force(edition, by=by)


def changed_in_force(by=None):
    """4.2.1 a is reworded, 4.2.1 b and c are merged, 4.2.2 a is dropped."""
    by = by or owner()
    edition = decided(drafted(by))
    reword(edition, "2027-4-2-1-a")
    merge(edition, "2016-4-2-1-c", into="2027-4-2-1-b")
    drop(edition, "2016-4-2-2-a")
    confirm_all(edition, by)
    return put_in_force(edition, by=by)


def reword(edition, slug):
    prioritering = Prioritering.objects.get(slug=slug)
    prioritering.text = REWORDED
    prioritering.save()
    came_from(slug).update(kind=LineageKind.REWORDED)


def merge(edition, slug, *, into):
    kept = Prioritering.objects.get(slug=into)
    lost = Prioritering.objects.get(came_from__from_prioritering__slug=slug)
    came_from(into).update(kind=LineageKind.MERGED)
    came_from(lost.slug).update(kind=LineageKind.MERGED, to_prioritering=kept)
    lost.delete()


def drop(edition, slug):
    lost = Prioritering.objects.get(came_from__from_prioritering__slug=slug)
    came_from(lost.slug).update(kind=LineageKind.DROPPED, to_prioritering=None)
    lost.delete()


def came_from(slug):
    return Lineage.objects.filter(to_prioritering__slug=slug)


def first():
    return Edition.objects.get(slug="2016")


def tree():
    return taxonomy.current()
