"""manage.py run_schedule: runs by the clock all that docs/drift.md says is to be run.

It may be run on several machines: each job is run once. A job is a process of its own,
so that one that fails or takes all the memory does not end the others.
"""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from accounts import schedule
from accounts.schedule import Job
from accounts.tasks import retry_failed
from livskvalitet import read_only
from livskvalitet.schedule import jobs

LOOKS_EVERY = 15.0  # seconds

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run what is to be run by the clock, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="run what is due now, and end"
        )

    def handle(self, *args: object, **options: bool) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self.ended: dict[Job, str] = {}  # and how, which the database does not know yet
        while True:
            self.look()
            if options["once"]:
                return
            time.sleep(LOOKS_EVERY)

    def look(self) -> None:
        """Queue what failed anew, and run all that is due; while the site may only be
        read, it waits."""
        with waiting("failed tasks"):
            if not read_only.reason():
                retry_failed()
        for job in list(self.ended):
            with waiting(job.name):
                self.finish(job)
        for job in jobs():
            with waiting(job.name):
                if not read_only.reason() and schedule.take(job, now=timezone.now()):
                    self.run(job)

    def run(self, job: Job) -> None:
        self.stdout.write(f"{job.name} ...")
        with schedule.let_go_on_stop(job):
            code = run_command(job)
        connection.close()  # it may have been closed from the other side meanwhile
        if code:
            logger.error("%s ended with %s", job.name, code)
        self.ended[job] = f"slutade med {code}" if code else ""
        self.finish(job)

    def finish(self, job: Job) -> None:
        schedule.finish(job, failure=self.ended[job])
        del self.ended[job]


@contextmanager
def waiting(name: str) -> Iterator[None]:
    """What is not done because the database does not answer is done another time."""
    try:
        close_old_connections()
        yield
    except (DatabaseError, InterfaceError) as fault:
        connection.close()
        logger.error("%s waits: %s", name, type(fault).__name__)


def run_command(job: Job) -> int:
    """Run it to its end; one that has not ended in time is killed."""
    command = [sys.executable, "manage.py", job.name, *job.arguments]
    try:
        seconds = schedule.LONGEST.total_seconds() - 60
        return subprocess.run(command, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
