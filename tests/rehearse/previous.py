"""The release before this one, its code and its tests, on the tables of this one."""

import io
import subprocess
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests import postgres
from tests.rehearse.ground import environment, python, require, say

APPS = [
    "accounts",
    "kunskapsbank",
    "livskvalitet",
    "programme",
    "search",
    "uppfoljning",
]
# Each kind of page, and every act on a text: what a release does with its tables.
TESTS = ["tests/test_queries.py", "tests/kunskapsbank/test_workflow.py"]
DATABASE = "later"


def commit_before_newest_migration() -> str | None:
    """None where git does not know: the clone is shallow, or there is no clone."""
    folders = [f":(glob){app}/migrations/*.py" for app in APPS]
    newest = _git("log", "-1", "--format=%H", "--", *folders)
    return _git("rev-parse", "--verify", "--quiet", f"{newest}^") if newest else None


def _git(*arguments: str) -> str | None:
    ended = subprocess.run(["git", *arguments], capture_output=True, text=True)
    return ended.stdout.strip() or None if ended.returncode == 0 else None


def unpacked(commit: str, folder: Path) -> Path:
    packed = subprocess.run(["git", "archive", commit], capture_output=True, check=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def copied(server: postgres.Server) -> str:
    """A database with the tables and the content of this release, for the tests."""
    with psycopg.connect(server.url, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {DATABASE}")
    own = urlunsplit(urlsplit(server.url)._replace(path=f"/{DATABASE}"))
    server.fill_from(server.url, into=own)
    return own


def run_tests(folder: Path, url: str) -> str:
    """The last line that the tests say; fails if any of them does."""
    tests = [each for each in TESTS if (folder / each).exists()]
    require(bool(tests), f"none of {TESTS} is in the previous release")
    command = ["-m", "pytest", "-q", "-n", "2", "--dist", "worksteal"]
    options = ["-p", "no:cacheprovider"]
    said = _run([*command, *options, *tests], folder, url, "livskvalitet.settings_test")
    return said.strip().splitlines()[-1]


def _run(command: list[str], folder: Path, url: str, settings: str) -> str:
    ended = subprocess.run(
        python(*command),
        cwd=folder,
        env=environment(
            DATABASE_URL=url,
            DATABASE_TEMPLATE=DATABASE,
            DJANGO_SETTINGS_MODULE=settings,
            LOCAL=1,
        ),
        capture_output=True,
        text=True,
    )
    require(
        ended.returncode == 0,
        f"{command}:\n{ended.stdout[-3000:]}{ended.stderr[-2000:]}",
    )
    return ended.stdout


def try_on(url: str, folder: Path) -> None:
    settings = "tests.rehearse.later_release"
    _run(["manage.py", "migrate", "--verbosity", "0"], Path.cwd(), url, settings)
    commit = commit_before_newest_migration()
    if commit:
        say(f"    the code before the newest migration: {commit[:10]}")
        code = unpacked(commit, folder / "previous")
    else:
        say("    NOT the previous release: git has only the newest commits here. This")
        say("    release is taken for it, on the tables of the one that is rehearsed")
        code = Path.cwd()
    say(f"    {run_tests(code, url)}")
