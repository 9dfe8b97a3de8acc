"""A text is handed in once, whole, and with the right to use it (trust R1)."""

from uuid import uuid4

import pytest

from kunskapsbank import workflow
from kunskapsbank.enums import Act, PublicName, Status
from kunskapsbank.exceptions import (
    Incomplete,
    KeyUsed,
    StaleText,
)
from kunskapsbank.models import Version
from tests.factories import OrganisationFactory, UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def save(version, lock, **values):
    return workflow.save_text(version, by=version.author, lock=lock, **values)


def stored(version):
    return Version.objects.get(pk=version.pk)


@pytest.mark.trust("R1")
def test_submitting_twice_gives_one_submission_and_the_same_receipt():
    """R1"""
    key = uuid4()
    version = stories.draft()

    first = stories.hand_in(version, key=key)
    second = stories.hand_in(version, key=key)

    assert first == second
    assert second.submitted_at == first.submitted_at
    assert stories.acts(version.entry) == [Act.SUBMITTED]
    assert version.licence_grants.count() == 1


@pytest.mark.trust("R1")
def test_going_back_to_a_used_form_submits_nothing_anew():
    """R1: the moderator has asked for more meanwhile."""
    key = uuid4()
    version = stories.hand_in(stories.draft(), key=key)
    stories.returned(version)

    receipt = stories.hand_in(version, key=key)

    assert receipt.status == Status.RETURNED
    assert stories.acts(version.entry) == [Act.SUBMITTED, Act.RETURNED]


def test_a_key_submits_one_text_only():
    key, ida = uuid4(), stories.author()
    stories.hand_in(stories.draft(ida), key=key)

    with pytest.raises(KeyUsed):
        stories.hand_in(stories.draft(ida), key=key)


def test_only_the_text_that_was_checked_is_handed_in():
    version = stories.draft()
    shown = version.lock
    save(version, shown, title="Ändrad i en annan flik")

    with pytest.raises(StaleText):
        workflow.submit(
            version, by=version.author, lock=shown, key=uuid4(), grants_licence=True
        )

    assert stored(version).status == Status.DRAFT


def test_handing_in_gives_the_licence_and_keeps_the_text():
    version = stories.submitted()

    grant = version.licence_grants.get()
    snapshot = version.snapshots.get()
    assert (grant.licence, grant.granted_by) == ("CC BY 4.0", version.author)
    assert grant.lock == snapshot.lock == version.lock
    assert snapshot.text["title"] == version.title
    assert snapshot.text["prioriteringar"] == []


def test_without_the_licence_nothing_is_handed_in():
    version = stories.draft()

    with pytest.raises(Incomplete) as refusal:
        workflow.submit(
            version,
            by=version.author,
            lock=version.lock,
            key=uuid4(),
            grants_licence=False,
        )

    assert refusal.value.faults.keys() == {"grants_licence"}
    assert version.licence_grants.count() == 0


@pytest.mark.parametrize("address", ["www.example.se", "ftp://example.se/a", "x y"])
def test_an_address_must_be_one_when_it_is_handed_in(address):
    version = save(stories.draft(), 1, address=address)

    with pytest.raises(Incomplete) as refusal:
        stories.hand_in(version)

    assert refusal.value.faults.keys() == {"address"}


@pytest.mark.parametrize(
    ("choice", "byline"),
    [
        (PublicName.NAME, "Ida Dahl"),
        (PublicName.ORGANISATION, "Seniorgruppen Norr"),
        (PublicName.NONE, ""),
    ],
)
def test_the_name_shown_is_the_author_s_choice(choice, byline):
    group = OrganisationFactory(name="Seniorgruppen Norr")
    version = stories.submitted(public_name=choice, organisations=[group])

    assert version.byline == byline


def test_an_organisation_must_be_chosen_to_be_named():
    with pytest.raises(Incomplete) as refusal:
        stories.submitted(public_name=PublicName.ORGANISATION)

    assert refusal.value.faults == {
        "organisations": "Välj organisationen som ska visas"
    }


def test_whoever_changes_another_s_text_is_named_after_them():
    version = stories.published()
    other = UserFactory(contributor=True, name="Bo Ek")

    change = stories.changed(version, by=other, public_name=PublicName.NAME)

    assert change.byline == "Ida Dahl, ändrat av Bo Ek"


def test_what_is_taken_back_is_private_again():
    version = stories.submitted()

    version = workflow.take_back(version, by=version.author)

    assert (version.status, version.submitted_at) == (Status.DRAFT, None)
    assert not Version.objects.visible_to(stories.moderator()).filter(pk=version.pk)
    assert stories.acts(version.entry) == [Act.SUBMITTED, Act.TAKEN_BACK]


def test_each_text_handed_in_is_kept():
    version = stories.returned(stories.submitted(title="Först"))
    version = save(version, version.lock, title="Sedan")

    stories.hand_in(version)

    texts = [each.text["title"] for each in version.snapshots.order_by("lock")]
    assert texts == ["Först", "Sedan"]
