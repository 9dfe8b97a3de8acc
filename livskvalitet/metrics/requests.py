"""What each process counts: requests by view, and how long they took.

prometheus_client adds the processes' numbers up through files in the folder that
PROMETHEUS_MULTIPROC_DIR names; `serve` sets it, and nothing is counted without it.
"""

import os
from functools import cache

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


def count_request(view: str, status: int, seconds: float) -> None:
    """`view` is a name of ours, so that there are not more series than views."""
    if FOLDER_VARIABLE not in os.environ:
        return
    requests, times = _series()
    requests.labels(view, str(status)).inc()
    times.labels(view).observe(seconds)


def count_kept_page(status: str) -> None:
    """A page that never came to Django: sending it takes less than to measure it."""
    if (counted := _kept_pages(status)) is not None:
        counted.inc()


@cache
def _kept_pages(status):
    """Found once for each status, since finding takes longer than counting."""
    if FOLDER_VARIABLE not in os.environ:
        return None
    return _series()[0].labels("page_cache", status)


@cache
def _series():
    from prometheus_client import Counter, Histogram

    return (
        Counter(
            "livskvalitet_requests",
            "Requests answered; view=page_cache are those that never came to Django.",
            ["view", "status"],
        ),
        Histogram(
            "livskvalitet_request_seconds",
            "Time until an answer that was made began; kept pages are not among them.",
            ["view"],
            buckets=BUCKETS,
        ),
    )
