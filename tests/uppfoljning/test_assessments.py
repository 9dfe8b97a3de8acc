"""What may be done with an assessment, when and by whom."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from kunskapsbank.exceptions import MessageMissing
from livskvalitet.own_data import gather
from tests.factories import UserFactory
from tests.uppfoljning.reporting import a_report, adopted, all_done, assigned, saved
from tests.uppfoljning.test_initiative_mail import run_tasks
from uppfoljning.enums.reports import AssessmentStatus
from uppfoljning.exceptions.reports import (
    AlreadyAdopted,
    HoldsPersonalNumber,
    InvalidMove,
    MayNotBeAssigned,
    NotAllowed,
    NotEditable,
    NothingWritten,
    StaleAssessment,
    TooLong,
)
from uppfoljning.models import Assessment, AssessmentEvent
from uppfoljning.workflow import assessments as workflow
from uppfoljning.workflow.people import erase_person

pytestmark = pytest.mark.django_db
Status = AssessmentStatus
REFUSALS = (InvalidMove, NotEditable, NothingWritten)


@pytest.fixture
def owner():
    return UserFactory(document_owner=True)


@pytest.fixture
def writer():
    return UserFactory(employee=True)


@pytest.fixture
def assessment(owner, writer):
    return assigned(a_report(owner), writer, owner)


def in_status(assessment, status):
    Assessment.objects.filter(pk=assessment.pk).update(status=status, text="Ord.")
    assessment.refresh_from_db()
    return assessment


def test_transitions_cover_every_status():
    assert workflow.TRANSITIONS.keys() == set(Status)


ACTS = {
    "hand_in": ({Status.ONGOING: Status.READY, Status.READY: Status.READY}),
    "take_back": {Status.READY: Status.ONGOING},
    "send_back": {Status.READY: Status.ONGOING, Status.DONE: Status.ONGOING},
    "mark_done": {Status.READY: Status.DONE},
}


def do(act, assessment, writer, owner):
    lock = assessment.lock
    if act == "hand_in":
        workflow.hand_in(assessment, by=writer, lock=lock)
    elif act == "take_back":
        workflow.take_back_assessment(assessment, by=writer)
    elif act == "send_back":
        workflow.send_back(assessment, by=owner, lock=lock, message="Mer om skolan.")
    else:
        workflow.mark_done(assessment, by=owner, lock=lock)


@pytest.mark.parametrize("act", ACTS)
def test_act_moves_from_some_statuses_and_is_refused_in_the_rest(
    act, assessment, writer, owner
):
    for status in Status:
        in_status(assessment, status)
        before = AssessmentEvent.objects.count()
        try:
            do(act, assessment, writer, owner)
        except REFUSALS:
            assert status not in ACTS[act]
            assert AssessmentEvent.objects.count() == before
        assessment.refresh_from_db()

        assert assessment.status == ACTS[act].get(status, status)


def test_save_begins_the_work_once(assessment, writer):
    first = saved(assessment, writer)
    saved(first, writer, "Mer.")

    assessment.refresh_from_db()
    assert (assessment.status, assessment.text) == (Status.ONGOING, "Mer.")
    assert [each.to_status for each in assessment.events.all()] == [Status.ONGOING]


@pytest.mark.parametrize("status", [Status.READY, Status.DONE])
def test_save_while_it_is_read_changes_nothing(assessment, writer, status):
    in_status(assessment, status)

    with pytest.raises(NotEditable):
        saved(assessment, writer, "Annat.")

    assessment.refresh_from_db()
    assert assessment.text == "Ord."


def test_save_from_another_tab_gives_both_texts(assessment, writer):
    saved(assessment, writer, "Den första.")

    with pytest.raises(StaleAssessment) as refusal:
        saved(assessment, writer, "Den andra.")

    assert refusal.value.stored["text"] == "Den första."


def test_autosave_that_is_overtaken_is_ignored(assessment, writer):
    def autosave(lock, sequence, text):
        shown = {"lock": lock, "tab": "a", "sequence": sequence}
        return workflow.save_assessment(assessment, by=writer, **shown, text=text)

    autosave(0, 2, "Nyare.")
    autosave(0, 1, "Äldre.")
    autosave(0, 3, "Nyast.")

    assessment.refresh_from_db()
    assert assessment.text == "Nyast."


def test_others_may_not_write(assessment):
    for by in (UserFactory(employee=True), UserFactory(), UserFactory(moderator=True)):
        with pytest.raises(NotAllowed):
            saved(assessment, by)


def test_writer_who_has_lost_the_right_may_not_write(assessment, writer):
    writer.groups.clear()

    with pytest.raises(NotAllowed):
        saved(assessment, User.objects.get(pk=writer.pk))


def test_writer_may_not_mark_done_or_assign(assessment, writer):
    in_status(assessment, Status.READY)

    with pytest.raises(NotAllowed):
        workflow.mark_done(assessment, by=writer, lock=assessment.lock)
    with pytest.raises(NotAllowed):
        workflow.assign(assessment.report, {"4.1.1": None}, by=writer)


def test_only_who_may_contribute_is_given_anything(assessment, owner):
    with pytest.raises(MayNotBeAssigned):
        workflow.assign(assessment.report, {"4.1.2": UserFactory().pk}, by=owner)


def test_owner_who_read_another_text_decides_nothing(assessment, owner):
    in_status(assessment, Status.READY)

    with pytest.raises(InvalidMove):
        workflow.mark_done(assessment, by=owner, lock=assessment.lock + 1)


def test_text_must_be_there_fit_and_hold_no_personal_number(assessment, writer, owner):
    in_status(assessment, Status.ONGOING)
    with pytest.raises(TooLong):
        saved(assessment, writer, "x" * (workflow.MOST_CHARACTERS + 1))
    with pytest.raises(MessageMissing):
        workflow.send_back(assessment, by=owner, lock=0, message=" ")

    empty = saved(assessment, writer, " ")
    with pytest.raises(NothingWritten):
        workflow.hand_in(empty, by=writer, lock=empty.lock)

    numbered = saved(empty, writer, "Hör av er till 19900101-0017.")
    with pytest.raises(HoldsPersonalNumber):
        workflow.hand_in(numbered, by=writer, lock=numbered.lock)


def test_nothing_is_written_once_the_report_is_adopted(assessment, owner, writer):
    all_done(assessment.report, owner)
    adopted(assessment.report, owner)
    assessment.refresh_from_db()

    with pytest.raises(NotEditable):
        saved(assessment, writer)
    with pytest.raises(AlreadyAdopted):
        workflow.take_back_assessment(assessment, by=writer)
    with pytest.raises(AlreadyAdopted):
        workflow.send_back(assessment, by=owner, lock=assessment.lock, message="Nej")
    with pytest.raises(AlreadyAdopted):
        workflow.assign(assessment.report, {"4.1.1": None}, by=owner)


# -- Mail


def test_each_step_is_told_of(assessment, owner, writer):
    text = saved(assessment, writer)
    workflow.hand_in(text, by=writer, lock=text.lock)
    workflow.send_back(text, by=owner, lock=text.lock, message="Mer om skolan.")

    run_tasks()

    told = [(each.to, each.subject) for each in mail.outbox]
    assert [to for to, _ in told] == [[writer.email], [owner.email], [writer.email]]
    assert "Mer om skolan." in mail.outbox[-1].body
    assert assessment.get_absolute_url() in mail.outbox[0].body


def test_reminder_is_sent_at_most_once_in_so_many_days(assessment, writer):
    assert workflow.remind(days=14) == 0  # it was given today

    long_ago = timezone.now() - timedelta(days=15)
    Assessment.objects.filter(pk=assessment.pk).update(assigned_at=long_ago)
    assert workflow.remind(days=14, dry_run=True) == 1
    assert workflow.remind(days=14) == 1
    assert workflow.remind(days=14) == 0

    mail.outbox.clear()
    run_tasks()
    assert [each.to for each in mail.outbox if "Påminnelse" in each.subject] == [
        [writer.email]
    ]


def test_what_is_ready_is_not_reminded_of(assessment):
    in_status(assessment, Status.READY)
    Assessment.objects.update(assigned_at=timezone.now() - timedelta(days=50))

    assert workflow.remind(days=1) == 0


# -- The person


def test_person_is_told_what_is_kept_and_forgotten_when_erased(assessment, writer):
    text = saved(assessment, writer, "Så gick det.")

    told = gather(writer)["lägesbedömningar som är fördelade till dig"]
    erase_person(writer, by=writer)

    assert [each["fokusområde"] for each in told] == ["4.1.1"]
    text.refresh_from_db()
    assert (text.assignee, text.text) == (None, "Så gick det.")
    assert [each.actor for each in text.events.all()] == [None]
