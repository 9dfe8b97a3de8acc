"""Names are ASCII, and English but for the words in docs/ordlista.md."""

import ast
import re
from functools import cache

from django.apps import apps
from django.db.models import Choices
from django.urls import get_resolver
from django.utils.text import slugify

from tests.source import (
    APPS,
    FRAME,
    ROOT,
    files,
    nodes,
    python,
    stylesheets,
    templates,
    text,
    under,
)

# Swedish words that are written as English ones which our code needs.
ALSO_ENGLISH = {
    "admin", "administrator", "design", "english", "favicon", "for", "http", "ico",
    "known", "login", "manifest", "moderator", "national", "organisation", "pdf",
    "period", "plan", "regional", "robots", "salt", "security", "sitemap", "slug",
    "status", "text", "txt", "var", "version", "webmanifest", "well", "xml",
    "person", "api", "csv", "data", "datasets", "dcat", "json", "openapi", "rdf",
    "schema", "xlsx", "ris", "kolada", "men", "far",
    "lite", "worker",
}  # fmt: skip
PARAMETERS = {"vilja", "fokus", "prio", "typ", "ordning", "sida", "datum"}
SHORTEST = 3
NAMES_IN_HTML = re.compile(r'\b(?:id|class|name|for)="([^"]*)"')


@cache
def listed_words():
    """The forms in code that docs/ordlista.md allows."""
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|", text_of("docs/ordlista.md"), re.M)
    forms = {form.strip() for row in rows[1:] for form in row.split(",")}
    return forms - {"---"}


def text_of(name):
    return (ROOT / name).read_text()


# -- ASCII


def test_files_have_ascii_names():
    assert [path for path in files() if not str(path).isascii()] == []


def identifiers(path):
    """Every name that a Python file gives to something."""
    yield from path.with_suffix("").parts
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.name
            case ast.Name(ctx=ast.Store()):
                yield node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.attr
            case ast.arg():
                yield node.arg
            case ast.keyword(arg=str()):
                yield node.arg
            case ast.alias(asname=str()):
                yield node.asname


def tree_of(path):
    return next(nodes(path, ast.Module))


def test_identifiers_are_ascii():
    odd = {
        (str(path), name)
        for path in under(*APPS, FRAME, "tests", suffix=".py")
        for name in identifiers(path)
        if not name.isascii()
    }

    assert odd == set()


def routes(resolver, names=()):
    for pattern in resolver.url_patterns:
        if getattr(pattern, "app_name", "") == "admin":
            continue
        yield str(pattern.pattern), getattr(pattern, "name", None) or ""
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern)


def test_addresses_are_ascii_and_in_lower_case():
    for route, name in routes(get_resolver()):
        assert route.isascii(), route
        assert name.isascii(), route
        assert name == name.lower(), name
        literal = re.sub(r"<[^>]*>", "", route)
        assert literal == literal.lower(), route


def class_names():
    for path in stylesheets():
        for name in re.findall(r"(?<![\w/])\.([^\W\d][\w-]*)", without_comments(path)):
            yield name, path
        for name in re.findall(r"--[\w-]+", without_comments(path)):
            yield name, path


def without_comments(path):
    return re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", text(path), flags=re.S)


def test_classes_and_properties_are_ascii_in_lower_case():
    odd = {name for name, _ in class_names() if not re.fullmatch("[a-z0-9_-]+", name)}

    assert odd == set()


def test_ids_and_classes_in_templates_are_ascii():
    odd = {
        (str(path), value)
        for path in templates()
        for value in NAMES_IN_HTML.findall(re.sub(r"{%.*?%}", "", text(path)))
        if not value.isascii()
    }

    assert odd == set()


# -- Swedish


def words_of(name):
    """ViljeinriktningQuerySet, entry_list and entry-list in parts, in lower case."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return {part.lower() for part in re.split(r"[\W_]+", parted) if part}


def folded(phrase):
    words = slugify(phrase).split("-")
    return {word for word in words if len(word) >= SHORTEST and word.isalpha()}


def labels():
    """All Swedish that models and their choices show to people."""
    for label in [*APPS, FRAME]:
        config = apps.get_app_config(label)
        yield str(config.verbose_name)
        for model in config.get_models():
            if not hasattr(model, "history_object"):
                yield from _names_of(model)
    for choices in Choices.__subclasses__() + [
        each for kind in Choices.__subclasses__() for each in kind.__subclasses__()
    ]:
        if choices.__module__.partition(".")[0] in {*APPS, FRAME}:
            yield from choices.labels


def _names_of(model):
    yield str(model._meta.verbose_name)
    yield str(model._meta.verbose_name_plural)
    for field in model._meta.get_fields():
        name = str(getattr(field, "verbose_name", ""))
        if name != field.name.replace("_", " ") or name in listed_words():
            yield name


@cache
def swedish_words():
    from_addresses = [
        re.sub(r"<[^>]*>|[\^$]", " ", route) for route, _ in routes(get_resolver())
    ]
    found = set(PARAMETERS)
    for phrase in [*labels(), *(re.sub(r"\W", " ", each) for each in from_addresses)]:
        found |= folded(phrase)
    return found - ALSO_ENGLISH


def test_swedish_words_are_known_from_what_people_read():
    assert {"bidrag", "utgava", "fokusomrade", "omvarld", "ordlista"} <= swedish_words()


def test_listed_words_are_terms_that_the_code_uses():
    used = {
        word
        for path in python()
        for name in identifiers(path)
        for word in words_of(name)
    }

    assert "fokusomraden" in listed_words()
    assert listed_words() - used <= {"livskvalitetsprogrammet"}


def test_names_in_code_are_english_but_for_listed_words():
    forbidden = swedish_words() - listed_words()

    used = {
        (str(path), word)
        for path in python()
        for name in {*identifiers(path)}
        for word in words_of(name) & forbidden
    }

    assert used == set()


def test_names_of_routes_are_english_but_for_listed_words():
    used = {word for _, name in routes(get_resolver()) for word in words_of(name)}

    assert used & swedish_words() - listed_words() == set()


def test_names_of_templates_are_english_but_for_listed_words():
    used = {
        word for path in templates() for word in words_of(str(path.with_suffix("")))
    }

    assert used & swedish_words() - listed_words() == set()


def test_names_of_classes_are_english_but_for_listed_words():
    used = {word for name, _ in class_names() for word in words_of(name)}

    assert used & swedish_words() - listed_words() == set()
