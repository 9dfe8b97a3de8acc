"""The worker of django_tasks_db, which rests while the site can only be read."""

import time
from typing import Any

from django_tasks_db.management.commands import db_worker

from livskvalitet import read_only


class RestingWorker(db_worker.Worker):
    """Takes one task at a time, and before each asks whether it may write."""

    def run(self) -> None:
        ends_when_idle, most = self.batch, self.max_tasks
        self.batch = True
        while self.running and (most is None or self._run_tasks < most):
            db_worker.close_old_connections()
            done = self._run_tasks
            if not read_only.reason():
                self.max_tasks = done + 1
                super().run()
            if self._run_tasks > done:
                continue
            if ends_when_idle:
                return
            time.sleep(self.interval)


class Command(db_worker.Command):
    def handle(self, **options: Any) -> None:
        # The class that its `handle` makes one of.
        setattr(db_worker, "Worker", RestingWorker)  # noqa: B010
        super().handle(**options)
