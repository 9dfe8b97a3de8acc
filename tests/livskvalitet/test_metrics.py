"""Numbers for Prometheus: what they say, and that workers' are added up."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.utils import timezone

from livskvalitet import health
from livskvalitet.metrics import exporter, readings
from livskvalitet.metrics.requests import FOLDER_VARIABLE, count_request
from search import generation
from tests.kunskapsbank import stories
from tests.mail_server import free_port

COUNT = """
from livskvalitet.metrics.requests import count_request
count_request("start", 200, 0.02)
"""


def read():
    return {
        (each.name, *each.labels.values()): each.value for each in readings.readings()
    }


@pytest.mark.django_db
def test_readings_tell_of_queue_content_and_backup(settings, tmp_path):
    settings.BACKUP_DIR = settings.MEDIA_ROOT = tmp_path
    made = timezone.now() - timedelta(hours=5)
    (tmp_path / f"livskvalitet-{made:%Y%m%dT%H%M%S}Z.tar.gz").touch()
    version = stories.submitted()
    version.submitted_at = timezone.now() - timedelta(hours=3)
    version.save()

    found = read()

    assert found["content_generation",] == generation.current()
    assert found["backup_age_seconds",] == pytest.approx(5 * 3600, abs=120)
    assert found["oldest_submitted_seconds",] == pytest.approx(3 * 3600, abs=120)
    assert found["tasks", "ready"] >= 1
    assert found["tasks", "failed"] == 0
    assert found["fault", "media"] == 0


@pytest.mark.django_db
def test_lost_database_is_a_number_as_well(monkeypatch):
    lost = {"database": "does not answer"}
    monkeypatch.setattr(health, "faults", lambda: lost)

    found = read()

    assert found["fault", "database"] == 1
    assert ("content_generation",) not in found


def test_nothing_is_counted_or_answered_without_a_port(settings, monkeypatch):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    settings.METRICS_PORT = 0

    count_request("start", 200, 0.1)
    with exporter.exporter() as variables:
        assert variables == {}


def test_numbers_of_all_workers_are_added_up(settings, tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    monkeypatch.setattr(exporter, "readings", lambda: [])
    settings.VAR_DIR = tmp_path
    settings.METRICS_HOST = "127.0.0.1"
    settings.METRICS_PORT = free_port()

    with exporter.exporter() as variables:
        for _ in range(2):
            subprocess.run(
                [sys.executable, "-c", COUNT], env=os.environ | variables, check=True
            )
        with urlopen(f"http://127.0.0.1:{settings.METRICS_PORT}/metrics") as answer:
            told = answer.read().decode()

    assert 'livskvalitet_requests_total{status="200",view="start"} 2.0' in told
    assert 'livskvalitet_request_seconds_count{view="start"} 2.0' in told
