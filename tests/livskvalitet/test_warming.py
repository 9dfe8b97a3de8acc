"""The most read pages are made anew after a change, before readers have to wait."""

from types import SimpleNamespace

import pytest

from livskvalitet import warming
from search import generation

LIST = "/kunskapsbank/"


@pytest.fixture
def threads(monkeypatch):
    """The threads that are begun, which the test runs itself."""
    begun = []

    def thread(*, target, daemon):
        return SimpleNamespace(start=lambda: begun.append(target))

    monkeypatch.setattr(warming, "Thread", thread)
    return begun


def test_most_read_pages_are_made_anew_after_a_change(site, threads, monkeypatch):
    monkeypatch.setattr(warming, "MOST", 1)
    for path in ("/om/", "/om/", LIST, LIST, LIST):
        site.get(path)

    site.change_elsewhere()
    site.get("/programmet/")
    (run,) = threads
    run()

    site.get(LIST)
    assert site.made == ["/om/", LIST, "/programmet/", LIST]


def test_what_was_read_before_two_quick_changes_is_made_anew(site, threads):
    for path in ("/om/", "/om/"):
        site.get(path)

    for _ in range(2):
        site.change_elsewhere()
        site.cache.look_for_change()
    (run,) = threads
    run()

    assert site.made == ["/om/", "/om/"]
    assert len(site.cache._pages) == 1


def test_change_meanwhile_begins_anew(site, threads, monkeypatch):
    for path in ("/om/", "/om/", LIST, LIST):
        site.get(path)
    site.change_elsewhere()
    site.cache.look_for_change()
    site.made.clear()
    make = site.cache._warming._make

    def meanwhile(*asked):
        monkeypatch.setattr(site.cache._warming, "_make", make)
        site.change_elsewhere()
        site.cache.look_for_change()

    monkeypatch.setattr(site.cache._warming, "_make", meanwhile)
    (run,) = threads
    run()

    assert sorted(site.made) == [LIST, "/om/"]


def test_act_in_the_process_warms_without_a_reader(
    site, threads, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(generation, "_listeners", [site.cache.look_for_change])
    for path in ("/om/", "/om/"):
        site.get(path)

    with django_capture_on_commit_callbacks(execute=True):
        generation.touch()
    (run,) = threads
    run()

    assert site.made == ["/om/", "/om/"]
