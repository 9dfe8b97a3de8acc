"""Who may do what, as tables: every predicate, every kind of person, every status."""

import pytest
from django.contrib.auth.models import AnonymousUser

from kunskapsbank import permissions
from kunskapsbank.enums import Status
from tests.factories import UserFactory, VersionFactory

pytestmark = pytest.mark.django_db

EVERYBODY = [
    "anonymous",
    "somebody",
    "contributor",
    "author",
    "former contributor",
    "owner",
    "writer",
    "moderator",
    "author who moderates",
    "writer who moderates",
    "owner who moderates",
    "inactive author",
    "inactive moderator",
]


@pytest.fixture
def person(request):
    """A person and a version as the parameter says they are related."""
    role, status = request.param
    version = VersionFactory(status=status)
    if role == "anonymous":
        return AnonymousUser(), version
    user = UserFactory(
        contributor=role in {"contributor", "author", "owner", "writer"}
        or role == "inactive author",
        moderator="moderat" in role,
        is_active="inactive" not in role,
    )
    if "author" in role or role == "former contributor":
        version.author = user
        version.save(update_fields=["author"])
        version.entry.owners.add(user)
    if "owner" in role:
        version.entry.owners.add(user)
    if "writer" in role:
        version.writers.add(user)
    return user, version


def table(allowed, statuses=tuple(Status)):
    """Everybody at every status, and whether the predicate should say yes."""
    rows = [(role, status) for role in EVERYBODY for status in statuses]
    answers = [
        (row, row[0] in allowed(row[1]) if callable(allowed) else row[0] in allowed)
        for row in rows
    ]
    names = [f"{role}-{status}" for role, status in rows]
    return pytest.mark.parametrize(
        ("person", "expected"), answers, indirect=["person"], ids=names
    )


OWNING_MODERATORS = {"author who moderates", "owner who moderates"}
MODERATORS = {"moderator", "writer who moderates", *OWNING_MODERATORS}
OWNERS = {"author", "former contributor", "owner", *OWNING_MODERATORS}


@table(MODERATORS, [Status.PUBLISHED])
def test_can_moderate(person, expected):
    assert permissions.can_moderate(person[0]) is expected


@table(
    {*MODERATORS, "contributor", "author", "owner", "writer"},
    [Status.PUBLISHED],
)
def test_can_contribute(person, expected):
    assert permissions.can_contribute(person[0]) is expected


@table({"moderator"})
def test_can_review(person, expected):
    assert permissions.can_review(*person) is expected


def editors(status):
    everywhere = {"author", "author who moderates"}
    owners = {"owner", "owner who moderates"}
    return everywhere if status == Status.DRAFT else {*everywhere, *owners}


@table(editors)
def test_can_edit_text(person, expected):
    assert permissions.can_edit_text(*person) is expected


@table(OWNERS)
def test_can_take_back(person, expected):
    assert permissions.can_take_back(*person) is expected


@table(OWNERS)
def test_can_withdraw(person, expected):
    user, version = person

    assert permissions.can_withdraw(user, version.entry) is expected


@table(MODERATORS, [Status.PUBLISHED])
def test_can_hide(person, expected):
    assert permissions.can_hide(person[0]) is expected


@table({"moderator"}, [Status.PUBLISHED])
def test_can_show_again_unless_the_public_text_is_ones_own(person, expected):
    user, version = person

    assert permissions.can_show_again(user, version.entry) is expected


@table({"moderator"}, [each for each in Status if each != Status.DRAFT])
def test_can_review_hiding_unless_the_text_is_ones_own(person, expected):
    user, version = person

    assert permissions.can_review_hiding(user, version.entry, None) is expected


def test_whoever_hid_it_does_not_review_the_hiding():
    moderator = UserFactory(moderator=True)
    entry = VersionFactory(status=Status.PUBLISHED).entry

    assert permissions.can_review_hiding(moderator, entry, moderator.pk) is False


@table(OWNERS, [Status.PUBLISHED])
def test_can_object_to_hiding(person, expected):
    user, version = person

    assert permissions.can_object_to_hiding(user, version.entry) is expected


@table({*OWNERS, *MODERATORS}, [Status.PUBLISHED])
def test_can_hand_over(person, expected):
    user, version = person

    assert permissions.can_hand_over(user, version.entry) is expected


@table({"author", "former contributor", "author who moderates"}, [Status.DECLINED])
def test_can_appeal(person, expected):
    assert permissions.can_appeal(*person) is expected


@table({"moderator"}, [Status.DECLINED])
def test_can_answer_appeal(person, expected):
    assert permissions.can_answer_appeal(*person, declined_by_id=None) is expected


def test_whoever_declined_cannot_answer_the_appeal():
    moderator = UserFactory(moderator=True)
    version = VersionFactory(status=Status.DECLINED)

    assert permissions.can_answer_appeal(moderator, version, moderator.pk) is False
