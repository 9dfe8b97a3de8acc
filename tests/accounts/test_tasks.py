"""Tasks that a killed worker left running are run once more, and then left."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import SentMail
from accounts.tasks import forget
from tests import mail_server
from tests.kunskapsbank import letter_stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    """A mail that was being sent when the worker was killed."""
    DBTaskResult.objects.all().delete()
    letter_stories.tip(email="du@example.se")
    task = DBTaskResult.objects.get()
    task.claim("killed")
    return task


def begun(task, minutes):
    task.started_at = timezone.now() - timedelta(minutes=minutes)
    task.save()


def sweep():
    said = StringIO()
    call_command("sweep_tasks", stdout=said)
    return said.getvalue()


def test_a_task_left_by_a_killed_worker_is_run_once_more(left, settings):
    begun(left, minutes=31)

    assert "1 tasks queued once more" in sweep()

    with mail_server.serving(settings) as inbox:
        mail_server.work()
    assert len(inbox.messages) == 1


def test_a_task_that_may_still_be_running_is_let_be(left):
    begun(left, minutes=29)

    assert "0 tasks queued once more" in sweep()


def test_a_task_left_twice_is_left_as_failed(left):
    begun(left, minutes=31)
    sweep()
    left.refresh_from_db()
    left.claim("killed too")
    begun(left, minutes=31)

    assert "1 left as failed" in sweep()

    left.refresh_from_db()
    assert left.status == "FAILED"
    assert "0 tasks queued once more, 0 left" in sweep()


def test_old_results_are_erased_and_new_ones_kept(left):
    old = timezone.now() - timedelta(days=91)
    SentMail.objects.create(message_id="<gammalt@x>", sent_at=old)
    SentMail.objects.create(message_id="<nytt@x>", sent_at=timezone.now())
    SentMail.objects.create(message_id="<nekat@x>", refused_at=old)
    left.set_successful(None)
    DBTaskResult.objects.update(finished_at=old)

    assert forget() == 3

    assert [note.message_id for note in SentMail.objects.all()] == ["<nytt@x>"]
