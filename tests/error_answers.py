"""How to bring about each error that a reader can meet.

Every function takes a client that hands back errors instead of raising them.
"""

from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from kunskapsbank.models import Version
from livskvalitet.views import pages


def not_found(client, monkeypatch):
    return client.get("/finns-inte/")


def bad_request(client, monkeypatch):
    return client.get("/", headers={"host": "någon annan"})


def method_not_allowed(client, monkeypatch):
    return client.post("/")


def csrf_failure(client, monkeypatch):
    monkeypatch.setattr(client.handler, "enforce_csrf_checks", True)
    return client.post("/")


def gone(client, monkeypatch):
    version = Version.objects.listed().first()
    version.entry.state = "withdrawn"
    version.entry.state_reason = "Uppgifterna stämde inte."
    version.entry.save()
    return client.get(version.get_absolute_url())


def forbidden(client, monkeypatch):
    return _raised(client, monkeypatch, PermissionDenied)


def server_error(client, monkeypatch):
    return _raised(client, monkeypatch, ZeroDivisionError)


def database_lost(client, monkeypatch):
    return _raised(client, monkeypatch, OperationalError)


def _raised(client, monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(pages, "frameworks_by_level", fail)
    return client.get("/")


ERRORS = {
    not_found: 404,
    bad_request: 400,
    method_not_allowed: 405,
    csrf_failure: 403,
    forbidden: 403,
    gone: 410,
    server_error: 500,
    database_lost: 503,
}
