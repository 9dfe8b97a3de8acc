"""How long anything may wait for the database, so that no wait is for ever.

Waiting for a lock has an end in every process (trust R29). One statement has an end in
the processes that answer readers alone (trust R26): a command may take its time.
"""


def limit_waiting(database: dict, seconds: int) -> None:
    """Let whoever meets a lock give up; on SQLite, where one writes at a time, too."""
    options = database.setdefault("OPTIONS", {})
    if database["ENGINE"].endswith("sqlite3"):
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": seconds,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    else:
        _add(options, "lock_timeout", seconds)


def limit_statements(database: dict, seconds: int) -> None:
    """End a statement that takes longer; SQLite has no such limit."""
    if not database["ENGINE"].endswith("sqlite3"):
        options = database.setdefault("OPTIONS", {})
        _add(options, "statement_timeout", seconds)
        # A request that was broken off must not keep its locks.
        _add(options, "idle_in_transaction_session_timeout", 2 * seconds)


def _add(options: dict, name: str, seconds: int) -> None:
    said = f"{options.get('options', '')} -c {name}={seconds}s"
    options["options"] = said.strip()
