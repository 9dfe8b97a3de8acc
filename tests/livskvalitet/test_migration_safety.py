"""Migrations that lock for long or break the previous release are told (trust R28)."""

import pytest
from django.core.management import call_command
from django.db import models
from django.db.migrations import Migration, operations

from livskvalitet import migration_safety as safety

NEW = {("kunskapsbank", "new")}
FLAG = models.BooleanField(default=False)


def nothing(apps, editor):
    pass


def told(*steps, **attributes):
    """Kind and reason of what is told of a migration with these steps."""
    made = type("Migration", (Migration,), {"operations": list(steps), **attributes})
    found = safety.faults_of(made("0099_made_up", "kunskapsbank"), NEW)
    return [(each.operation, each.why) for each in found]


DANGEROUS = [
    (operations.DeleteModel("Entry"), safety.BREAKS),
    (operations.RemoveField("Entry", "slug"), safety.BREAKS),
    (operations.RenameField("Entry", "slug", "name"), safety.BREAKS),
    (operations.RenameModel("Entry", "Post"), safety.BREAKS),
    (operations.AddField("entry", "flag", FLAG), safety.INSERTS),
    (
        operations.AddField("entry", "key", models.CharField(null=True, unique=True)),
        safety.INDEXES,
    ),
    (
        operations.AddIndex("entry", models.Index(fields=["slug"], name="made_up")),
        safety.INDEXES,
    ),
    (
        operations.AddConstraint(
            "entry",
            models.CheckConstraint(condition=models.Q(pk__gt=0), name="made_up"),
        ),
        safety.CHECKS,
    ),
    (operations.RunPython(nothing), safety.ONE_WAY),
]
HARMLESS = [
    operations.CreateModel("New", []),
    operations.AddField("new", "flag", FLAG),
    operations.RemoveField("new", "flag"),
    operations.AddField("entry", "note", models.TextField(null=True)),
    operations.AddField(
        "entry", "flag", models.BooleanField(default=False, db_default=False)
    ),
    operations.AddField("entry", "tags", models.ManyToManyField("kunskapsbank.New")),
    operations.RunPython(nothing, nothing),
]


@pytest.mark.trust("R28")
@pytest.mark.parametrize(
    ("step", "why"), DANGEROUS, ids=lambda each: type(each).__name__
)
def test_what_is_dangerous_is_told(step, why):
    assert told(step) == [(type(step).__name__, why)]


@pytest.mark.trust("R28")
@pytest.mark.parametrize("step", HARMLESS, ids=lambda each: type(each).__name__)
def test_what_is_harmless_is_not(step):
    assert told(step) == []


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (models.TextField(null=True), models.TextField(), [safety.CHECKS]),
        (models.IntegerField(), models.BigIntegerField(), [safety.REWRITES]),
        (
            models.CharField(max_length=20),
            models.CharField(max_length=10),
            [safety.REWRITES],
        ),
        (models.CharField(max_length=10), models.CharField(max_length=20), []),
        (models.TextField(), models.TextField(db_index=True), [safety.INDEXES]),
        (models.TextField(), models.TextField(verbose_name="ett namn"), []),
    ],
)
def test_a_changed_field_is_compared_with_what_it_was(before, after, why):
    assert list(safety._about_changed_field(after, before)) == why


def test_data_is_not_moved_beside_changed_tables():
    steps = [HARMLESS[3], operations.RunPython(nothing, nothing)]

    assert told(*steps) == [("RunPython", safety.HOLDS)]


def test_what_says_why_is_allowed():
    assert told(DANGEROUS[1][0], allowed={"RemoveField": "nobody reads it"}) == []


def test_a_reason_must_be_given_and_be_needed():
    assert told(DANGEROUS[1][0], allowed={"RemoveField": ""})
    assert told(HARMLESS[0], allowed={"RemoveField": "nobody reads it"})


def test_the_migrations_since_the_last_release_are_safe():
    call_command("check_migrations")
