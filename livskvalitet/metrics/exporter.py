"""The port where Prometheus reads: in the process that `serve` is, for all workers."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from livskvalitet.metrics.readings import readings
from livskvalitet.metrics.requests import FOLDER_VARIABLE

_PREFIX = "livskvalitet_"


@contextmanager
def exporter() -> Iterator[dict[str, str]]:
    """Answer on METRICS_PORT meanwhile; gives the variables that workers need for it.

    Does nothing without METRICS_PORT.
    """
    if not settings.METRICS_PORT:
        yield {}
        return
    try:
        from prometheus_client import start_http_server
    except ImportError as fault:
        raise ImproperlyConfigured(
            "METRICS_PORT is set, and prometheus-client is not installed: install "
            "requirements-server.txt, or unset METRICS_PORT."
        ) from fault
    folder = settings.VAR_DIR / "metrics" / str(settings.PORT)
    shutil.rmtree(folder, ignore_errors=True)  # what processes before us counted
    folder.mkdir(parents=True)
    os.environ[FOLDER_VARIABLE] = str(folder)
    server, thread = start_http_server(
        settings.METRICS_PORT, settings.METRICS_HOST, registry()
    )
    try:
        yield {FOLDER_VARIABLE: str(folder)}
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def registry():
    """All that there is to read."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    made = CollectorRegistry()
    MultiProcessCollector(made)
    made.register(_Readings())
    return made


class _Readings:
    """Asked at each reading, in a thread and with a connection of its own."""

    def describe(self):
        return []

    def collect(self):
        from prometheus_client.core import GaugeMetricFamily

        families: dict[str, GaugeMetricFamily] = {}
        try:
            for name, text, value, labels in readings():
                family = families.setdefault(
                    name, GaugeMetricFamily(_PREFIX + name, text, labels=[*labels])
                )
                family.add_metric([*labels.values()], value)
        finally:
            connection.close()
        return families.values()
