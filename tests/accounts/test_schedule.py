"""What the clock starts is run once, whoever runs it and however the clocks change."""

from datetime import UTC, datetime, time, timedelta
from functools import partial
from io import StringIO
from subprocess import CompletedProcess

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts import schedule
from accounts.models import ScheduledJob
from accounts.schedule import Daily, Every, Job
from kunskapsbank.digests import send_digest
from livskvalitet import read_only
from livskvalitet.management.commands import run_schedule
from tests.racing import HAS_ROW_LOCKS, ROUNDS, committed, race

NIGHT = Job("sweep_files", Daily(time(2, 30)))
OFTEN = Job("sweep_tasks", Every(timedelta(minutes=10)))


def at(*moment):
    return datetime(*moment, tzinfo=timezone.get_default_timezone())


def runs(job, first, hours):
    """How often it is taken when somebody asks every five minutes."""
    taken = []
    for number in range(hours * 12):
        now = first.astimezone(UTC) + number * timedelta(minutes=5)
        if schedule.take(job, now=now):
            taken.append(now)
            schedule.finish(job)
    return taken


@pytest.mark.trust("R33")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "run_at"),
    [
        ((2026, 11, 26), datetime(2026, 11, 26, 1, 30, tzinfo=UTC)),
        # 02.30 is not there: the clocks go from 02 to 03.
        ((2027, 3, 28), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        # 02.30 is there twice: the clocks go from 03 back to 02.
        ((2027, 10, 31), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
    ids=["a night", "spring", "autumn"],
)
def test_a_nightly_job_is_run_once_a_night(day, run_at):
    before = at(*day) - timedelta(hours=1)
    assert schedule.take(NIGHT, now=before)  # missed, while nobody was there
    schedule.finish(NIGHT)

    assert runs(NIGHT, at(*day), hours=20) == [run_at]


@pytest.mark.django_db
def test_a_frequent_job_is_run_at_its_distance():
    taken = runs(OFTEN, at(2026, 11, 26, 12), hours=1)

    assert len(taken) == 6
    assert {each.minute % 10 for each in taken} == {0}


@pytest.mark.trust("R33")
@pytest.mark.django_db
def test_a_job_that_runs_is_not_begun_beside_itself():
    now = at(2026, 11, 26, 12)
    assert schedule.take(OFTEN, now=now)

    assert not schedule.take(OFTEN, now=now + timedelta(minutes=10))
    assert schedule.take(OFTEN, now=now + schedule.LONGEST + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_job_broken_off_by_the_scheduler_s_end_is_taken_by_another():
    now = at(2026, 11, 26, 12)
    schedule.take(NIGHT, now=now)

    with pytest.raises(SystemExit), schedule.let_go_on_stop(NIGHT):
        raise SystemExit

    assert schedule.take(NIGHT, now=now)


@pytest.mark.django_db
def test_how_a_job_ended_is_kept():
    schedule.take(NIGHT, now=timezone.now())

    schedule.finish(NIGHT, failure="slutade med 1")

    row = ScheduledJob.objects.get()
    assert (row.name, row.failure) == ("sweep_files", "slutade med 1")
    assert row.finished_at


if HAS_ROW_LOCKS:

    def _race():
        for _ in ROUNDS:
            ScheduledJob.objects.all().delete()
            now = timezone.now()
            take = partial(schedule.take, NIGHT, now=now)
            assert sorted(race(take, take, take, take)) == [False] * 3 + [True]
        ScheduledJob.objects.all().delete()

    @pytest.mark.trust("R33")
    @pytest.mark.django_db
    def test_of_schedulers_that_look_together_one_runs_the_job():
        committed(_race)


@pytest.fixture
def one_job(monkeypatch):
    """And none of the closing that would end the test's transaction, nor an answer to
    signals that would outlive it."""
    monkeypatch.setattr(run_schedule, "jobs", lambda: [NIGHT])
    monkeypatch.setattr(run_schedule.signal, "signal", lambda *_: None)
    monkeypatch.setattr(run_schedule, "close_old_connections", lambda: None)
    monkeypatch.setattr(run_schedule.connection, "close", lambda: None)


@pytest.mark.django_db
@pytest.mark.parametrize("code", [0, 3])
def test_the_command_runs_what_is_due_and_notes_how_it_ended(
    one_job, monkeypatch, code
):
    monkeypatch.setattr(run_schedule, "run_command", lambda job: code)

    call_command("run_schedule", "--once", stdout=StringIO())

    row = ScheduledJob.objects.get()
    assert row.finished_at
    assert row.failure == ("slutade med 3" if code else "")


@pytest.mark.django_db
def test_how_a_job_ended_is_noted_when_the_database_answers_again(one_job, monkeypatch):
    runs = []
    finish = schedule.finish

    def away_once(job, *, failure):
        monkeypatch.setattr(schedule, "finish", finish)
        raise OperationalError("away")

    monkeypatch.setattr(run_schedule, "run_command", lambda job: runs.append(job) or 3)
    monkeypatch.setattr(schedule, "finish", away_once)
    looks = iter([None, SystemExit()])
    monkeypatch.setattr(run_schedule.time, "sleep", _ends(looks))

    with pytest.raises(SystemExit):
        call_command("run_schedule", stdout=StringIO())

    row = ScheduledJob.objects.get()
    assert row.finished_at
    assert (row.failure, len(runs)) == ("slutade med 3", 1)


def _ends(looks):
    def sleep(seconds):
        if end := next(looks):
            raise end

    return sleep


@pytest.mark.django_db
def test_a_failed_task_is_queued_at_the_next_look_for_a_minute_later(
    one_job, monkeypatch
):
    monkeypatch.setattr(run_schedule, "jobs", list)
    send_digest.enqueue(1, "2026-11-26")
    task = DBTaskResult.objects.get()
    task.worker_ids = ["worker"]
    task.save()
    task.set_failed(ValueError("x"))

    call_command("run_schedule", "--once", stdout=StringIO())

    task, ended = DBTaskResult.objects.get(), task.finished_at
    assert (task.status, task.run_after - ended) == ("READY", timedelta(minutes=1))
    assert run_schedule.LOOKS_EVERY < 60


@pytest.mark.trust("R20")
@pytest.mark.django_db
def test_nothing_is_run_while_the_site_may_only_be_read(one_job, monkeypatch):
    """R20"""
    read_only.switch("Vi flyttar databasen.")
    monkeypatch.setattr(run_schedule, "retry_failed", lambda: pytest.fail("queued"))

    call_command("run_schedule", "--once", stdout=StringIO())

    assert not ScheduledJob.objects.exists()


def test_a_job_is_a_command_with_its_arguments(monkeypatch):
    begun = []

    def run(command, **options):
        begun.extend(command)
        return CompletedProcess(command, 4)

    monkeypatch.setattr(run_schedule.subprocess, "run", run)

    assert run_schedule.run_command(Job("count_views", OFTEN.when, ("a", "b"))) == 4
    assert begun[1:] == ["manage.py", "count_views", "a", "b"]
