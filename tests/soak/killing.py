"""Kills the app's processes and the worker at random, starts what has ended, and
watches their memory."""

import os
import random
import signal
import threading
import time
from contextlib import suppress

import psutil

EVERY = (5.0, 12.0)  # seconds between two kills
RESTART_SECONDS = 2.0  # RestartSec of deploy/systemd/livskvalitet.service
YOUNG = 20.0  # seconds in which a process still grows to what it needs


class Killer(threading.Thread):
    def __init__(self, site, worker, tally, over):
        super().__init__(daemon=True)
        self.site, self.worker, self.tally, self.over = site, worker, tally, over

    def run(self):
        while not self.over.wait(random.uniform(*EVERY)):
            pids = self.site.workers()
            if self.worker.process and random.random() < 0.2:
                pids = [self.worker.process.pid]
            if pids:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(pids), signal.SIGKILL)
                    self.tally.add("kills")


class Supervisor(threading.Thread):
    """Starts the site again when it has ended, as deploy/systemd does: granian gives up
    when a worker dies within 5.5 s of being started anew."""

    def __init__(self, site, workers, tally, over):
        super().__init__(daemon=True)
        self.site, self.workers = site, workers
        self.tally, self.over = tally, over

    def run(self):
        while not self.over.wait(RESTART_SECONDS):
            if self.site.process.poll() is not None:
                self.site.start(self.workers)
                self.tally.add("restarts")


class Memory(threading.Thread):
    """Megabytes of each app process that is no longer young, every second."""

    def __init__(self, site, over):
        super().__init__(daemon=True)
        self.site, self.over = site, over
        self.samples = []

    def run(self):
        while not self.over.wait(1):
            for pid in self.site.workers():
                with suppress(psutil.Error):
                    process = psutil.Process(pid)
                    if time.time() - process.create_time() > YOUNG:
                        self.samples.append(process.memory_info().rss / 1e6)

    def thirds(self):
        """The mean of the first third of the samples, and of the last."""
        third = max(1, len(self.samples) // 3)
        first, last = self.samples[:third], self.samples[-third:]
        return [sum(each) / max(1, len(each)) for each in (first, last)]
