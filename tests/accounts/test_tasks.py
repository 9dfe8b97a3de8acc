"""Tasks that failed, or that a killed worker left, are run once more, and then left."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.exceptions import GivenUp
from accounts.models import SentMail
from accounts.tasks import MOST_STARTS, forget, retry_failed
from tests import mail_server
from tests.factories import UserFactory
from tests.kunskapsbank import letter_stories

pytestmark = pytest.mark.django_db

TASKS = "/admin/accounts/failedtask/"


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


def failed(task, fault, *, starts=1):
    task.worker_ids = ["worker"] * starts
    task.save()
    task.set_failed(fault)
    return task


def test_a_task_that_failed_is_queued_for_later_and_later(left):
    waits = []
    for starts in range(1, MOST_STARTS):
        failed(left, ValueError("x"), starts=starts)
        ended = left.finished_at

        assert "1 that failed queued for later" in sweep()

        left.refresh_from_db()
        assert left.status == "READY"
        waits.append(left.run_after - ended)
    assert waits == sorted(set(waits))


@pytest.mark.parametrize(
    ("fault", "starts"),
    [(ValueError("x"), MOST_STARTS), (GivenUp("x"), 1)],
    ids=["begun as often as it may", "gave up"],
)
def test_a_task_that_has_had_its_tries_is_left_as_failed(left, fault, starts):
    failed(left, fault, starts=starts)

    assert retry_failed() == 0

    left.refresh_from_db()
    assert left.status == "FAILED"


def test_a_kind_of_task_may_be_begun_less_often(left):
    left.task_path = "kunskapsbank.links.check_in_turn"

    failed(left, ValueError("x"), starts=2)

    assert retry_failed() == 0


def test_a_task_of_an_earlier_release_stays_failed(left):
    left.task_path = "kunskapsbank.links.gone"

    failed(left, ImportError("x"))

    assert retry_failed() == 0


def test_an_administrator_begins_a_failed_task_again(left, client, settings):
    failed(left, GivenUp("x"), starts=2)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    shown = client.get(TASKS).content.decode()
    answer = client.post(
        TASKS, {"action": "begin_again", "_selected_action": [str(left.pk)]}
    )

    assert "GivenUp" in shown
    assert answer.status_code == 302
    with mail_server.serving(settings) as inbox:
        mail_server.work()
    assert len(inbox.messages) == 1


def test_who_may_only_look_begins_nothing_again(left, client):
    failed(left, GivenUp("x"))
    staff = UserFactory(is_staff=True, moderator=True)
    staff.user_permissions.add(Permission.objects.get(codename="view_failedtask"))
    client.force_login(staff)

    client.post(TASKS, {"action": "begin_again", "_selected_action": [str(left.pk)]})

    left.refresh_from_db()
    assert left.status == "FAILED"
    assert "Försök igen" not in client.get(TASKS).content.decode()


def test_only_tasks_that_failed_are_listed(left, client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    assert client.get(f"{TASKS}{left.pk}/change/").status_code == 302
    failed(left, ValueError("x"))

    page = client.get(f"{TASKS}{left.pk}/change/")
    assert "ValueError" in page.content.decode()
