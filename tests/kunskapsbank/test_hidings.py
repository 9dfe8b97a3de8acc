"""What a moderator hides at once is looked at again by another, and an owner may object
once: the acts, the queue and the mails."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.utils import timezone

from kunskapsbank import workflow
from kunskapsbank.digests import waiting_for
from kunskapsbank.enums import Act, DeclineReason, EntryState, MailChoice
from kunskapsbank.exceptions import (
    HidingReviewed,
    MessageMissing,
    NotAllowed,
    ObjectionUsed,
    OwnHiding,
    OwnText,
)
from kunskapsbank.models import Hiding
from kunskapsbank.review_queue import gathered, how_many
from tests import mail_server
from tests.factories import UserFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db
WHY = {"message": "Texten hotar en granne."}
NOT_SO = {"message": "Det är ett citat ur en dom."}


@pytest.fixture
def hider():
    return UserFactory(moderator=True, name="Vera Ek")


@pytest.fixture
def moderator():
    return UserFactory(moderator=True, name="Kim Ström")


@pytest.fixture
def hidden(hider):
    version = stories.published(title="Bänkar")
    workflow.hide(
        version.entry, by=hider, reason=DeclineReason.THREAT, message="Se rad två."
    )
    version.entry.refresh_from_db()
    return version


def page(version):
    return f"/granska/bidrag/{version.entry_id}/omprova/"


def objection(version):
    return f"/mina-bidrag/{version.pk}/omprova-doljandet/"


def item(user):
    (found,) = gathered(user)
    return found


def uphold(version, by):
    return workflow.uphold_hiding(version.entry, by=by, **WHY)


def object_to(version, by=None):
    return workflow.object_to_hiding(version.entry, by=by or version.author, **NOT_SO)


# -- The acts


def test_upholding_leaves_it_hidden_with_one_event_and_its_reason(hidden, moderator):
    before = stories.acts(hidden.entry)

    entry = uphold(hidden, moderator)

    assert entry.state == EntryState.HIDDEN
    assert entry.state_reason == "Olaga hot."
    assert stories.acts(entry) == [*before, Act.HIDING_UPHELD]
    assert entry.last_event.detail.message == WHY["message"]
    assert entry.last_event.reason == DeclineReason.THREAT
    assert stories.is_whole(entry)


@pytest.mark.parametrize(
    ("who", "refusal"), [("hider", OwnHiding), ("owner", OwnText), ("author", OwnText)]
)
def test_four_eyes(hider, moderator, who, refusal):
    author = UserFactory(moderator=True, name="Bo Ask")
    version = stories.published(author)
    version.entry.owners.set([moderator])
    workflow.hide(version.entry, by=hider, reason=DeclineReason.OTHER)
    by = {"hider": hider, "owner": moderator, "author": author}[who]

    with pytest.raises(refusal) as refused:
        uphold(version, by)

    assert "annan moderator" in refused.value.user_message
    assert stories.acts(version.entry)[-1] == Act.HIDDEN


def test_upholding_needs_reasons_and_is_done_once(hidden, moderator):
    with pytest.raises(MessageMissing):
        workflow.uphold_hiding(hidden.entry, by=moderator, message=" ")
    uphold(hidden, moderator)

    with pytest.raises(HidingReviewed):
        uphold(hidden, stories.moderator())

    assert stories.acts(hidden.entry).count(Act.HIDING_UPHELD) == 1


def test_an_owner_objects_once_for_each_time_it_is_hidden(hidden, moderator):
    with pytest.raises(MessageMissing):
        workflow.object_to_hiding(hidden.entry, by=hidden.author, message="")
    object_to(hidden)
    with pytest.raises(ObjectionUsed):
        object_to(hidden)
    uphold(hidden, moderator)
    with pytest.raises(ObjectionUsed):
        object_to(hidden)

    workflow.show_again(hidden.entry, by=moderator)
    workflow.hide(hidden.entry, by=moderator, reason=DeclineReason.OTHER)
    object_to(hidden)

    assert stories.acts(hidden.entry).count(Act.HIDING_OBJECTED) == 2


def test_who_wrote_but_does_not_own_does_not_object(hidden):
    hidden.entry.owners.clear()

    with pytest.raises(NotAllowed):
        object_to(hidden)


# -- The queue


def test_it_waits_until_somebody_has_looked(hidden, moderator):
    assert item(moderator).kind.label == "Dolt bidrag"
    assert item(moderator).url == page(hidden)
    assert how_many(moderator) == 1

    uphold(hidden, moderator)

    assert (gathered(moderator), how_many(moderator)) == ([], 0)


def test_it_no_longer_waits_when_shown_or_withdrawn_after(hidden, moderator):
    workflow.show_again(hidden.entry, by=moderator)
    assert (gathered(moderator), how_many(moderator)) == ([], 0)

    workflow.withdraw(hidden.entry, by=hidden.author)
    assert (gathered(moderator), how_many(moderator)) == ([], 0)


def test_an_objection_puts_it_back_with_the_owner_s_words(hidden, moderator):
    uphold(hidden, moderator)
    object_to(hidden)

    assert item(moderator).said == NOT_SO["message"]
    assert item(moderator).since == Hiding.objects.get().objected_at
    assert how_many(moderator) == 1


def test_an_objection_does_not_make_the_wait_shorter(hidden, moderator):
    since = item(moderator).since

    object_to(hidden)

    assert item(moderator).since == since


def test_words_about_an_earlier_hiding_are_not_shown_again(hidden, moderator):
    object_to(hidden)
    workflow.show_again(hidden.entry, by=moderator)
    workflow.hide(hidden.entry, by=moderator, reason=DeclineReason.OTHER)

    assert item(stories.moderator()).said == ""


def test_the_oldest_comes_first_with_its_alarm(hider, moderator, settings):
    stories.submitted(title="Ny")
    days = timedelta(days=3 * settings.REVIEW_ALARM_DAYS)
    with time_machine.travel(timezone.now() - days, tick=False):
        version = stories.published(title="Dold")
        workflow.hide(version.entry, by=hider, reason=DeclineReason.OTHER)

    first, second = gathered(moderator)

    assert (first.title, second.title) == ("Dold", "Ny")
    assert first.waiting_days == days.days
    assert first.is_late


def test_who_hid_it_and_who_owns_it_are_told_that_another_decides(hidden, hider):
    owner = UserFactory(moderator=True)
    hidden.entry.owners.add(owner)

    assert item(hider).is_closed_to == "Du dolde bidraget, någon annan omprövar det."
    assert item(owner).is_closed_to == "Ditt eget bidrag, någon annan beslutar."
    assert (waiting_for(hider), waiting_for(owner)) == ([], [])


def test_a_draft_taken_back_while_hidden_is_read_by_nobody(hider):
    version = stories.submitted()
    workflow.hide(version.entry, by=hider, reason=DeclineReason.OTHER)
    workflow.take_back(version, by=version.author)

    assert gathered(stories.moderator()) == []
    assert how_many(stories.moderator()) == 0


def test_what_was_hidden_before_waits_too(hidden, hider):
    Hiding.objects.all().delete()
    migration = import_module("kunskapsbank.migrations.0018_hidden_before")

    migration.fill(apps, None)
    migration.fill(apps, None)

    made = Hiding.objects.get()
    assert (made.entry, made.hidden_by) == (hidden.entry, hider)
    assert made.hidden_at == hidden.entry.last_event.happened_at


# -- Mail


def mails(to):
    mail_server.work()
    return [each for each in mail.outbox if each.to == [to.email]]


def test_the_digest_tells_of_it(hidden, moderator):
    (waiting,) = waiting_for(moderator)

    assert (waiting.what, waiting.title) == ("Dolt bidrag", "Bänkar")
    assert waiting.address.endswith(page(hidden))


@pytest.mark.parametrize("is_objected", [False, True])
def test_who_wants_each_is_told_of_it(hidden, hider, moderator, is_objected):
    for user in (hider, moderator):
        workflow.save_mail_choice(user, choice=MailChoice.EACH)
    if is_objected:
        object_to(hidden)
    else:
        workflow.show_again(hidden.entry, by=moderator)
        workflow.hide(hidden.entry, by=hider, reason=DeclineReason.OTHER)

    (told,) = mails(moderator)

    assert told.subject == f"Att ompröva: Bänkar ({hidden.entry.number})"
    assert f"{page(hidden)}\n" in told.body
    said = "vill att någon annan omprövar" if is_objected else "En moderator har dolt"
    assert said in told.body
    assert mails(hider) == []


def test_owners_get_the_reason_and_where_to_object(hidden, moderator):
    told = mails(hidden.author)[-1]

    assert "Skäl: olaga hot." in told.body
    assert "Se rad två." in told.body
    assert f"{objection(hidden)}\n" in told.body

    uphold(hidden, moderator)
    told = mails(hidden.author)[-1]

    assert told.subject.startswith("Bidraget förblir dolt")
    assert "Skäl: olaga hot." in told.body
    assert WHY["message"] in told.body
    assert f"{objection(hidden)}\n" in told.body


def test_who_has_objected_is_not_asked_to_again(hidden, moderator):
    object_to(hidden)
    receipt = mails(hidden.author)[-1]
    assert receipt.subject.startswith("Omprövning av döljandet är begärd")
    assert NOT_SO["message"] in receipt.body
    uphold(hidden, moderator)

    assert objection(hidden) not in mails(hidden.author)[-1].body


def test_who_cannot_object_is_not_led_to_do_it(hider):
    version = stories.published()
    version.entry.owners.clear()
    workflow.hide(version.entry, by=hider, reason=DeclineReason.OTHER)

    assert objection(version) not in mails(version.author)[-1].body
