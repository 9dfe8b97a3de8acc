"""What every test starts from: a database that holds the programme and the launch
contributions, as `manage.py load_content` leaves it. Tests add to it and are undone."""

import pytest
from django.core.cache import cache
from django.core.management import call_command

from programme import taxonomy


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def _forget_what_is_kept_in_process():
    """A rolled-back change leaves the generation as it was, but not the content."""
    taxonomy.forget()
    cache.clear()
