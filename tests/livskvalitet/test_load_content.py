"""manage.py load_content may run any number of times, whatever people do between."""

import json
import os
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
from kunskapsbank.models import Entry, ReviewEvent, Version
from livskvalitet.management.commands import load_content
from programme import loading
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Prioritering,
    Term,
)
from search import generation
from tests.factories import VersionFactory

pytestmark = pytest.mark.django_db


def load():
    out = StringIO()
    call_command("load_content", stdout=out)
    return out.getvalue()


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


@pytest.mark.thorough
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


@pytest.mark.thorough
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


def test_fault_in_a_fixture_is_told():
    with pytest.raises(DeserializationError):
        loading.load(
            [{"model": "programme.missing", "fields": {}}], history_date=timezone.now()
        )


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_failure_halfway_leaves_nothing_behind(monkeypatch):
    def fail(**kwargs):
        raise RuntimeError

    Term.objects.get(slug="folkhalsa").history.all().delete()
    Term.objects.filter(slug="folkhalsa").delete()
    monkeypatch.setattr(workflow, "load_launch_version", fail)

    with pytest.raises(RuntimeError):
        load()

    assert not Term.objects.filter(slug="folkhalsa").exists()
