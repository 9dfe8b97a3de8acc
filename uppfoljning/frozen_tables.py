"""Makes the database itself refuse to change what a report said when it was adopted."""

# Each table with the columns besides the key that make a row the only one of its kind.
TABLES = {
    "uppfoljning_adoption": ("report_id",),
    "uppfoljning_reportpdf": ("adoption_id",),
    "uppfoljning_reportcorrection": ("key",),
}
_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'adopted reports never change'); END
"""
# INSERT OR REPLACE takes the old row away without asking the trigger on DELETE.
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'adopted reports never change'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION uppfoljning_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'adopted reports never change'
   USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION uppfoljning_refuse()
"""


def install(schema_editor) -> None:
    """Every migration that touches one of the tables must call this last: SQLite drops
    triggers when it rebuilds a table."""
    remove(schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(_POSTGRESQL_FUNCTION)
    for table, columns in TABLES.items():
        for verb in ("UPDATE", "DELETE"):
            sql = _POSTGRESQL if is_postgresql else _SQLITE
            schema_editor.execute(sql.format(table=table, verb=verb))
        if not is_postgresql:
            same = " OR ".join(f'"{name}" = NEW."{name}"' for name in ("id", *columns))
            schema_editor.execute(_SQLITE_REPLACE.format(table=table, same=same))


def remove(schema_editor) -> None:
    """Take the triggers away, for a migration that must rebuild a table."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        on_table = f" ON {table}" if is_postgresql else ""
        for verb in ("UPDATE", "DELETE", "REPLACE"):
            name = f"{table}_no_{verb}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
