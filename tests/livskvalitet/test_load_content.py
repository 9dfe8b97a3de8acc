"""manage.py load_content may run any number of times, whatever people do between."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.utils import timezone

from kunskapsbank import chain, workflow
from kunskapsbank.enums import Status
from kunskapsbank.models import Entry, Organisation, ReviewEvent, Tag, Version
from livskvalitet.management.commands import load_content
from programme import loading
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Framework,
    Goal,
    GoalLink,
    Prioritering,
    SteeringDocument,
    SteeringDocumentLink,
    Term,
    Viljeinriktning,
)
from search import generation
from tests.admin_pages import change, send
from tests.factories import UserFactory, VersionFactory

pytestmark = pytest.mark.django_db

TRACKED = [
    Chapter, Edition, Fokusomrade, Footnote, Framework, Goal, GoalLink, Prioritering,
    SteeringDocument, SteeringDocumentLink, Term, Viljeinriktning,
]  # fmt: skip


def load():
    out = StringIO()
    call_command("load_content", stdout=out)
    return out.getvalue()


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def fixture_change(tmp_path, monkeypatch):
    """Lets a test change one field of some rows of a fixture before it is read."""

    def change(file, model, field, to, *, where):
        rows = json.loads(load_content.fixture(file).read_text())
        for row in rows:
            meant = any(each.items() <= row["fields"].items() for each in where)
            if row["model"] == model and meant:
                row["fields"][field] = to
        for name in [load_content.TEXT, *load_content.CONTEXT, load_content.KNOWLEDGE]:
            (tmp_path / name).write_text(load_content.fixture(name).read_text())
        (tmp_path / file).write_text(json.dumps(rows))
        monkeypatch.setattr(load_content, "fixture", lambda name: tmp_path / name)

    return change


@pytest.mark.trust("R14")
def test_second_run_changes_nothing():
    before = generation.current()
    histories = Prioritering.history.count(), Term.history.count()

    said = load()

    assert "519 unchanged" in said
    assert "60 unchanged" in said
    assert generation.current() == before
    assert (Prioritering.history.count(), Term.history.count()) == histories
    assert Entry.objects.count() == Version.objects.count() == 60
    assert ReviewEvent.objects.count() == 60


def test_first_history_record_is_dated_when_the_programme_was_decided():
    record = Prioritering.objects.get(slug="2016-4-3-1-a").history.get()

    assert record.history_date.date() == date(2016, 1, 26)
    assert record.history_user is None


def test_row_that_an_editor_changed_is_left_alone():
    term = Term.objects.get(slug="folkhalsa")
    term.explanation = "Redaktörens egna ord."
    term.save()

    said = load()

    term.refresh_from_db()
    assert term.explanation == "Redaktörens egna ord."
    assert "1 left as people have made them" in said


@pytest.mark.thorough
@pytest.mark.pages
def test_row_that_an_editor_removed_stays_away():
    link = GoalLink.objects.first()
    link.delete()

    load()

    assert (
        GoalLink.objects.filter(fokusomrade=link.fokusomrade, goal=link.goal).count()
        == 0
    )


@pytest.mark.thorough
@pytest.mark.pages
def test_row_nobody_edited_follows_the_fixture_and_keeps_its_history(fixture_change):
    fixture_change(
        "programme.json",
        "programme.fokusomrade",
        "in_short",
        "Nya ord.",
        where=[{"number": "4.3.1"}],
    )

    said = load()

    fokusomrade = Fokusomrade.objects.get(number="4.3.1")
    assert fokusomrade.in_short == "Nya ord."
    assert fokusomrade.history.count() == 2
    assert fokusomrade.history.last().in_short != "Nya ord."
    assert "1 updated" in said


def test_corrected_launch_contribution_becomes_a_second_version(fixture_change):
    before = Version.objects.get(entry__launch_key="ex-01")
    fixture_change(
        "kunskapsbank.json",
        "kunskapsbank.version",
        "summary",
        "En rättad sammanfattning.",
        where=[{"entry": ["ex-01"]}],
    )

    load()
    load()

    entry = Entry.objects.get(launch_key="ex-01")
    first, second = entry.versions.order_by("number")
    assert (first.pk, first.status) == (before.pk, Status.REPLACED)
    assert (second.status, second.summary) == (
        Status.PUBLISHED,
        "En rättad sammanfattning.",
    )
    assert set(second.prioriteringar.all()) == set(first.prioriteringar.all())
    assert set(second.tags.all()) == set(first.tags.all())
    assert chain.is_whole(entry.events.order_by("position"))
    assert entry.events.count() == 3


@pytest.mark.thorough
@pytest.mark.pages
def test_contribution_that_got_a_second_version_from_people_is_left_alone(
    fixture_change,
):
    entry = Entry.objects.get(launch_key="ex-01")
    first = entry.versions.get()
    taken_over(first)
    fixture_change(
        "kunskapsbank.json",
        "kunskapsbank.version",
        "title",
        "Fixturens nya rubrik",
        where=[{"entry": ["ex-01"]}],
    )

    said = load()

    assert entry.versions.count() == 2
    assert entry.versions.published().get().title == "Människors rubrik"
    assert set(first.prioriteringar.all()) == set(
        entry.versions.first().prioriteringar.all()
    )
    assert "1 left as people have made them" in said


def taken_over(version):
    """Stands for a publication by people, whose act is not a loading."""
    last = version.entry.events.order_by("position").last()
    event = ReviewEvent(
        entry=version.entry,
        position=last.position + 1,
        version_number=2,
        act="published",
        happened_at=version.published_at,
        previous_hash=last.hash,
    )
    event.hash = chain.event_hash(event)
    event.save()
    version.status = Status.REPLACED
    version.save(update_fields=["status"])
    Version.objects.create(
        entry=version.entry,
        number=2,
        kind=version.kind,
        title="Människors rubrik",
        summary=version.summary,
        status=Status.PUBLISHED,
        published_at=version.published_at,
    )


@pytest.mark.thorough
@pytest.mark.pages
def test_contribution_that_people_are_writing_on_is_left_alone(fixture_change):
    unfinished = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED]
    entries = list(Entry.objects.order_by("launch_key")[:3])
    pairs = zip(entries, unfinished, strict=True)
    written = [VersionFactory(entry=each, status=status) for each, status in pairs]
    fixture_change(
        "kunskapsbank.json",
        "kunskapsbank.version",
        "title",
        "Fixturens nya rubrik",
        where=[{"entry": [entry.launch_key]} for entry in entries],
    )

    said = load()

    assert "57 unchanged, 3 left as people have made them" in said
    for entry, version in zip(entries, written, strict=True):
        first, second = entry.versions.order_by("number")
        assert first.status == Status.PUBLISHED
        assert first.title != "Fixturens nya rubrik"
        assert (second, second.status) == (version, version.status)


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.trust("R14")
def test_tag_and_organisation_that_moderators_renamed_are_left_alone(editor):
    tag = Tag.objects.get(slug="dialog")
    organisation = Organisation.objects.get(slug="boverket")
    numbers = Tag.objects.count(), Organisation.objects.count()
    change(editor, tag, name="Samtal med invånare", slug="samtal")
    change(editor, organisation, name="Boverket, myndigheten", slug="myndigheten")

    said = load()

    tag.refresh_from_db()
    organisation.refresh_from_db()
    assert (tag.name, tag.key) == ("Samtal med invånare", "samtal med invånare")
    assert organisation.name == "Boverket, myndigheten"
    assert (Tag.objects.count(), Organisation.objects.count()) == numbers
    assert "Contributions: 60 unchanged." in said


@pytest.mark.thorough
@pytest.mark.pages
def test_tag_whose_old_name_somebody_uses_anew_is_left_alone(editor):
    change(editor, Tag.objects.get(slug="dialog"), name="Samtal med invånare")
    page = "/admin/kunskapsbank/tag/add/"
    send(editor, page, name="dialog", slug="dialog-2")

    assert "Contributions: 60 unchanged." in load()


@pytest.mark.thorough
@pytest.mark.pages
def test_tag_that_somebody_made_before_us_is_used():
    Tag.objects.filter(key="avlopp").update(slug="deras-avlopp")

    said = load()

    assert Tag.objects.get(key="avlopp").slug == "deras-avlopp"
    assert "Contributions: 60 unchanged." in said


# What belongs to a renamed row is not looked at, so those of a list are of different
# parts: nothing of the edition is met once that is renamed.
RENAMED = {
    "the edition": [(Edition, {"slug": "2016"}, {"slug": "2016-1"})],
    "parts of it": [
        (Chapter, {"number": "1.1"}, {"number": "9"}),
        (Fokusomrade, {"number": "4.2.1"}, {"number": "4.9.9"}),
        (Footnote, {"number": 1}, {"number": 99}),
        (Framework, {"slug": "agenda-2030"}, {"slug": "agendan"}),
        (Prioritering, {"slug": "2016-4-1-1-a"}, {"slug": "2016-den-forsta"}),
        (Prioritering, {"slug": "2016-4-1-2-a"}, {"slug": "2016-den", "position": 26}),
        (Term, {"slug": "folkhalsa"}, {"slug": "halsa", "term": "hälsa"}),
        (Viljeinriktning, {"number": "4.5"}, {"number": "4.9", "slug": "annan"}),
    ],
}


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize("renamed", RENAMED.values(), ids=RENAMED)
def test_row_that_people_renamed_is_neither_doubled_nor_in_the_way(renamed):
    rows = [(model.objects.get(**where), to) for model, where, to in renamed]
    for row, to in rows:
        for name, value in to.items():
            setattr(row, name, value)
        row.save()
    numbers = count_all()

    said = load()
    said_again = load()

    for row, to in rows:
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in to} == to
    assert count_all() == numbers
    assert int(re.search(r"(\d+) left as people", said)[1]) >= len(rows)
    assert "new" not in said
    assert said_again == said


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.trust("R14")
def test_row_that_people_renamed_twice_is_not_doubled():
    term = Term.objects.get(slug="folkhalsa")
    for slug in ["halsa", "halsan"]:
        term.slug = slug
        term.save()

    load()

    assert Term.objects.filter(term=term.term).get() == term


@pytest.mark.thorough
@pytest.mark.pages
def test_row_in_the_place_of_one_we_want_is_left_alone(fixture_change):
    edition = Edition.objects.get(slug="2016")
    theirs = Chapter.objects.create(
        edition=edition, number="7", slug="sju", title="Deras", position=99
    )
    fixture_change(
        "programme.json", "programme.chapter", "slug", "sju", where=[{"number": "1.1"}]
    )

    said = load()

    assert Chapter.objects.get(slug="sju") == theirs
    assert "1 left as people have made them" in said


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize(
    ("model", "where"),
    [
        (Goal, {"framework__slug": "agenda-2030", "number": 3}),
        (Prioritering, {"slug": "2016-4-1-1-d"}),
        (SteeringDocument, {"position": 1}),
    ],
)
def test_what_people_removed_stays_away_with_all_that_hung_on_it(model, where):
    model.objects.get(**where).delete()
    numbers = count_all()

    said = load()

    assert count_all() == numbers
    assert "left as people have made them" in said


def count_all():
    return {model: model.objects.count() for model in TRACKED + [Version, Tag]}


def test_fault_in_a_fixture_is_told():
    with pytest.raises(DeserializationError):
        loading.load(
            [{"model": "programme.missing", "fields": {}}], history_date=timezone.now()
        )


def test_fixtures_are_read_as_utf_8_whatever_the_computer_prefers():
    command = "from livskvalitet.management.commands.load_content import *;" + (
        "print(len(rows_in(TEXT)))"
    )
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    run = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {command}"],
        env={**os.environ, **ascii_only},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.stdout, run.returncode) == ("93\n", 0), run.stderr


def test_failure_halfway_leaves_nothing_behind(monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    Term.objects.get(slug="folkhalsa").history.all().delete()
    Term.objects.filter(slug="folkhalsa").delete()
    monkeypatch.setattr(workflow, "load_launch_version", fail)

    with pytest.raises(RuntimeError):
        load()

    assert not Term.objects.filter(slug="folkhalsa").exists()
