"""A site with a database of its own for each file of tests."""

import pytest

from tests.faults import databases
from tests.faults.site import Site


@pytest.fixture(scope="session")
def database_template(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock():
        template = databases.make_template(tmp_path_factory.mktemp("template"))
    yield template
    databases.drop(template)


@pytest.fixture(scope="module")
def own_database(database_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("database")
    with databases.copy(database_template, folder) as url:
        yield url


@pytest.fixture(scope="module")
def site(own_database, tmp_path_factory):
    """No server runs yet; `served` starts one."""
    with Site(tmp_path_factory.mktemp("site"), own_database).beside() as site:
        yield site
