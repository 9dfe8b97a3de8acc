"""Tasks run beside the server, whatever happens to the process that runs them."""

import os
import signal
import sys
import time

import pytest

from livskvalitet import worker

PATIENCE = 20


@pytest.fixture
def idle(monkeypatch):
    """A worker that does nothing, so that only its keeping is tried."""
    idling = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr(worker, "worker_command", lambda: idling)
    monkeypatch.setattr(worker, "REST_SECONDS", 0.05)


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_worker_that_dies_is_started_anew(idle):
    with worker.Worker() as kept:
        wait_until(lambda: kept.process)
        first = kept.process
        first.send_signal(signal.SIGKILL)

        wait_until(lambda: kept.process is not first)

        assert kept.process.poll() is None


def test_worker_ends_with_the_server(idle):
    with worker.Worker() as kept:
        wait_until(lambda: kept.process)

    assert kept.process.poll() == -signal.SIGTERM


def test_worker_that_does_not_end_is_killed(idle, monkeypatch):
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    monkeypatch.setattr(worker, "worker_command", lambda: [sys.executable, "-c", deaf])
    monkeypatch.setattr(worker, "PATIENCE_SECONDS", 0.5)
    with worker.Worker(os.environ) as kept:
        wait_until(lambda: kept.process)
        time.sleep(0.3)  # until it no longer hears

    wait_until(lambda: kept.process.poll() == -signal.SIGKILL)
