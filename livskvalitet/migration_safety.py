"""What a migration may not do while the previous release still runs (trust R28, R29).

A release is rolled out on one machine after another, so the previous one meets the new
tables; and a table that is locked for long is a site that is down. Only migrations that
are newer than the last release, whose newest are in BASELINE, are looked at.

A migration that must do it all the same says why:
`allowed = {"RemoveField": "no release has read it since 1.2"}`.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelTable,
    AlterUniqueTogether,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.models import Field, ManyToManyField

BASELINE = Path(__file__).with_name("migration_baseline.json")
APPS = (
    "search",
    "programme",
    "accounts",
    "kunskapsbank",
    "uppfoljning",
    "livskvalitet",
)

BREAKS = "the previous release, which still runs, reads or writes what is gone"
INSERTS = "the previous release inserts rows without it: give it null or db_default"
REWRITES = "the table is rewritten or read through while nobody may use it"
INDEXES = "nobody may write to the table while the index is made"
CHECKS = "the table is read through while nobody may use it"
HOLDS = "locks of other tables are held while data is moved: a migration of its own"
ONE_WAY = "it cannot be undone: give reverse_code, noop if there is nothing to undo"
BREAKING = (DeleteModel, RemoveField, RenameField, RenameModel, AlterModelTable)


class Fault(NamedTuple):
    migration: str
    operation: str
    why: str

    def __str__(self) -> str:
        return f"{self.migration}: {self.operation}: {self.why}"


def faults() -> list[Fault]:
    """What is wrong with the migrations since the last release."""
    loader = MigrationLoader(None)
    released = _released(loader)
    newer = [
        migration
        for key, migration in sorted(loader.disk_migrations.items())
        if key[0] in APPS and key not in released
    ]
    new_tables = {table for migration in newer for table in _made_by(migration)}
    return [
        fault for each in newer for fault in faults_of(each, new_tables, loader=loader)
    ]


def record() -> None:
    """Note that all migrations there are now have been released."""
    loader = MigrationLoader(None)
    newest = {app: name for app, name in loader.graph.leaf_nodes() if app in APPS}
    BASELINE.write_text(json.dumps(newest, indent=2) + "\n", encoding="utf-8")


def faults_of(
    migration: Migration, new_tables: set[tuple[str, str]], loader=None
) -> Iterator[Fault]:
    """Those of one migration that it does not say why it has.

    `new_tables` are of models that no release has: nobody else uses them yet.
    """
    name = f"{migration.app_label}.{migration.name}"
    allowed = dict(getattr(migration, "allowed", {}))
    operations = list(_flat(migration.operations))
    changes_old = any(
        not isinstance(each, RunPython | RunSQL | CreateModel)
        and not _is_new(each, migration.app_label, new_tables)
        for each in operations
    )
    met = set()
    for each in operations:
        kind = type(each).__name__
        if isinstance(each, RunPython | RunSQL):
            whys = list(_about_data(each, changes_old))
        elif _is_new(each, migration.app_label, new_tables):
            whys = []
        else:
            before = _field_before(each, migration, loader)
            whys = list(_about_tables(each, before))
        if whys:
            met.add(kind)
        if not allowed.get(kind):
            yield from (Fault(name, kind, why) for why in whys)
    for kind in allowed.keys() - met:
        yield Fault(name, kind, "is allowed and needs not be: take that away")


def _about_tables(operation: Operation, before: Field | None) -> Iterator[str]:
    if isinstance(operation, BREAKING):
        yield BREAKS
    elif isinstance(operation, AddField):
        yield from _about_new_field(operation.field)
    elif isinstance(operation, AlterField):
        yield from _about_changed_field(operation.field, before)
    elif isinstance(operation, AddIndex):
        yield INDEXES
    elif isinstance(operation, AddConstraint | AlterUniqueTogether):
        yield CHECKS


def _about_new_field(field: Field) -> Iterator[str]:
    if isinstance(field, ManyToManyField):
        return  # a table of its own
    if not field.null and not field.has_db_default():
        yield INSERTS
    if field.unique or field.db_index:
        yield INDEXES


def _about_changed_field(field: Field, before: Field | None) -> Iterator[str]:
    if before is None or isinstance(field, ManyToManyField):
        return
    if before.null and not field.null:
        yield CHECKS
    shorter = (field.max_length or 0) < (before.max_length or 0)
    if shorter or field.get_internal_type() != before.get_internal_type():
        yield REWRITES
    is_index, was_index = (each.unique or each.db_index for each in (field, before))
    if is_index and not was_index:
        yield INDEXES


def _about_data(operation: RunPython | RunSQL, changes_old: bool) -> Iterator[str]:
    if not operation.reversible:
        yield ONE_WAY
    if changes_old:
        yield HOLDS


def _field_before(operation: Operation, migration: Migration, loader) -> Field | None:
    """The field as it was, from the state that the migration begins with."""
    if loader is None or not isinstance(operation, AlterField):
        return None
    key = (migration.app_label, migration.name)
    state = loader.project_state(key, at_end=False)
    model = state.models.get((migration.app_label, operation.model_name_lower))
    return model.fields.get(operation.name) if model else None


def _flat(operations: list[Operation]) -> Iterator[Operation]:
    """What is done to the database; what only Django is told of is left out."""
    for each in operations:
        if isinstance(each, SeparateDatabaseAndState):
            yield from _flat(each.database_operations)
        else:
            yield each


def _is_new(operation: Operation, app: str, new_tables: set[tuple[str, str]]) -> bool:
    model = getattr(operation, "model_name", "") or getattr(operation, "name", "")
    return isinstance(operation, CreateModel) or (app, model.lower()) in new_tables


def _made_by(migration: Migration) -> Iterator[tuple[str, str]]:
    for each in _flat(migration.operations):
        if isinstance(each, CreateModel):
            yield migration.app_label, each.name.lower()


def _released(loader: MigrationLoader) -> set[tuple[str, str]]:
    newest = json.loads(BASELINE.read_text(encoding="utf-8"))
    plans = [loader.graph.forwards_plan(key) for key in newest.items()]
    return {key for plan in plans for key in plan}
