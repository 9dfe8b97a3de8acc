"""A decision is made once, by somebody else, on the very text that was shown (trust
R2, R3, R4, R12, R13)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kunskapsbank import workflow
from kunskapsbank.enums import Act, DeclineReason, Status
from kunskapsbank.exceptions import (
    AlreadyDecided,
    ClaimedByOther,
    EntryWithdrawn,
    Incomplete,
    InvalidTransition,
    MessageMissing,
    NothingBefore,
    OwnText,
    ReasonMissing,
    StaleBase,
    StaleDecision,
    TakenBack,
)
from kunskapsbank.models import Claim, Version
from search import generation
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db


def publish(version, by=None, **how):
    return workflow.publish(
        version, by=by or stories.moderator(), lock=version.lock, **how
    )


def rewritten(version, title="Ändrad efter att den visades"):
    """Taken back, changed and handed in again, all while somebody reads it."""
    version = workflow.take_back(version, by=version.author)
    version = workflow.save_text(
        version, by=version.author, lock=version.lock, title=title
    )
    return stories.hand_in(version)


def public(entry):
    return list(Version.objects.listed().filter(entry=entry))


# -- Publishing


def test_publishing_shows_the_text_and_keeps_the_one_before():
    first = stories.published()
    change = stories.changed(first)
    before = generation.current()

    change = publish(change)

    first.refresh_from_db()
    assert (first.status, change.replaces) == (Status.REPLACED, first)
    assert public(first.entry) == [change]
    assert generation.current() > before
    assert stories.acts(first.entry) == [
        Act.SUBMITTED, Act.PUBLISHED, Act.SUBMITTED, Act.REPLACED, Act.PUBLISHED,
    ]  # fmt: skip
    assert stories.is_whole(first.entry)


def test_the_published_text_stays_up_while_a_change_is_reviewed():
    first = stories.published()
    before = generation.current()

    stories.changed(first)

    assert public(first.entry) == [first]
    assert generation.current() == before


@pytest.mark.trust("R2")
def test_second_moderator_learns_who_published_first():
    """R2"""
    version = stories.submitted()
    shown = Version.objects.get(pk=version.pk)
    publish(version, by=UserFactory(moderator=True, name="Mo Lind"))

    with pytest.raises(AlreadyDecided) as refusal:
        publish(shown)

    assert refusal.value.user_message.startswith("Mo Lind har publicerat bidraget")
    assert stories.acts(version.entry) == [Act.SUBMITTED, Act.PUBLISHED]


@pytest.mark.trust("R3")
def test_first_of_publish_and_decline_wins():
    """R3"""
    version = stories.submitted()
    shown = Version.objects.get(pk=version.pk)
    stories.declined(version)

    with pytest.raises(AlreadyDecided) as refusal:
        publish(shown)

    assert "har avböjt bidraget" in refusal.value.user_message
    assert public(version.entry) == []
    assert Version.objects.get(pk=version.pk).status == Status.DECLINED


def test_whose_account_is_gone_is_another_moderator():
    version = stories.submitted()
    moderator = stories.moderator()
    publish(version, by=moderator)
    moderator.delete()

    with pytest.raises(AlreadyDecided) as refusal:
        publish(version)

    assert refusal.value.user_message.startswith("En annan moderator har")


@pytest.mark.trust("R4")
@pytest.mark.parametrize("decide", [publish, stories.returned, stories.declined])
def test_nobody_decides_on_a_text_they_were_not_shown(decide):
    """R4"""
    shown = stories.submitted(title="Den visade")
    rewritten(shown, title="Den nya")

    with pytest.raises(StaleDecision) as refusal:
        decide(shown)

    assert refusal.value.yours["title"] == "Den visade"
    assert refusal.value.stored["title"] == "Den nya"
    assert Version.objects.get(pk=shown.pk).status == Status.SUBMITTED


def test_handing_in_the_same_text_again_makes_no_decision_stale():
    shown = stories.submitted()
    version = workflow.take_back(shown, by=shown.author)
    stories.hand_in(version)

    assert publish(shown).status == Status.PUBLISHED


def test_what_is_taken_back_is_explained():
    version = stories.submitted()
    workflow.take_back(version, by=version.author)

    with pytest.raises(TakenBack):
        publish(version)


@pytest.mark.trust("R12")
@pytest.mark.parametrize("decide", [publish, stories.returned, stories.declined])
def test_what_is_withdrawn_meanwhile_is_explained(decide):
    """R12"""
    version = stories.submitted()
    workflow.withdraw(version.entry, by=version.author)

    with pytest.raises(EntryWithdrawn) as refusal:
        decide(version)

    assert "återtaget" in refusal.value.user_message
    assert version not in Version.objects.queue()


def test_a_change_to_a_text_that_has_changed_since_must_be_compared_anew():
    first = stories.published()
    mine = stories.changed(first)
    other = publish(stories.changed(first, by=stories.author(), place="Råå"))

    with pytest.raises(StaleBase):
        publish(mine)

    assert public(first.entry) == [other]
    assert publish(mine, over=other).status == Status.PUBLISHED


# -- Edit and publish


def test_moderator_s_correction_is_a_step_of_its_own_and_loses_no_text():
    version = stories.submitted(title="Bänkar vid stranden, ring Ida 070")
    moderator = stories.moderator()

    version = workflow.edit_and_publish(
        version, by=moderator, lock=version.lock, title="Bänkar vid stranden"
    )

    texts = [each.text["title"] for each in version.snapshots.order_by("lock")]
    assert texts == ["Bänkar vid stranden, ring Ida 070", "Bänkar vid stranden"]
    assert (version.edited_by, version.author.name) == (moderator, "Ida Dahl")
    assert [each.title for each in public(version.entry)] == ["Bänkar vid stranden"]
    assert stories.acts(version.entry) == [
        Act.SUBMITTED,
        Act.EDITED_BY_MODERATOR,
        Act.PUBLISHED,
    ]


def test_correction_that_makes_the_text_incomplete_changes_nothing():
    version = stories.submitted()

    with pytest.raises(Incomplete):
        workflow.edit_and_publish(
            version, by=stories.moderator(), lock=version.lock, title=""
        )

    stored = Version.objects.get(pk=version.pk)
    assert (stored.status, stored.title) == (Status.SUBMITTED, version.title)
    assert stories.acts(version.entry) == [Act.SUBMITTED]
    assert version.snapshots.count() == 1


def test_whoever_wrote_some_of_a_text_never_decides_on_it():
    """Handing a draft over does not make it another's text."""
    moderator, friend = stories.moderator(), stories.author()
    version = stories.draft(by=moderator)
    workflow.hand_over(version.entry, to=friend, by=moderator)
    version.refresh_from_db()
    version = stories.hand_in(version, by=friend)

    with pytest.raises(OwnText):
        publish(version, by=moderator)


# -- Saying no, and asking for more


def test_a_decline_has_a_reason_and_a_message_that_only_the_detail_holds():
    version = stories.declined(stories.submitted(), reason=DeclineReason.PERSONAL_DATA)

    event = version.entry.last_event
    assert event.reason == DeclineReason.PERSONAL_DATA
    assert event.detail.message == "Berätta gärna mer."
    assert event.detail.actor_name == "Mo Lind"
    assert "Mo Lind" not in str(vars(event))


@pytest.mark.parametrize("message", ["", "  \n", "\x00"])
@pytest.mark.parametrize("decision", ["return_to_author", "decline"])
def test_whoever_says_no_says_why(decision, message):
    version = stories.submitted()
    how = {"reason": "other"} if decision == "decline" else {}

    with pytest.raises(MessageMissing):
        getattr(workflow, decision)(
            version, by=stories.moderator(), lock=version.lock, message=message, **how
        )

    assert Version.objects.get(pk=version.pk).status == Status.SUBMITTED


def test_a_decline_needs_a_reason_from_the_list():
    with pytest.raises(ReasonMissing):
        stories.declined(stories.submitted(), reason="")


def test_returned_text_comes_back_at_the_end_of_the_queue():
    version, other = stories.submitted(), stories.submitted()
    version = stories.returned(version)

    version = stories.hand_in(version)

    assert list(Version.objects.queue()) == [other, version]
    assert (version.decided_at, version.decided_by) == (None, None)
    assert stories.acts(version.entry)[-1] == Act.RESUBMITTED


# -- Claims


def test_what_somebody_has_claimed_is_theirs_for_half_an_hour():
    version, first = stories.submitted(), stories.moderator()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        workflow.claim(version, by=first)
        clock.shift(timedelta(minutes=29, seconds=59))
        with pytest.raises(ClaimedByOther):
            workflow.claim(version, by=stories.moderator())
        with pytest.raises(ClaimedByOther):
            publish(version)
        clock.shift(timedelta(seconds=1))

        assert publish(version).status == Status.PUBLISHED
    assert Claim.objects.count() == 0


def test_a_claim_can_be_prolonged_and_let_go_by_whoever_has_it():
    version, first, second = (
        stories.submitted(),
        stories.moderator(),
        stories.moderator(),
    )
    until = workflow.claim(version, by=first).until

    assert workflow.claim(version, by=first).until > until
    workflow.release(version, by=second)
    assert Claim.objects.get().moderator == first
    workflow.release(version, by=first)
    assert workflow.claim(version, by=second).moderator == second


def test_a_claim_ends_when_the_text_is_taken_back():
    version = stories.submitted()
    workflow.claim(version, by=stories.moderator())

    workflow.take_back(version, by=version.author)

    assert Claim.objects.count() == 0


# -- Several at once


@pytest.mark.trust("R13")
def test_of_several_decisions_each_is_made_or_explained():
    """R13"""
    moderator = stories.moderator()
    good, own = stories.submitted(), stories.submitted(by=moderator)
    changed, last = stories.submitted(), stories.submitted()
    shown = [(each, each.lock) for each in (good, own, changed, last)]
    rewritten(changed)

    outcomes = workflow.decide_each(
        shown,
        workflow.decline,
        by=moderator,
        reason=DeclineReason.DUPLICATE,
        message="Det finns redan.",
    )

    assert [type(outcome.error) for outcome in outcomes] == [
        type(None),
        OwnText,
        StaleDecision,
        type(None),
    ]
    assert [
        Version.objects.get(pk=outcome.version.pk).status for outcome in outcomes
    ] == [Status.DECLINED, Status.SUBMITTED, Status.SUBMITTED, Status.DECLINED]
    assert all(stories.is_whole(each.entry) for each, _ in shown)
    assert stories.acts(good.entry)[-1] == stories.acts(last.entry)[-1] == Act.DECLINED


# -- Going back


def test_undoing_a_publication_brings_back_the_text_before():
    first = stories.published()
    second = publish(stories.changed(first))
    before = generation.current()

    shown = workflow.undo_publication(second, by=stories.moderator(), message="Fel.")

    assert shown == first
    assert public(first.entry) == [first]
    assert generation.current() > before
    assert stories.acts(first.entry)[-2:] == [Act.PUBLICATION_UNDONE, Act.RESTORED]
    assert stories.is_whole(first.entry)


def test_undoing_never_brings_back_what_was_undone_or_suppressed():
    first = stories.published()
    second = publish(stories.changed(first, title="Två"))
    workflow.undo_publication(second, by=stories.moderator(), message="Fel.")
    third = publish(stories.changed(first, title="Tre"))
    fourth = publish(stories.changed(first, title="Fyra"))
    workflow.suppress(third, by=stories.moderator(), message="Namn på ett barn.")

    shown = workflow.undo_publication(fourth, by=stories.moderator(), message="Fel.")

    assert shown == first
    with pytest.raises(NothingBefore):
        workflow.undo_publication(first, by=stories.moderator(), message="Fel.")


def test_a_suppressed_version_leaves_the_public_history_and_stays_stored():
    first = stories.published()
    publish(stories.changed(first))
    before = generation.current()

    workflow.suppress(first, by=stories.moderator(), message="Namn på ett barn.")

    assert first not in Version.objects.public()
    assert first in Version.objects.visible_to(stories.moderator())
    assert generation.current() > before
    assert stories.acts(first.entry)[-1] == Act.SUPPRESSED
    with pytest.raises(InvalidTransition):
        workflow.suppress(first, by=stories.moderator(), message="Igen.")
