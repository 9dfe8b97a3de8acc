"""A draft is kept ninety days after the last change, and its author told twice."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from kunskapsbank import reminders, workflow
from kunskapsbank.enums import Status
from kunskapsbank.models import DraftWarning, Entry, Version
from tests.factories import TagFactory
from tests.kunskapsbank import stories

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def after(clock, days):
    clock.move_to(START + timedelta(days=days))


def sweep(clock, days):
    """What a sweep does so many days after the start, as (first, last, erased)."""
    after(clock, days)
    swept = workflow.sweep_drafts()
    return swept.first, swept.last, swept.erased


def send_all():
    for task in DBTaskResult.objects.order_by("enqueued_at"):
        if task.task_path.endswith("send_warning"):
            reminders.send_warning.call(*task.args_kwargs["args"])


def test_draft_is_warned_of_twice_and_then_erased(clock):
    version = stories.draft()

    done = {days: sweep(clock, days) for days in range(70, 95)}

    assert {days: step for days, step in done.items() if any(step)} == {
        76: (1, 0, 0),
        88: (0, 1, 0),
        90: (0, 0, 1),
    }
    assert not Version.objects.filter(pk=version.pk).exists()
    assert not Entry.objects.filter(pk=version.entry_id).exists()


def test_sweeping_twice_sends_one_mail(clock):
    stories.draft()

    assert sweep(clock, 76) == (1, 0, 0)
    assert sweep(clock, 76) == (0, 0, 0)
    assert DraftWarning.objects.count() == 1


def test_draft_is_never_erased_sooner_than_its_mail_said(clock):
    """However seldom the command is run."""
    stories.draft()

    assert sweep(clock, 200) == (1, 0, 0)
    assert sweep(clock, 211) == (0, 0, 0)
    assert sweep(clock, 212) == (0, 1, 0)
    assert sweep(clock, 213) == (0, 0, 0)
    assert sweep(clock, 214) == (0, 0, 1)


def test_saving_begins_the_time_anew(clock):
    version = stories.draft()
    sweep(clock, 76)
    sweep(clock, 88)
    workflow.save_text(version, by=version.author, lock=version.lock, title="Nytt")

    assert sweep(clock, 91) == (0, 0, 0)
    assert sweep(clock, 88 + 76) == (1, 0, 0)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT}))
def test_what_was_handed_in_is_never_erased(clock, status):
    """A13"""
    version = stories.at(status, by=stories.author())

    for days in (76, 88, 90, 400):
        assert sweep(clock, days) == (0, 0, 0)
    assert Version.objects.filter(pk=version.pk).exists()


def test_what_was_taken_back_is_never_erased(clock):
    version = stories.submitted()
    workflow.take_back(version, by=version.author)

    for days in (76, 88, 90, 400):
        assert sweep(clock, days) == (0, 0, 0)


def test_draft_of_a_change_goes_and_the_published_text_stays(clock):
    version = stories.published()
    proposal = workflow.propose_change(version.entry, by=version.author)

    for days in (76, 88, 90):
        sweep(clock, days)

    assert not Version.objects.filter(pk=proposal.pk).exists()
    assert Version.objects.listed().filter(pk=version.pk).exists()
    assert stories.is_whole(version.entry)


def test_draft_that_was_given_away_goes_and_its_history_stays(clock):
    version = stories.draft()
    friend = stories.author()
    workflow.hand_over(version.entry, to=friend, by=version.author)

    for days in (76, 88, 90):
        sweep(clock, days)

    assert not Version.objects.filter(pk=version.pk).exists()
    assert stories.is_whole(version.entry)


def test_all_that_hangs_on_the_draft_goes_with_it(clock):
    version = stories.draft()
    version.tags.set([TagFactory()])
    token = workflow.share(version, by=version.author)

    for days in (76, 88, 90):
        sweep(clock, days)

    assert not Version.objects.shared_by(token).exists()


def test_mails_say_the_day_and_what_to_do(clock):
    version = stories.draft(title="Bänkar")
    DBTaskResult.objects.all().delete()

    for days in (76, 88):
        sweep(clock, days)
    send_all()

    first, last = mail.outbox
    for message in (first, last):
        assert message.to == [version.author.email]
        assert f"Ditt utkast raderas 30 maj ({version.entry.number})" in message.subject
        assert "”Bänkar”" in message.body
        assert "30 maj 2026" in message.body
        assert "/mina-bidrag/" in message.body
    ids = {message.message()["Message-ID"] for message in (first, last)}
    assert len(ids) == 2


def test_mail_is_not_sent_when_the_draft_has_been_saved_since(clock):
    version = stories.draft()
    DBTaskResult.objects.all().delete()
    sweep(clock, 76)
    workflow.save_text(version, by=version.author, lock=version.lock, title="Nytt")

    send_all()

    assert mail.outbox == []


def test_mail_whose_task_is_run_again_is_sent_once(clock):
    stories.draft()
    DBTaskResult.objects.all().delete()
    sweep(clock, 76)

    send_all()
    send_all()

    assert len(mail.outbox) == 1


def test_closed_account_gets_no_mail_and_its_draft_goes(clock):
    version = stories.draft()
    version.author.is_active = False
    version.author.save()
    DBTaskResult.objects.all().delete()

    for days in (76, 88, 90):
        sweep(clock, days)
        send_all()

    assert mail.outbox == []
    assert not Version.objects.filter(pk=version.pk).exists()


def test_dry_run_counts_and_changes_nothing(clock):
    version = stories.draft()
    after(clock, 76)
    said = StringIO()

    for _ in range(2):
        call_command("sweep_drafts", dry_run=True, stdout=said)

    assert said.getvalue().count("First warnings: 1. Last warnings: 0.") == 2
    assert "nothing was changed" in said.getvalue()
    assert not version.warnings.exists()


def test_command_says_what_it_did(clock):
    stories.draft()
    said = StringIO()

    for days in (76, 88, 90):
        after(clock, days)
        call_command("sweep_drafts", stdout=said)

    assert "First warnings: 1." in said.getvalue()
    assert "Last warnings: 1." in said.getvalue()
    assert "Erased drafts: 1." in said.getvalue()


def test_many_drafts_are_swept_each_by_its_own_time(clock):
    old = stories.draft()
    after(clock, 50)
    young = stories.draft()

    for days in (76, 88, 90):
        sweep(clock, days)

    assert not Version.objects.filter(pk=old.pk).exists()
    assert Version.objects.filter(pk=young.pk).exists()
