"""What the site says of itself to those who run it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from livskvalitet import health

pytestmark = pytest.mark.django_db


def _lost(*_, **__):
    raise OperationalError("password=hemligt")


def waiting(minutes):
    now = timezone.now()
    made = DBTaskResult.objects.create(
        task_path="a.task",
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        queue_name="default",
        backend_name="default",
        run_after=now,
        exception_class_path="",
        traceback="",
    )
    before = now - timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=before)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_well_site_is_ready_and_nobody_keeps_the_answer(client):
    response = client.get("/halsa/")

    assert (response.status_code, response.json()) == (
        200,
        {"state": "ready", "faults": {}},
    )
    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


def test_lost_database_is_down_and_tells_no_secret(client, monkeypatch):
    monkeypatch.setattr(health.generation, "current", _lost)
    monkeypatch.setattr(connection, "close", lambda: None)

    response = client.get("/halsa/")

    assert response.status_code == 503
    assert response.json() == {
        "state": "down",
        "faults": {"database": "does not answer: OperationalError"},
    }
    assert client.get("/halsa/lever/").json() == {"state": "live"}


def test_tables_older_than_the_code_are_down(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_: [1, 2])

    response = client.get("/halsa/")

    assert response.status_code == 503
    assert response.json()["faults"] == {
        "migrations": "2 not applied: run manage.py migrate"
    }


@pytest.mark.parametrize(("minutes", "state"), [(9, "ready"), (11, "degraded")])
def test_tasks_that_wait_show_that_no_worker_runs(client, minutes, state):
    waiting(minutes)

    response = client.get("/halsa/")

    assert (response.status_code, response.json()["state"]) == (200, state)


def test_lost_cache_is_degraded(client, monkeypatch):
    monkeypatch.setattr(type(cache._connections["default"]), "get", _lost)

    assert client.get("/halsa/").json() == {
        "state": "degraded",
        "faults": {"cache": "does not answer: OperationalError"},
    }


def test_media_that_cannot_be_written_or_kept_is_degraded(
    client, settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "missing"
    missing = client.get("/halsa/").json()
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    full = client.get("/halsa/").json()

    assert missing["state"] == full["state"] == "degraded"
    assert missing["faults"]["media"].startswith("cannot be written")
    assert full["faults"] == {"media": "the disk is nearly full"}


def test_proxy_may_ask_over_plain_http(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/halsa/").status_code == 200
