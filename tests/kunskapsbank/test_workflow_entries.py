"""What happens to a whole contribution, its address, its people and its appeals."""

import pytest
from django_tasks_db.models import DBTaskResult

from kunskapsbank import chain, workflow
from kunskapsbank.enums import Act, DeclineReason, EntryState, Status
from kunskapsbank.exceptions import (
    AddressTaken,
    AppealUsed,
    CannotOwn,
    EntryWithdrawn,
    NoAppeal,
    NotAllowed,
    NothingPublished,
    OwnText,
    ReasonMissing,
)
from kunskapsbank.models import RESERVED_SLUGS, Actor, Entry, EventDetail, Version
from kunskapsbank.workflow import addresses
from search import generation
from tests.factories import EntryFactory, UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


# -- Hidden, withdrawn, shown again


def hide(version):
    return workflow.hide(
        version.entry, by=stories.moderator(), reason=DeclineReason.THREAT
    )


def withdraw(version):
    return workflow.withdraw(version.entry, by=version.author)


@pytest.mark.parametrize(
    ("take_away", "reason"),
    [(hide, "Olaga hot."), (withdraw, "Den som äger bidraget har tagit tillbaka det.")],
)
def test_what_is_taken_away_is_gone_at_once_and_says_why(client, take_away, reason):
    version = stories.published()
    before = generation.current()

    entry = take_away(version)

    assert entry.state_reason == reason
    assert version not in Version.objects.listed()
    assert generation.current() > before
    page = client.get(entry.get_absolute_url())
    assert page.status_code == 410
    assert reason in page.content.decode()


def test_what_is_shown_again_is_as_it_was(client):
    version = stories.published()
    hide(version)
    before = generation.current()

    entry = workflow.show_again(version.entry, by=stories.moderator())

    assert version in Version.objects.listed()
    assert (entry.state, entry.state_reason) == (EntryState.OPEN, "")
    assert generation.current() > before


def test_nobody_shows_their_own_text_again():
    version = stories.published(by=stories.moderator())
    hide(version)

    with pytest.raises(OwnText):
        workflow.show_again(version.entry, by=version.author)


def test_hiding_needs_a_reason_from_the_list():
    with pytest.raises(ReasonMissing):
        workflow.hide(stories.published().entry, by=stories.moderator(), reason="x")


def test_what_is_withdrawn_is_not_handed_in_but_can_be_written_on():
    version = stories.draft()
    workflow.withdraw(version.entry, by=version.author)

    version = workflow.save_text(
        version, by=version.author, lock=version.lock, title="Ännu en mening"
    )

    with pytest.raises(EntryWithdrawn):
        stories.hand_in(version)


# -- Owners


def test_every_owner_may_change_and_withdraw():
    version, colleague = stories.published(), stories.author()

    workflow.add_owner(version.entry, owner=colleague, by=version.author)

    assert workflow.withdraw(version.entry, by=colleague).state == EntryState.WITHDRAWN
    assert stories.acts(version.entry)[-2:] == [Act.OWNER_ADDED, Act.WITHDRAWN]


def test_drafts_go_with_what_is_handed_over_and_authorship_of_the_rest_stays():
    version, colleague = stories.published(), stories.author()
    draft = workflow.propose_change(version.entry, by=version.author)
    strangers = workflow.propose_change(version.entry, by=stories.author())

    workflow.hand_over(version.entry, to=colleague, by=version.author)

    assert list(version.entry.owners.all()) == [colleague]
    assert Version.objects.get(pk=draft.pk).author == colleague
    assert Version.objects.get(pk=strangers.pk).author == strangers.author
    assert Version.objects.get(pk=version.pk).author == version.author
    with pytest.raises(NotAllowed):
        workflow.withdraw(version.entry, by=version.author)


def told_of(version):
    """Who gets a mail about the last event."""
    event = version.entry.last_event
    tasks = DBTaskResult.objects.filter(
        task_path="kunskapsbank.notifications.send_mail"
    )
    sent = [task.args_kwargs["args"] for task in tasks]
    return {recipient for event_pk, recipient in sent if event_pk == event.pk}


def test_one_owner_gives_away_no_more_than_their_own_part():
    version, owner, friend = stories.published(), stories.author(), stories.author()
    workflow.add_owner(version.entry, owner=owner, by=version.author)
    draft = workflow.propose_change(version.entry, by=version.author)

    workflow.hand_over(version.entry, to=friend, by=owner)

    assert set(version.entry.owners.all()) == {version.author, friend}
    assert Version.objects.get(pk=draft.pk).author == version.author
    assert told_of(version) == {version.author.pk, friend.pk}


def test_moderator_gives_all_away_and_everybody_is_told():
    version, friend = stories.published(), stories.author()
    other = stories.author()
    workflow.add_owner(version.entry, owner=other, by=version.author)
    draft = workflow.propose_change(version.entry, by=version.author)

    workflow.hand_over(version.entry, to=friend, by=stories.moderator())

    assert list(version.entry.owners.all()) == [friend]
    assert Version.objects.get(pk=draft.pk).author == version.author
    assert told_of(version) == {version.author.pk, other.pk, friend.pk}


def test_nothing_is_handed_to_whoever_cannot_contribute():
    version = stories.published()

    with pytest.raises(CannotOwn):
        workflow.hand_over(version.entry, to=UserFactory(), by=version.author)


# -- Addresses


def test_first_publication_gives_the_address_and_no_later_one_changes_it():
    version = stories.published(title="Bänkar på Råå – för alla!")
    change = stories.changed(version, title="Något helt annat")
    workflow.publish(change, by=stories.moderator(), lock=change.lock)

    assert Entry.objects.get(pk=version.entry_id).slug == "bankar-pa-raa-for-alla"


@pytest.mark.parametrize("title", ["Ämne", "Vita fläckar", "!!!", "Finns redan"])
def test_an_address_that_cannot_be_had_gets_the_number(title):
    EntryFactory(slug="finns-redan")

    entry = stories.published(title=title).entry

    assert entry.slug.endswith(f"b{entry.pk}")
    assert entry.slug not in RESERVED_SLUGS


def test_an_address_taken_at_the_same_moment_gets_the_number(monkeypatch):
    EntryFactory(slug="bankar")
    monkeypatch.setattr(addresses, "_is_free", lambda slug, entry: True)

    entry = stories.published(title="Bänkar").entry

    assert entry.slug == f"bankar-b{entry.pk}"


def test_an_address_is_never_longer_than_its_column():
    entry = stories.published(title="å" * 140).entry

    assert len(entry.slug) == 90


def test_old_addresses_are_kept_and_nobody_else_gets_them():
    entry = stories.published(title="Bänkar").entry
    before = generation.current()

    entry = workflow.change_address(entry, slug="Sittplatser", by=stories.moderator())

    assert entry.slug == "sittplatser"
    assert [each.slug for each in entry.old_slugs.all()] == ["bankar"]
    assert stories.published(title="Bänkar").entry.slug != "bankar"
    assert generation.current() > before
    back = workflow.change_address(entry, slug="bankar", by=stories.moderator())
    assert [each.slug for each in back.old_slugs.all()] == ["sittplatser"]


@pytest.mark.parametrize("slug", [*RESERVED_SLUGS, "", "finns-redan"])
def test_an_address_that_is_taken_is_refused(slug):
    EntryFactory(slug="finns-redan")
    entry = stories.published(title="Bänkar").entry

    with pytest.raises(AddressTaken):
        workflow.change_address(entry, slug=slug, by=stories.moderator())

    assert Entry.objects.get(pk=entry.pk).slug == "bankar"


def test_what_was_never_published_has_no_address_to_change():
    with pytest.raises(NothingPublished):
        workflow.change_address(stories.draft().entry, slug="x", by=stories.moderator())


# -- Appeals


def test_an_appeal_that_is_granted_puts_the_text_before_whoever_granted_it():
    version = stories.at(Status.DECLINED)
    other = stories.moderator()
    workflow.appeal(version, by=version.author, message="Läs igen.")

    version = workflow.answer_appeal(
        version, by=other, granted=True, message="Jag läser."
    )

    assert version.status == Status.SUBMITTED
    assert version.claim.moderator == other
    assert stories.acts(version.entry)[-2:] == [Act.APPEALED, Act.APPEAL_GRANTED]
    assert version.appeals.get().granted is True


def test_whoever_declined_does_not_decide_again_after_an_appeal():
    first, other = stories.moderator(), stories.moderator()
    version = stories.declined(stories.submitted(), by=first)
    workflow.appeal(version, by=version.author, message="Läs igen.")
    said = {"granted": True, "message": "Jag läser."}
    version = workflow.answer_appeal(version, by=other, **said)
    workflow.release(version, by=other)

    with pytest.raises(NotAllowed, match="before the appeal"):
        stories.declined(version, by=first)
    assert stories.declined(version, by=other).status == Status.DECLINED


def test_an_appeal_that_is_denied_is_the_last_of_that_decline():
    version = stories.at(Status.DECLINED)
    workflow.appeal(version, by=version.author, message="Läs igen.")

    version = workflow.answer_appeal(
        version, by=stories.moderator(), granted=False, message="Nej."
    )

    assert version.status == Status.DECLINED
    with pytest.raises(AppealUsed):
        workflow.appeal(version, by=version.author, message="En gång till.")
    with pytest.raises(NoAppeal):
        workflow.answer_appeal(
            version, by=stories.moderator(), granted=True, message="Jo."
        )


def test_each_decline_may_be_appealed():
    version = stories.at(Status.DECLINED)
    workflow.appeal(version, by=version.author, message="Läs igen.")
    other = stories.moderator()
    version = workflow.answer_appeal(version, by=other, granted=True, message="Ja.")
    version = stories.declined(version, by=other)

    assert workflow.appeal(version, by=version.author, message="Läs.").granted is None


def test_whoever_declined_does_not_answer_the_appeal():
    moderator = stories.moderator()
    version = stories.declined(stories.submitted(), by=moderator)
    workflow.appeal(version, by=version.author, message="Läs igen.")

    with pytest.raises(NotAllowed):
        workflow.answer_appeal(version, by=moderator, granted=False, message="Nej.")


# -- What is kept of a person


def test_erasing_the_details_leaves_the_chain_whole():
    version = stories.declined(stories.submitted())
    assert stories.is_whole(version.entry)

    EventDetail.objects.filter(event__entry=version.entry).delete()

    assert chain.is_whole(version.entry.events.order_by("position"))


@pytest.mark.parametrize("field", ["actor_name", "message"])
def test_an_altered_detail_is_found_out(field):
    version = stories.declined(stories.submitted())
    detail = version.entry.last_event.detail
    setattr(detail, field, "Något annat")
    detail.save()

    assert not stories.is_whole(version.entry)


def test_a_person_can_be_forgotten_and_the_history_stands():
    version = stories.published()
    ida = version.author
    refs = {event.actor_ref for event in version.entry.events.all()}

    workflow.anonymise(ida)
    ida.delete()

    version = Version.objects.get(pk=version.pk)
    assert (version.byline, version.author, version.status) == (
        "",
        None,
        Status.PUBLISHED,
    )
    assert not EventDetail.objects.filter(actor_name="Ida Dahl").exists()
    assert Actor.objects.filter(ref__in=refs).count() == len(refs) - 1
    assert stories.is_whole(version.entry)


def test_one_person_has_one_reference_that_is_not_their_number():
    version = stories.submitted()
    workflow.take_back(version, by=version.author)

    refs = [event.actor_ref for event in version.entry.events.all()]
    assert len(set(refs)) == 1
    assert len(refs[0]) == 32
