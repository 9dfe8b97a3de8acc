"""The copy of everything public: whole, dated, and without what has been hidden."""

import fcntl
import hashlib
import re

import pytest
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django_tasks_db.models import DBTaskResult

from kunskapsbank import workflow
from kunskapsbank.enums import DeclineReason
from kunskapsbank.models import Entry
from livskvalitet import static_copy
from livskvalitet.static_copy import asking, making
from search import copies, generation
from tests import mail_server
from tests.kunskapsbank import samples, stories
from tests.kunskapsbank.test_files_serving import attach

pytestmark = [pytest.mark.django_db, pytest.mark.pages]

LIST = "/kunskapsbank/"
DATA = "/oppna-data/bidrag.csv"
FEED = "/kunskapsbank/flode.atom"
BOOK = "/oppna-data/bidrag.xlsx"
OTHER = "/om/kakor/"
ENGLISH = "/in-english/"
SECOND = "/kunskapsbank/?sida=2"


@pytest.fixture(autouse=True)
def _in_the_test_s_transaction():
    """A request would close the connection that holds it."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_COPY_ROOT = str(tmp_path / "copy")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "site.css").write_text("a{}")
    return tmp_path / "copy"


@pytest.fixture
def entry():
    """With a document that its page shows."""
    version = stories.draft()
    attach(version, "plan.pdf", samples.document())
    submitted = stories.hand_in(version)
    moderator = stories.moderator()
    return workflow.publish(submitted, by=moderator, lock=submitted.lock).entry


@pytest.fixture
def near(entry):
    """How the addresses begin that are followed: a whole copy takes minutes."""
    return [entry.get_absolute_url(), copies.FILES, SECOND]


@pytest.fixture
def make(root, entry, near, monkeypatch):
    """Make a copy of a few pages and what they link to."""
    page = entry.get_absolute_url()
    first = {page, LIST, FEED, DATA, BOOK, OTHER, ENGLISH, "/tipsa/", "/finns-inte/"}
    links = asking.Answer.links

    def links_near(self, address):
        found = set(links(self, address)) - {f"{page}pdf/"}
        return iter([each for each in found if each.startswith(tuple(near))])

    monkeypatch.setattr(making, "first_addresses", lambda: first)
    monkeypatch.setattr(asking.Answer, "links", links_near)
    return static_copy.make


def read(root, address):
    return (root / copies.CURRENT / copies.path_of(address)).read_text()


def held(root):
    """The addresses in the newest copy, by its manifest, which its files agree with."""
    folder = root / copies.CURRENT
    for line in (folder / copies.MANIFEST).read_text().splitlines():
        checksum, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum
    return set(copies.lines_of(folder))


def hide(entry, run):
    with run(execute=True):
        workflow.hide(entry, by=stories.moderator(), reason=DeclineReason.COPYRIGHT)


@pytest.mark.trust("R18")
def test_pages_say_when_they_were_copied_and_forms_are_left_out(root, make):
    make()

    page = read(root, OTHER)
    assert "Det här är en kopia från" in page
    assert page.index("kopia från") < page.index("<h1")
    assert "style=" not in page
    assert {LIST, FEED, DATA, BOOK, OTHER} <= held(root)
    assert not {"/tipsa/", "/finns-inte/"} & held(root)
    assert "Vänta en minut" in read(root, making.UNAVAILABLE)
    assert (root / "current/data/static/site.css").exists()


@pytest.mark.thorough
def test_the_page_in_english_says_it_in_english(root, make):
    make()

    page = read(root, ENGLISH)
    assert "This is a copy from" in page
    assert "kopia från" not in page
    assert '<div class="frame" lang="en">' in page


def test_a_list_is_copied_to_its_last_page_and_what_is_hidden_leaves_them_all(
    root, make, near, django_capture_on_commit_callbacks
):
    # Django's test client would let requests close the connection again.
    shown = asking.Site().ask(SECOND).body.decode()
    there = re.search(r'href="(/kunskapsbank/([a-z0-9-]{20,})/)"', shown)
    near.append(there[1])
    make()
    assert there[1] in read(root, SECOND)

    hide(Entry.objects.get(slug=there[2]), django_capture_on_commit_callbacks)

    assert {LIST, SECOND} & held(root) == {LIST}
    assert not (root / "current/data/kunskapsbank/sida-2.html").exists()
    static_copy.mend()
    assert there[1] not in read(root, SECOND)


@pytest.mark.parametrize(
    "query", ["sida=2&amne=x", "sida=0", "sida=../x", "sida=٢", "q=x", "sida=2222222"]
)
def test_no_other_query_is_followed(query):
    page = f'<a href="?{query}">x</a>'.encode()

    assert [*asking.Answer(200, {}, page).links(LIST)] == []


def test_files_that_a_page_shows_are_in_the_copy(root, make):
    make()

    assert [each for each in held(root) if each.startswith(copies.FILES)]


@pytest.mark.trust("R15")
def test_what_is_hidden_is_deleted_at_once_with_all_that_names_it(
    root, make, entry, django_capture_on_commit_callbacks
):
    make()
    page = entry.get_absolute_url()

    hide(entry, django_capture_on_commit_callbacks)

    left = held(root)
    assert OTHER in left
    assert not {page, f"{page}historik/", LIST, FEED, DATA, BOOK} & left
    assert not [each for each in left if each.startswith(copies.FILES)]
    names = [file.read_bytes() for file in root.rglob("*") if file.is_file()]
    assert not [text for text in names if page.encode() + b'"' in text]


@pytest.mark.thorough
def test_what_is_still_public_is_made_anew(
    root, make, entry, django_capture_on_commit_callbacks
):
    make()
    before = held(root)
    page = entry.get_absolute_url()
    hide(entry, django_capture_on_commit_callbacks)

    static_copy.mend()

    gone = before - held(root)
    assert LIST in held(root)
    assert all(each.startswith((page, copies.FILES)) for each in gone)
    assert page not in read(root, LIST)
    assert static_copy.mend() == 0


@pytest.mark.thorough
def test_what_is_hidden_while_a_copy_is_made_is_not_in_it(
    root, make, entry, django_capture_on_commit_callbacks, monkeypatch
):
    page = entry.get_absolute_url()
    take = making.Copy.take_static_files

    def meanwhile(self):
        assert page in self.mentions
        hide(entry, django_capture_on_commit_callbacks)
        take(self)

    make()
    monkeypatch.setattr(making.Copy, "take_static_files", meanwhile)

    make()

    assert page not in held(root)


def test_a_change_takes_the_page_and_leaves_the_lists(
    root, make, entry, django_capture_on_commit_callbacks
):
    make()

    with django_capture_on_commit_callbacks(execute=True):
        version = entry.versions.get()
        workflow.confirm(entry, by=version.author)

    assert LIST in held(root)
    assert entry.get_absolute_url() not in held(root)


def test_a_name_that_is_taken_away_leaves_all_that_may_have_it(
    root, make, entry, django_capture_on_commit_callbacks
):
    make()

    with django_capture_on_commit_callbacks(execute=True):
        workflow.anonymise(entry.versions.get().author)

    assert OTHER in held(root)
    assert not {entry.get_absolute_url(), LIST, FEED, DATA, BOOK} & held(root)


@pytest.mark.thorough
def test_a_disk_that_does_not_answer_is_tried_again_by_a_task(
    root, make, entry, django_capture_on_commit_callbacks, monkeypatch
):
    make()
    page = entry.get_absolute_url()
    with monkeypatch.context() as broken:
        broken.setattr(copies, "locked", _unreachable)
        hide(entry, django_capture_on_commit_callbacks)
    assert page in held(root)

    drops = DBTaskResult.objects.filter(task_path="search.copies.drop_later")
    DBTaskResult.objects.exclude(pk__in=drops.values("pk")).delete()
    mail_server.work()

    assert page not in held(root)


def _unreachable():
    raise OSError


@pytest.mark.trust("R18")
@pytest.mark.thorough
def test_a_site_that_is_down_leaves_the_copy_as_it_was(root, make, monkeypatch):
    make()
    before = held(root)

    monkeypatch.setattr(generation, "current", _lost)
    with pytest.raises(CommandError, match="503"):
        call_command("export_static")

    assert held(root) == before


def _lost():
    raise OperationalError


def test_one_is_made_at_a_time(root, make, monkeypatch):
    could_begin = []

    def meanwhile():
        with (root / making.MAKING).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                could_begin.append(True)
            except BlockingIOError:
                could_begin.append(False)
        return [OTHER]

    monkeypatch.setattr(making, "first_addresses", meanwhile)

    make()

    assert could_begin == [False]


@pytest.mark.thorough
def test_the_one_before_is_kept_and_no_more(root, make):
    for year in ("2001", "2002", "2003"):
        (root / year).mkdir(parents=True)

    make()

    before, newest = sorted(each.name for each in root.glob("2*"))
    assert before == "2003"
    assert (root / copies.CURRENT).resolve().name == newest


def test_no_copy_is_made_where_there_is_no_place_for_one(capsys):
    call_command("export_static")
    call_command("mend_static")

    assert capsys.readouterr().out.count("STATIC_COPY_ROOT is not set") == 2


def test_the_pdf_of_a_page_is_no_page():
    assert copies.path_of("/kunskapsbank/x/pdf/").endswith("/pdf/index.pdf")
    assert copies.path_of("/kunskapsbank/x/").endswith("/x/index.html")
