"""A draft of an initiative is kept ninety days, and its author told twice."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from tests.factories import InitiativeTextFactory
from uppfoljning.enums.initiatives import InitiativeStatus
from uppfoljning.models import InitiativeText
from uppfoljning.notifications.initiatives import send_draft_warning
from uppfoljning.workflow import initiative_texts
from uppfoljning.workflow.initiative_retention import sweep_initiative_drafts

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def draft(clock):
    return InitiativeTextFactory(title="Bänkar", saved_at=START)


def swept(clock, days, **options):
    clock.move_to(START + timedelta(days=days))
    done = sweep_initiative_drafts(**options)
    return done.first, done.last, done.erased


def steps(clock, days):
    done = {day: swept(clock, day) for day in days}
    return {day: step for day, step in done.items() if any(step)}


def send_all():
    for each in DBTaskResult.objects.filter(task_path__endswith="send_draft_warning"):
        send_draft_warning.call(*each.args_kwargs["args"])


def test_draft_is_warned_of_twice_and_then_erased(clock, draft):
    told = {76: (1, 0, 0), 88: (0, 1, 0), 90: (0, 0, 1)}

    assert steps(clock, range(70, 95)) == told
    assert not InitiativeText.objects.filter(pk=draft.pk).exists()


def test_seldom_swept_draft_has_the_time_that_the_mails_say(clock, draft):
    assert steps(clock, range(200, 220)) == {
        200: (1, 0, 0),
        212: (0, 1, 0),
        214: (0, 0, 1),
    }


def test_mail_says_when_to_the_author_alone_and_once(clock, draft):
    swept(clock, 76)
    swept(clock, 76)
    send_all()
    send_all()

    message = mail.outbox[0]
    assert [each.to for each in mail.outbox] == [[draft.author.email]]
    assert message.subject == f"Ditt utkast raderas 30 maj ({draft.number})"
    assert "”Bänkar”" in message.body
    assert draft.get_absolute_url() in message.body


def test_saving_gives_ninety_new_days_and_no_mail(clock, draft):
    swept(clock, 88)
    clock.move_to(START + timedelta(days=89))
    initiative_texts.save_initiative(
        draft, by=draft.author, lock=draft.lock, title="Bänkar vid havet"
    )

    send_all()

    assert mail.outbox == []
    assert steps(clock, range(90, 160)) == {}


def test_what_was_handed_in_is_kept(clock):
    for status in (InitiativeStatus.SUBMITTED, InitiativeStatus.RETURNED):
        InitiativeTextFactory(status=status, saved_at=START)

    assert swept(clock, 400) == (0, 0, 0)


def test_command_only_counts_when_asked_to(clock, draft):
    said = StringIO()
    clock.move_to(START + timedelta(days=80))

    call_command("sweep_initiative_drafts", dry_run=True, stdout=said)

    assert "First warnings: 1." in said.getvalue()
    draft.refresh_from_db()
    assert draft.first_warned_at is None
