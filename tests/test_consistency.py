"""The code keeps the rules of the house: what is written where, and how large."""

import ast
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import get_resolver
from django.utils.functional import Promise

from kunskapsbank.enums import Status
from kunskapsbank.workflow import TRANSITIONS
from tests.source import (
    APPS,
    FRAME,
    ROOT,
    calls,
    files,
    nodes,
    python,
    stylesheets,
    templates,
    text,
)

MAX_LINES = {".py": 400, ".css": 299, ".js": 400}
MAX_FUNCTION = 40
# Made by others or by a command, and read as data.
UNMEASURED = {"migrations"}

# -- Why each of these may do what the rest of the code may not.
MAY_MARK_SAFE = {
    "livskvalitet/templatetags/site.py": "JSON and hits, escaped part by part",
    "livskvalitet/templatetags/parts.py": "what templates made, put together",
    "kunskapsbank/markdown.py": "cleaned by nh3 on the line above",
    "kunskapsbank/templatetags/kunskapsbank.py": "the filter for the same",
}
MAY_WRITE_IN_BULK = {
    "accounts/tasks.py": "results and notes too old to be of use",
    "accounts/workflow/sessions.py": "ways in of whoever had the address before",
    "accounts/workflow/erasure.py": "a person and their invitations, to forget",
    "livskvalitet/backup/restoring.py": "sessions of another time, all of them",
    "accounts/local.py": "a second factor of one's own computer, made anew",
    "search/generation.py": "one row that counts; it has no history to miss",
    "search/index.py": "made from what is published, and can be made anew",
    "search/vocabulary.py": "the same",
    "search/missed.py": "counts too old to be of use",
    "uppfoljning/workflow/initiative_retention.py": "drafts that nobody else has had",
    "uppfoljning/workflow/indicators.py": "values, which keep revisions of their own",
    "kunskapsbank/uploads/sweeping.py": "files that nothing has, one by one",
    "kunskapsbank/workflow/addresses.py": "an old address that is in use again",
    "kunskapsbank/workflow/attachments.py": "one tie, in a text that can be changed",
    "kunskapsbank/workflow/collections.py": "places in a list, and a list, by request",
    "kunskapsbank/workflow/entries.py": "that it is hidden, once it is shown again",
    "kunskapsbank/workflow/following.py": "addresses to forget, and their networks",
    "kunskapsbank/workflow/freshness.py": "questions, which are only ever added",
    "kunskapsbank/workflow/letters.py": "hashes of networks, to forget",
    "kunskapsbank/workflow/moves.py": "a claim, which lapses anyway",
    "kunskapsbank/workflow/notes.py": "a note or template, row by row",
    "kunskapsbank/workflow/people.py": "names to forget, which is the point",
    "kunskapsbank/workflow/retention.py": "drafts alone, told of twice before",
    "kunskapsbank/workflow/review.py": "a claim, which lapses anyway",
    "kunskapsbank/link_upkeep.py": "which addresses are followed",
    "uppfoljning/workflow/editions.py": "made of lineage, and can be made anew",
    "kunskapsbank/links.py": "when an address is asked next",
    "kunskapsbank/workflow/synonyms.py": "one row, whose history is kept",
    "kunskapsbank/workflow/tags.py": "ties to a subject that becomes another",
    "uppfoljning/workflow/initiative_texts.py": "a draft nobody else has seen",
    "uppfoljning/workflow/people.py": "drafts of a person, to forget",
    "uppfoljning/workflow/openness.py": "counts, which can be made anew from the log",
    "kunskapsbank/workflow/text.py": "ties to files, written anew in their order",
}
MAY_GO_WITHOUT_TOKEN = {
    "kunskapsbank/views/following/signed.py": "one click in a mail program (RFC 8058)",
}
MAY_WRITE_SQL = {
    "kunskapsbank/chain.py": "triggers, which Django cannot make",
    "uppfoljning/frozen_tables.py": "the same",
    "livskvalitet/backup/databases.py": "copies tables as they are, all of them",
    "livskvalitet/metrics/readings.py": "how many connections the server has",
    "search/engine/base.py": "full-text search, which Django has no words for",
    "search/migrations/0004_make_the_table_of_terms.py": "its table",
    "search/migrations/0007_facets_beside_the_terms.py": "the same",
}

# Fields whose name in code is the Swedish word.
ALSO_SWEDISH = {
    *("text", "viljeinriktning", "prioriteringar", "prioritering", "status", "version")
}

# Found by their status, and never named.
ERROR_PAGES = {f"{name}.html" for name in (400, 403, 404, 405, 410, 429, 500, 503)}
# Named by code of allauth's that has no view here.
BY_ALLAUTH = {
    "account/confirm_email_verification_code.html",
    "account/signup_closed.html",
    "socialaccount/authentication_error.html",
}
NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
INCLUDED_COMPONENT = re.compile(r"{%\s*include\s+[\"']components/[^%]*%}")
EXTENDED = re.compile(r"{%\s*extends\s+\"([^\"]+)\"")
INLINE = re.compile(r"<script|<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.I)


def our_models():
    labels = {*APPS, FRAME}
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in labels and not hasattr(model, "history_object")
    ]


# -- Models


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)

    assert "No changes detected" in capsys.readouterr().out


def test_models_are_named_in_lower_case_swedish():
    odd = set()
    for model in our_models():
        one, many = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
        made_up = many == f"{one}s"  # what Django makes up itself
        if made_up or f"{one}{many}" != f"{one}{many}".lower():
            odd.add(model)

    assert odd == set()


def test_fields_are_named_in_lower_case_swedish():
    odd = {
        field
        for model in our_models()
        for field in model._meta.get_fields()
        if not is_named_in_swedish(field)
    }

    assert odd == set()


def is_named_in_swedish(field):
    name = getattr(field, "verbose_name", None)
    if name is None or isinstance(name, Promise) or field.name == "id":
        return True
    made_up = name == field.name.replace("_", " ")
    is_word = not made_up or not field.editable or name in ALSO_SWEDISH
    return is_word and name[0] == name[0].lower()


def test_app_names_are_swedish_and_in_lower_case():
    for label in [*APPS, FRAME]:
        name = str(apps.get_app_config(label).verbose_name)
        assert name == name.lower()
        assert name != label


def test_transitions_cover_every_status():
    assert TRANSITIONS.keys() == set(Status)
    assert set().union(*TRANSITIONS.values()) <= set(Status)


def test_no_class_saves_in_its_own_way():
    """Writes are functions; a row is saved as Django saves it."""
    saving = {
        f"{path}:{node.name}.{each.name}"
        for path in python()
        if path.parts[1].removesuffix(".py") in {"models", "querysets"}
        for node in nodes(path, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef)
        and each.name in {"save", "delete", "asave", "adelete"}
    }

    assert saving == set()


def test_nothing_happens_by_signal():
    signals = re.compile(r"django\.db\.models\.signals|django\.dispatch")

    assert [str(path) for path in python() if signals.search(text(path))] == []


# -- What only some may do


def in_bulk(name, call):
    """Whether a call is a QuerySet's write past history: named, or by its shape."""
    if name in {"bulk_create", "bulk_update", "abulk_create", "abulk_update"}:
        return True
    if name in {"update", "aupdate"}:  # a dict's takes its values by position
        return bool(call.keywords) and not call.args
    return name in {"delete", "adelete", "_raw_delete"} and not call.args


def test_nothing_is_written_past_history():
    found = {
        str(path)
        for path in python()
        for name, call in calls(path)
        if in_bulk(name, call)
    }

    assert found == MAY_WRITE_IN_BULK.keys()


def test_sql_is_written_in_one_place():
    names = {"raw", "extra", "execute", "executemany", "cursor", "RawSQL", "RunSQL"}

    found = {
        str(path)
        for path in python(migrations=True)
        for name, _ in calls(path)
        if name in names
    }

    assert found == MAY_WRITE_SQL.keys()


def test_markup_is_marked_safe_in_few_places():
    marks = re.compile(r"\bmark_safe\(|\bSafeString\(|is_safe=True|\|safe\b|safeseq")

    found = {
        str(path)
        for path in [*python(migrations=True), *templates()]
        if marks.search(text(path))
    }

    assert found == MAY_MARK_SAFE.keys()


def test_nothing_turns_escaping_off():
    for path in [*python(migrations=True), *templates()]:
        assert "autoescape" not in text(path), path


def test_one_view_alone_goes_without_the_token():
    """Trust 3.5.1: by a signed token instead."""
    times = {
        str(path): text(path).count("@csrf_exempt")
        for path in python(migrations=True)
        if "csrf_exempt" in text(path)
    }

    assert times == dict.fromkeys(MAY_GO_WITHOUT_TOKEN, 1)


# -- Templates


def template_names():
    return {str(path.relative_to("templates")): path for path in templates()}


SOURCES = {name: text(path) for name, path in template_names().items()}


def named_in(name):
    return set(NAMED.findall(SOURCES[name]))


def views(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern)
        else:
            yield pattern.callback


def named_by_code():
    """Templates named in Python, or given to a view in the addresses."""
    names = set()
    for path in python():
        for node in nodes(path, ast.Constant):
            if isinstance(node.value, str) and node.value.endswith(".html"):
                names.add(node.value)
    for view in views(get_resolver()):
        names.add(getattr(view, "view_initkwargs", {}).get("template_name"))
        names.add(getattr(getattr(view, "view_class", None), "template_name", None))
    return names


def test_every_template_is_used():
    met = set()
    named = named_by_code() | BY_ALLAUTH
    waiting = (named & template_names().keys()) | ERROR_PAGES
    while waiting:
        name = waiting.pop()
        met.add(name)
        waiting |= named_in(name) - met

    assert template_names().keys() - met == set()


def test_templates_name_templates_that_exist():
    missing = {name: named_in(name) - template_names().keys() for name in SOURCES}

    assert {name: names for name, names in missing.items() if names} == {}


def test_templates_extend_at_most_three_levels():
    assert {name for name in SOURCES if levels_of(name) > 3} == set()


def levels_of(name):
    found = EXTENDED.search(SOURCES[name])
    return 1 + levels_of(found[1]) if found else 1


def test_templates_have_nothing_inline():
    inline = {name: INLINE.findall(source) for name, source in SOURCES.items()}

    assert {name: found for name, found in inline.items() if found} == {}


def test_components_tell_their_parameters():
    for name, source in SOURCES.items():
        if name.startswith(("components/", "layout/")) or "/_" in name:
            after_extends = re.sub(r"^{% extends [^%]*%}\s*", "", source)
            assert re.match(r"{# .* #}\n", after_extends), name


def test_components_are_alone():
    for name, source in SOURCES.items():
        for include in INCLUDED_COMPONENT.findall(source):
            assert include.endswith((" only %}", " only%}")), (name, include)


# -- Styles


def test_every_stylesheet_is_in_the_load_order():
    listed = (ROOT / "static/css/index.txt").read_text().split()
    alone = {"pdf.css"}  # for the PDF only

    present = {str(path.relative_to("static/css")) for path in stylesheets()}

    assert len(listed) == len(set(listed))
    assert set(listed) == present - alone


def test_component_s_class_is_its_file_name():
    for path in stylesheets():
        if path.parent.name == "components":
            assert re.search(rf"\.{path.stem}(__|\b)|\[data-", text(path)), path


def test_every_class_in_a_template_is_in_a_stylesheet():
    """By itself, or as the block that other classes are parts of."""
    styled = set()
    for path in stylesheets():
        classes = re.findall(r"\.([a-zA-Z_][\w-]*)", text(path))
        styled |= {*classes, *(name.partition("__")[0] for name in classes)}

    bare = {}
    for path in templates():
        source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", text(path))
        for value in re.findall(r'\bclass="([^"]*)"', source):
            bare |= {name: str(path) for name in set(value.split()) - styled}

    assert bare == {}


# -- Size


def test_no_file_is_too_long():
    long = {}
    for path in files():
        limit = MAX_LINES.get(path.suffix)
        if limit and not UNMEASURED & set(path.parts):
            lines = len(text(path).splitlines())
            if lines > limit:
                long[str(path)] = lines

    assert long == {}


def test_no_function_is_too_long():
    long = {
        f"{path}:{node.name}": node.end_lineno - node.lineno + 1
        for path in files()
        if path.suffix == ".py" and not UNMEASURED & set(path.parts)
        for node in nodes(path, ast.FunctionDef)
        if node.end_lineno - node.lineno >= MAX_FUNCTION
    }

    assert long == {}
