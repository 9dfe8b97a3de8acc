"""The chain of review events: how it is linked, checked and kept append-only."""

import hashlib
import json
from datetime import UTC

TABLE = "kunskapsbank_reviewevent"
_LINKED = (
    "entry_id",
    "position",
    "version_number",
    "act",
    "from_status",
    "to_status",
    "actor_ref",
    "name_hash",
    "message_hash",
    "previous_hash",
)

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'review events are append-only'); END
"""
# INSERT OR REPLACE takes the old row away without asking the trigger on DELETE.
_SQLITE_REPLACE = """
CREATE TRIGGER {table}_no_REPLACE BEFORE INSERT ON {table}
WHEN EXISTS (
    SELECT 1 FROM {table}
    WHERE id = NEW.id OR (entry_id = NEW.entry_id AND position = NEW.position)
)
BEGIN SELECT RAISE(ABORT, 'review events are append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'review events are append-only'
   USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
"""


def event_hash(event) -> str:
    """SHA-256 (hex) over the event's fields and the hash of the one before it."""
    return hashlib.sha256(hashed_text(event).encode()).hexdigest()


def hashed_text(event) -> str:
    """The very text that the event's hash is over, so that anybody can count it."""
    fields = {name: getattr(event, name) for name in _LINKED}
    if event.reason:  # came later: the events before it are hashed without
        fields["reason"] = event.reason
    moment = event.happened_at.astimezone(UTC)
    fields["happened_at"] = moment.isoformat(timespec="microseconds")
    return json.dumps(fields, sort_keys=True, ensure_ascii=True)


def is_whole(events) -> bool:
    """Whether `events`, one entry's in order, are all there and unchanged."""
    previous = ""
    for position, event in enumerate(events, start=1):
        linked = (event.position, event.previous_hash) == (position, previous)
        if not linked or event.hash != event_hash(event):
            return False
        previous = event.hash
    return True


def salted_hash(salt: str, text: str) -> str:
    """SHA-256 (hex) of a text that may be erased and must not be guessed after."""
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def tells_the_truth(detail) -> bool:
    """Whether an event's name and message, if they are still there, are unchanged."""
    said = [
        (detail.name_salt, detail.actor_name, detail.event.name_hash),
        (detail.message_salt, detail.message, detail.event.message_hash),
    ]
    return all(
        salted_hash(salt, text) == expected if salt else not text
        for salt, text, expected in said
    )


def install_append_only(schema_editor) -> None:
    """Make the database itself refuse UPDATE and DELETE of review events.

    Every migration that touches the table must call this last: SQLite drops triggers
    when it rebuilds a table.
    """
    remove_append_only(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL_FUNCTION.format(table=TABLE))
        sql = _POSTGRESQL
    else:
        schema_editor.execute(_SQLITE_REPLACE.format(table=TABLE))
        sql = _SQLITE
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(sql.format(table=TABLE, verb=verb))


def remove_append_only(schema_editor) -> None:
    """Take the triggers away, for a migration that must rebuild the table."""
    on_table = ""
    if schema_editor.connection.vendor == "postgresql":
        on_table = f" ON {TABLE}"
    for verb in ("UPDATE", "DELETE", "REPLACE"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{on_table}")
