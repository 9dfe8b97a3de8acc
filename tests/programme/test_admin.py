"""Editors change the programme in the admin, and cannot break the site there."""

import inspect

import pytest
from django.apps import apps

from programme import loading
from programme.models import (
    Chapter,
    Edition,
    Fokusomrade,
    Footnote,
    Framework,
    Goal,
    GoalLink,
    Lineage,
    Prioritering,
    SteeringDocument,
    SteeringDocumentLink,
    Term,
    Viljeinriktning,
)
from search import generation
from tests.admin_pages import change, filled_in, send
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LOADED = [
    Chapter, Edition, Fokusomrade, Footnote, Framework, Goal, GoalLink, Prioritering,
    SteeringDocument, SteeringDocumentLink, Term, Viljeinriktning,
]  # fmt: skip
FIXED = [
    (Chapter, "number", "9"),
    (Chapter, "slug", "9"),
    (Edition, "slug", "2017"),
    (Fokusomrade, "number", "4.9.9"),
    (Fokusomrade, "slug", "annat"),
    (Footnote, "number", "99"),
    (Framework, "slug", "annat"),
    (Goal, "slug", "annat"),
    (Prioritering, "slug", "annan"),
    (SteeringDocument, "slug", "annat"),
    (Term, "slug", "annat"),
    (Viljeinriktning, "number", "4.9"),
    (Viljeinriktning, "slug", "annan"),
]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


# -- What a row is known by


@pytest.mark.parametrize(("model", "field", "value"), FIXED)
def test_what_a_row_is_known_by_is_set_once(editor, model, field, value):
    row = model.objects.first()
    before = getattr(row, field)

    response = change(editor, row, **{field: value})

    row.refresh_from_db()
    assert response.status_code == 302
    assert getattr(row, field) == before


@pytest.mark.parametrize("model", LOADED)
def test_no_part_of_a_natural_key_can_be_written(editor, model):
    row = model.objects.first()
    page = f"/admin/programme/{model._meta.model_name}/{row.pk}/change/"
    parts = set(inspect.signature(model.objects.get_by_natural_key).parameters)

    assert filled_in(editor.get(page).content.decode()).keys() & parts == set()


def test_a_new_row_is_given_what_it_is_known_by(editor):
    response = send(
        editor,
        "/admin/programme/term/add/",
        slug="trivsel",
        term="trivsel",
        explanation="Att ha det bra.",
    )

    assert response.status_code == 302
    assert Term.objects.get(slug="trivsel").forms == []


# -- Text


@pytest.mark.parametrize("model", LOADED)
def test_a_save_that_changes_nothing_leaves_no_trace(editor, model):
    rows = model.objects.all()[:3]
    before = generation.current(), model.history.count()

    for row in rows:
        assert change(editor, row).status_code == 302
        assert not loading.differs(row, model.objects.get(pk=row.pk))
    assert (generation.current(), model.history.count()) == before


def test_every_chapter_keeps_its_lines(editor):
    for chapter in Chapter.objects.all():
        change(editor, chapter)

        assert Chapter.objects.get(pk=chapter.pk).body == chapter.body
    assert Chapter.objects.filter(body__contains="\n").exists()


def test_a_changed_text_has_the_new_lines_that_footnotes_count(editor):
    chapter = Footnote.objects.exclude(chapter=None).first().chapter

    body = f"{chapter.body}\n\nNytt.".replace("\n", "\r\n")
    change(editor, chapter, body=body, reason="Tillägg.")

    changed = Chapter.objects.get(pk=chapter.pk)
    assert changed.body == f"{chapter.body}\n\nNytt."
    assert changed.history.count() == 2
    assert changed.history.first().history_user is not None


def test_decided_words_are_changed_for_a_reason(editor):
    row = Prioritering.objects.first()

    refused = change(editor, row, text="Andra ord.")
    change(editor, row, text="Andra ord.", reason="Ett skrivfel.")

    row.refresh_from_db()
    assert "Skriv varför den beslutade texten ändras." in refused.content.decode()
    assert row.text == "Andra ord."
    assert row.history.first().history_change_reason == "Ett skrivfel."
    assert row.history.count() == 2


def test_words_of_the_sites_own_need_no_reason(editor):
    row = Fokusomrade.objects.first()

    assert change(editor, row, in_short="Kortare.").status_code == 302


def test_the_admin_neither_decides_nor_confirms(editor):
    edition = Edition.objects.get(slug="2016")
    area = Fokusomrade.objects.first()
    row = Lineage.objects.create(
        edition=edition,
        kind="dropped",
        from_fokusomrade=area,
        confirmed_on="2026-01-01",
    )

    change(editor, edition, status="in_force")
    page = f"/admin/programme/lineage/{row.pk}"
    removed = editor.post(f"{page}/delete/", {"post": "yes"})
    changed = editor.post(f"{page}/change/", {"kind": "new"})

    edition.refresh_from_db()
    assert edition.status == "ended"
    assert (removed.status_code, changed.status_code) == (403, 403)
    assert Lineage.objects.get(pk=row.pk).kind == "dropped"


def test_an_earlier_wording_can_be_taken_back(editor):
    term = Term.objects.first()
    change(editor, term, explanation="Andra ord.")
    first = term.history.last()

    send(editor, f"/admin/programme/term/{term.pk}/history/{first.pk}/")

    assert Term.objects.get(pk=term.pk).explanation == term.explanation
    assert term.history.count() == 3


# -- Faults that are refused


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize(
    "slug", ["livskvalitet-2016", "2016_2", "2016-Ny", "16", "20167"]
)
def test_an_edition_whose_pages_could_have_no_address_is_refused(editor, slug):
    response = new_edition(editor, slug)

    assert response.status_code == 200
    assert "Börja med ett årtal." in response.content.decode()
    assert not Edition.objects.filter(slug=slug).exists()


@pytest.mark.parametrize("slug", ["2030", "2030-livskvalitet", "2030-a-2"])
def test_an_edition_that_is_accepted_has_an_address(editor, slug):
    assert new_edition(editor, slug).status_code == 302
    assert Edition.objects.get(slug=slug).get_absolute_url() == f"/programmet/{slug}/"


def new_edition(editor, slug):
    return send(
        editor,
        "/admin/programme/edition/add/",
        slug=slug,
        title="Ny utgåva",
        period_start="2030",
        period_end="2034",
        status="proposal",
    )


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize("model", [Chapter, Viljeinriktning, Fokusomrade])
@pytest.mark.parametrize("number", ["IV", "4.", ".1", "4,1", "4.1 a", "٤"])
def test_a_number_that_is_none_is_refused(editor, model, number):
    response = send(
        editor, f"/admin/programme/{model._meta.model_name}/add/", number=number
    )

    assert "Skriv siffror med punkt emellan" in response.content.decode()


LISTS = [(Term, "forms"), *((m, "sources") for m in (Term, Framework, Goal))]


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize(("model", "field"), LISTS)
@pytest.mark.parametrize("written", ["", "  ", "[]", "null", "{}", '""'])
def test_an_emptied_list_is_an_empty_list(editor, model, field, written):
    row = model.objects.exclude(**{field: []}).first()

    response = change(editor, row, **{field: written})

    row.refresh_from_db()
    assert response.status_code == 302
    assert getattr(row, field) == []


@pytest.mark.thorough
@pytest.mark.pages
@pytest.mark.parametrize(("model", "field"), LISTS)
@pytest.mark.parametrize(
    "written", ["3", "0", "false", '[""]', '[" "]', "[1]", '{"a": "b"}', '"a"', "ord,"]
)
def test_a_list_of_something_else_is_refused(editor, model, field, written):
    row = model.objects.exclude(**{field: []}).first()
    before = getattr(row, field)

    response = change(editor, row, **{field: written})

    row.refresh_from_db()
    assert response.status_code == 200
    assert "Skriv en lista med texter" in response.content.decode()
    assert getattr(row, field) == before


@pytest.mark.parametrize("model", LOADED)
def test_what_is_loaded_is_accepted(model):
    for row in model.objects.all():
        row.clean_fields()


# -- Words


def test_histories_are_named_in_swedish():
    names = {
        str(name)
        for model in apps.get_app_config("programme").get_models()
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        if hasattr(model, "history_object")
    }

    assert "historik för fokusområde" in names
    assert all(name.startswith("historik för ") for name in names)
