"""What every test starts from: a database that holds the programme and the launch
contributions, as `manage.py load_content` leaves it. Tests add to it and are undone."""

import gc
import pickle

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template.base import Template

from programme import taxonomy
from programme.models import Edition
from tests import database
from tests.matrix import FULL_MATRIX

_AS_LOADED: list[bytes] = []  # pages hang more on its parts, so each test has its own


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    database.restore_when_connected()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if not Edition.objects.exists():  # it may be made of one that is loaded
            database.load()
        taxonomy.current()
        _AS_LOADED.append(pickle.dumps(taxonomy._kept))


@pytest.fixture(scope="session", autouse=True)
def _note_pages_and_not_their_parts(django_test_environment):
    """`response.context` is of the page: Django would copy the context of each
    template that a page includes too, which takes a fifth of the time."""
    render = Template._render

    def of_page(self, context):
        is_page = context.template is self
        return render(self, context) if is_page else self.nodelist.render(context)

    Template._render = of_page
    yield
    Template._render = render


@pytest.fixture(autouse=True)
def _forget_what_is_kept_in_process(request):
    """A rolled-back change leaves the generation as it was, but not the content.

    The programme's tree is put back as it was loaded: to read it takes longer than most
    pages do. A test that changes it must raise the generation, as the site does.
    """
    taxonomy.forget()
    if _asks_the_database(request.node):
        for kept in _AS_LOADED:
            taxonomy._kept = pickle.loads(kept)
    cache.clear()


def pytest_make_parametrize_id(val, argname):
    """A file's bytes may hold the clock, and every worker must name a test alike."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_finish(session):
    """What is imported and collected stays: it need not be looked through for what can
    be thrown away, again and again. Nor need the rest be as often as Python would,
    which took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """What no database can change is tried on one of them, SQLite; what asks it for
    something, and no page, is marked, for tests/run.py to choose by."""
    for item in items:
        if _asks_the_database(item) and not _asks_for_a_page(item):
            item.add_marker("data")
    # Neighbours share a worker, and none is taken over from the front.
    items.sort(key=lambda item: not item.get_closest_marker("shared"))
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    chosen, others = [], []
    for item in items:
        (chosen if _hangs_on_the_database(item) else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen


def _hangs_on_the_database(item):
    if item.get_closest_marker("pages") and not FULL_MATRIX:
        return False
    return item.get_closest_marker("browser") or _asks_the_database(item)


def _asks_the_database(item):
    return item.get_closest_marker("django_db") or "db" in item.fixturenames


def _asks_for_a_page(item):
    """It has a client, or its file makes some, or it says that it does."""
    has_client = "client" in item.fixturenames or hasattr(item.module, "Client")
    return has_client or item.get_closest_marker("pages")
