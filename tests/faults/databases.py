"""Databases that may be broken: copies of the tests' own, with the content in them."""

import os
import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def make_template(folder):
    """What the copies are made of: a file, or the name of a database."""
    connection.ensure_connection()
    if IS_SQLITE:
        with sqlite3.connect(folder / "template.sqlite3") as file:
            connection.connection.backup(file)
        file.close()
        return folder / "template.sqlite3"
    name = f"faults_{os.getpid()}"
    tests = connection.settings_dict["NAME"]
    connection.close()  # nobody may be connected to what is copied
    _on_server("CREATE DATABASE {} TEMPLATE {}", name, tests)
    return name


def drop(name):
    if not IS_SQLITE:
        _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def copy(template, folder):
    """The address of a copy that is gone afterwards."""
    if IS_SQLITE:
        shutil.copy(template, folder / "site.sqlite3")
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    name = f"{template}_copy"
    _on_server("CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield address_of(name)
    finally:
        drop(name)


@contextmanager
def locked(url):
    """Somebody else writes to contributions, and does not end."""
    if url.startswith("sqlite"):
        file = sqlite3.connect(urlsplit(url).path, isolation_level=None)
        file.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            file.rollback()
            file.close()
        return
    with psycopg.connect(url) as link:
        link.execute("LOCK TABLE kunskapsbank_entry IN ACCESS EXCLUSIVE MODE")
        yield
        link.rollback()


def address_of(name):
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def _on_server(statement, *names):
    with psycopg.connect(address_of("postgres"), autocommit=True) as link:
        link.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def kept_in(folder: Path):
    """The files of contributions under `folder`, whole or not."""
    return sorted(each for each in folder.rglob("*") if each.is_file())
