from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError

from search import generation
from search.models import ContentGeneration

pytestmark = pytest.mark.django_db


def test_migration_makes_the_row_that_is_counted_in():
    ContentGeneration.objects.all().delete()
    migration = import_module("search.migrations.0002_make_the_only_row")

    for _ in range(2):
        migration.make_the_only_row(apps, None)

    assert generation.current() == 1


def test_touch_raises_the_number_by_one_in_one_statement(django_assert_num_queries):
    before = generation.current()

    with django_assert_num_queries(1):
        generation.touch()

    assert generation.current() == before + 1


def test_an_emptied_table_counts_from_the_start():
    ContentGeneration.objects.all().delete()

    numbers = [generation.current()]
    for _ in range(2):
        generation.touch()
        numbers.append(generation.current())

    assert numbers == [0, 1, 2]


def test_the_first_touch_of_an_emptied_table_never_passes_for_a_second(monkeypatch):
    """Two at once: one makes the row, and the other must not go on without a word."""
    ContentGeneration.objects.all().delete()
    filtered = ContentGeneration.objects.filter

    def made_meanwhile(**conditions):
        found = filtered(**conditions).none()
        ContentGeneration.objects.create(pk=1)
        return found

    monkeypatch.setattr(ContentGeneration.objects, "filter", made_meanwhile)

    with pytest.raises(IntegrityError):
        generation.touch()
