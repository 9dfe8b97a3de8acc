"""The repository's own files, as the tests of its order read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What may import what: an app imports from those before it.
APPS = ["search", "programme", "accounts", "kunskapsbank", "uppfoljning"]
FRAME = "livskvalitet"


@cache
def files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT
    )
    names = sorted(filter(None, listed.stdout.split("\0")))
    return [Path(name) for name in names if (ROOT / name).is_file()]


def under(*folders: str, suffix: str) -> list[Path]:
    return [
        path for path in files() if path.parts[0] in folders and path.suffix == suffix
    ]


def python(*, migrations: bool = False) -> list[Path]:
    """The site's own code, without its tests."""
    found = under(*APPS, FRAME, suffix=".py")
    return [path for path in found if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    return under("templates", suffix=".html")


def stylesheets() -> list[Path]:
    return under("static", suffix=".css")


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The last name of each call, such as "update", and the call."""
    for node in nodes(path, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield node.func.attr, node
        elif isinstance(node.func, ast.Name):
            yield node.func.id, node
