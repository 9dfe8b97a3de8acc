"""Imports point one way, between the apps and inside each of them."""

import ast

from tests.source import APPS, FRAME, nodes, python

# A module imports from those of its own row and the rows above, within its app. A
# module that is not here must be given its place before it can be used.
ROWS = [
    {
        "accessibility",
        "addresses",
        "asking",
        "cells",
        "chain",
        "charts",
        "citing",
        "converters",
    }
    | {"enums"}
    | {"database_limits", "migration_safety"}
    | {"environment", "exceptions", "markdown", "readability", "sorting", "swatch"}
    | {"guards", "validators", "encryption", "password_validation", "sessions"}
    | {"freshness", "frozen_tables", "pasting", "plain_language"}
    | {"access_log", "analysis", "documents", "matching", "parsing", "personal"},
    {"narrowing", "permissions", "publisher", "settings"},
    {"querysets", "settings_test", "link_querysets", "subject_querysets"}
    | {"connection_querysets", "directions", "kolada"},
    {"models"},
    {"mail", "schedule", "tasks", "tokens"},
    {
        "backup",
        "belonging",
        "checks",
        "comparison",
        "copies",
        "counted",
        "design_charts",
        "design_samples",
        "diary",
        "digests",
        "facets",
        "options",
        "ties",
        "figures",
        "findable",
        "form_rendering",
        "freshness_mail",
        "connection_mail",
        "crossings",
        "generation",
        "health",
        "follow_mail",
        "letter_mail",
        "broken_links",
        "link_upkeep",
        "links",
        "loading",
        "local",
        "notices",
        "notifications",
        "own_data",
        "reminders",
        "report_changes",
        "report_content",
        "report_page",
        "series",
        "plan",
        "sheets",
        "pdf",
    }
    | {
        "public_etag",
        "fallback_cache",
        "given_back",
        "read_only",
        "unavailable",
        "soundness",
        "rendering",
        "roles",
        "staticfiles",
        "taxonomy",
        "worker",
        "workflow",
    }
    | {"review_queue", "similarity", "tag_suggestions", "uploads"}
    | {"as_of", "changes", "comparing", "lineage", "readiness"}
    | {
        "engine",
        "concepts",
        "finding",
        "misspelling",
        "narrow",
        "missed",
        "index",
        "snippets",
        "suggesting",
        "synonyms",
        "vocabulary",
    },
    {"logs", "metrics", "fault_reports", "warming"},
    {"kept_page"},
    {"bots", "apps", "page_cache"},
    {"request_log", "whole_body", "doctor"},
    {"adapters", "forms", "open_data"},
    {"feeds", "follow_digests", "followed_lists"},
    {"admin", "context_processors", "management", "middleware", "sitemaps"}
    | {"openness", "page_titles", "static_copy"}
    | {"templatetags", "views"},
    {"urls", "open_data_urls", "person_urls"},
    {"wsgi"},
]
RANK = {name: place for place, row in enumerate(ROWS) for name in row}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "misc", "common"}


def module_of(path):
    """`views` for kunskapsbank/views/entry.py, empty for the app itself."""
    return path.with_suffix("").parts[1].removeprefix("__init__")


def imports(path):
    """Every import of ours in a file, those inside functions included, with names.

    `from kunskapsbank import facets` gives both kunskapsbank and kunskapsbank.facets.
    """
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path):
    """Pairs of app and module that a file imports."""
    for name in imports(path):
        app, _, rest = name.partition(".")
        if app in {*APPS, FRAME}:
            yield app, rest.partition(".")[0]


def test_apps_import_from_apps_before_them():
    order = [*APPS, FRAME]

    later = {
        (str(path), name)
        for path in python(migrations=True)
        for name, _ in ours(path)
        if order.index(name) > order.index(path.parts[0])
    }

    assert later == set()


def test_modules_import_from_rows_above():
    below = {
        (str(path), name)
        for path in python()
        for app, name in ours(path)
        if app == path.parts[0] and name and module_of(path)
        if RANK[name] > RANK[module_of(path)]
    }

    assert below == set()


def test_every_module_has_a_place():
    names = {module_of(path) for path in python()} - {""}

    assert names - RANK.keys() == set()


def test_no_code_imports_the_tests():
    for path in python(migrations=True):
        assert not any(name.split(".")[0] == "tests" for name in imports(path))


def test_no_module_has_a_name_that_says_nothing():
    for path in python():
        assert not FORBIDDEN_NAMES & set(path.with_suffix("").parts)
