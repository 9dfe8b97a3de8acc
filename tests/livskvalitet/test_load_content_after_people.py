"""What people have renamed, made or removed is theirs, however often load_content runs.

How it is told from our own hangs on no database.
"""

import re

import pytest

from kunskapsbank.models import Organisation, Tag, Version
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
from tests.admin_pages import change, send
from tests.factories import UserFactory
from tests.kunskapsbank import stories
from tests.livskvalitet.test_load_content import load

pytestmark = [pytest.mark.django_db, pytest.mark.pages, pytest.mark.thorough]

TRACKED = [
    Chapter, Edition, Fokusomrade, Footnote, Framework, Goal, GoalLink, Prioritering,
    SteeringDocument, SteeringDocumentLink, Term, Viljeinriktning,
]  # fmt: skip


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def test_row_that_an_editor_removed_stays_away():
    link = GoalLink.objects.first()
    link.delete()

    load()

    assert (
        GoalLink.objects.filter(fokusomrade=link.fokusomrade, goal=link.goal).count()
        == 0
    )


@pytest.mark.trust("R14")
def test_tag_and_organisation_that_moderators_renamed_are_left_alone(editor):
    tag = Tag.objects.get(slug="dialog")
    organisation = Organisation.objects.get(slug="boverket")
    numbers = Tag.objects.count(), Organisation.objects.count()
    stories.renamed(tag, "Samtal med invånare")
    change(editor, organisation, name="Boverket, myndigheten", slug="myndigheten")

    said = load()

    tag.refresh_from_db()
    organisation.refresh_from_db()
    assert (tag.name, tag.key) == ("Samtal med invånare", "samtal med invånare")
    assert organisation.name == "Boverket, myndigheten"
    assert (Tag.objects.count(), Organisation.objects.count()) == numbers
    assert "Contributions: 60 unchanged." in said


def test_tag_whose_old_name_somebody_uses_anew_is_left_alone(editor):
    stories.renamed(Tag.objects.get(slug="dialog"), "Samtal med invånare")
    page = "/admin/kunskapsbank/tag/add/"
    send(editor, page, name="dialog", slug="dialog-2")

    assert "Contributions: 60 unchanged." in load()


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


@pytest.mark.trust("R14")
def test_row_that_people_renamed_twice_is_not_doubled():
    term = Term.objects.get(slug="folkhalsa")
    for slug in ["halsa", "halsan"]:
        term.slug = slug
        term.save()

    load()

    assert Term.objects.filter(term=term.term).get() == term


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
