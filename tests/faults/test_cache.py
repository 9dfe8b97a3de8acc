"""The cache's server is down: nothing listens at its address (trust R21)."""

import pytest
from django.core.cache import cache
from django.test import Client

from livskvalitet import fallback_cache
from livskvalitet.environment import Environment
from livskvalitet.fallback_cache import FallbackCache
from tests.factories import UserFactory
from tests.mail_server import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(autouse=True)
def lost_cache(settings, monkeypatch):
    monkeypatch.setattr(FallbackCache, "_lost_at", float("-inf"))
    monkeypatch.setenv("CACHE_URL", f"redis://127.0.0.1:{free_port()}/0")
    settings.CACHES = {"default": Environment().cache({})}


@pytest.mark.trust("R21")
def test_sign_in_is_throttled_and_works():
    person = UserFactory(email="ida@example.se")
    wrong = {"login": person.email, "password": "inte det rätta alls"}

    pages = [Client().post("/konto/logga-in/", wrong) for _ in range(7)]

    refused = ["för många försök" in page.content.decode() for page in pages]
    assert refused[:5] == [False] * 5
    assert all(refused[5:])


@pytest.mark.trust("R21")
def test_what_is_counted_is_in_the_database_for_all_processes():
    cache.set("försök", 3, 60)

    assert fallback_cache.DatabaseCache("cache", {}).get("försök") == 3
    assert cache.is_lost
    assert not cache.add("försök", 4)


@pytest.mark.trust("R21")
def test_health_says_so_and_the_site_stays_up(client):
    response = client.get("/halsa/")

    assert response.status_code == 200
    assert response.json()["state"] == "degraded"
    assert "cache" in response.json()["faults"]
