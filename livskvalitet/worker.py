"""The process that runs tasks beside the server: started, kept alive, stopped."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Mapping

# A worker that dies at once must not be started anew at once.
REST_SECONDS = 2.0
# What a task that runs may take to end when the server stops.
PATIENCE_SECONDS = 20


class Worker:
    """`manage.py db_worker` as a child; a new one whenever it ends by itself."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = variables or os.environ
        self.process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_running, daemon=True)

    def __enter__(self) -> "Worker":
        self._thread.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._stopping.set()
        self._end()
        self._thread.join(PATIENCE_SECONDS + REST_SECONDS)

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            # A session of its own: what a terminal sends reaches it through us.
            self.process = subprocess.Popen(
                worker_command(), start_new_session=True, env=dict(self.variables)
            )
            if self._stopping.is_set():
                self._end()
            self.process.wait()
            self._stopping.wait(REST_SECONDS)

    def _end(self) -> None:
        """Let the task at hand end, within reason."""
        process = self.process
        if process is None:
            return
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE_SECONDS)
            return
        process.kill()


def worker_command() -> list[str]:
    return [
        *(sys.executable, "manage.py", "db_worker"),
        *("--queue-name", "*", "--no-startup-delay", "--verbosity", "0"),
    ]
