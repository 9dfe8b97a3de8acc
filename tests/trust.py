"""docs/tillforlitlighet.md: which test shows what of trust R1-R40, and its result.

A test says what it shows with `@pytest.mark.trust("R5")`. `python -m tests.trust`
runs those tests on both databases and writes the table; with `--check`, part of
`make check`, it runs nothing and compares the table with the marks.
"""

import argparse
import ast
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres
from tests.run import fill
from tests.trust_cases import CASES, ELSEWHERE

TABLE = Path("docs/tillforlitlighet.md")
REPORTS = Path("var/tests")
# A database, and what its tests are run with.
ENGINES = ("SQLite", "PostgreSQL")
Results = dict[str, Counter[str]]
Marked = dict[str, list[str]]


def marked() -> Marked:
    """By case, the tests that show it, as path::name."""
    found: Marked = defaultdict(list)
    for path in sorted(Path("tests").rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for case in _cases_of(node):
                    found[case].append(f"{path}::{node.name}")
    return found


def _cases_of(function: ast.FunctionDef) -> Iterator[str]:
    for each in function.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.trust":
            yield from (ast.literal_eval(argument) for argument in each.args)


def faults(tests: Marked) -> list[str]:
    """Cases that nothing shows, and marks of cases that are not there."""
    without = [case for case in CASES if not tests.get(case) and case not in ELSEWHERE]
    unknown = (tests.keys() | ELSEWHERE.keys()) - CASES.keys()
    return [f"{case}: no test is marked with it" for case in without] + [
        f"{case}: there is no such case" for case in sorted(unknown)
    ]


def rows(tests: Marked, results: Results) -> Iterator[str]:
    for case, (what, expected) in CASES.items():
        shown = [f"`{each.removeprefix('tests/')}`" for each in tests.get(case, [])]
        shown += [ELSEWHERE[case]] if case in ELSEWHERE else []
        said = [
            f"{count} passed on {engine}"
            for engine in ENGINES
            if (count := results.get(engine, Counter())[case])
        ]
        said += ["see there"] if case in ELSEWHERE else []
        cells = [case, what, expected, "<br>".join(shown), "<br>".join(said)]
        yield f"| {' | '.join(cells)} |"


def text(tests: Marked, results: Results, when: str) -> str:
    head = [
        "# What happens when something breaks",
        "",
        "Each fault that is expected, what must then be so, the tests that make the",
        "fault and look, and how they ended. Made by `python -m tests.trust`; `make",
        "check` sees that the tests named here are those that are marked, and every",
        "one of them is part of `make test-full`. Paths are those under `tests/`.",
        "",
        when,
        "",
        "| case | fault | expected | shown by | result |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows(tests, results)]) + "\n"


def without_results(table: str) -> list[list[str]]:
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [line.split(" | ")[:-1] for line in lines]


def check() -> list[str]:
    tests = marked()
    found = faults(tests)
    now = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    if without_results(now) != without_results(text(tests, {}, "")):
        found.append(f"{TABLE} is not as the marks: run python -m tests.trust")
    return found


def run_all(tests: Marked) -> Results:
    files = sorted(
        {each.partition("::")[0] for all_ in tests.values() for each in all_}
    )
    variables = {key: value for key, value in os.environ.items() if key != "LOCAL"}
    variables.pop("DATABASE_URL", None)
    results = {"SQLite": run(files, tests, variables)}
    with postgres.server() as running:
        variables["DATABASE_URL"] = running.url
        fill(variables)
        variables["DATABASE_TEMPLATE"] = "livskvalitet"
        results["PostgreSQL"] = run(files, tests, variables)
    return results


def run(files: list[str], tests: Marked, variables: dict[str, str]) -> Counter[str]:
    """Run the marked tests; how many passed of each case. Ends if any failed."""
    report = REPORTS / "trust.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    options = ["-q", "-n", "2", "-m", "trust and not browser", f"--junitxml={report}"]
    command = [sys.executable, "-m", "pytest", *options, *files]
    if subprocess.run(command, env=variables).returncode:
        sys.exit("A test failed: the table is left as it was.")
    ran: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        path = str(case.get("classname")).replace(".", "/") + ".py"
        name = str(case.get("name")).partition("[")[0]
        ran[f"{path}::{name}"] += 1
    counts = {case: sum(ran[each] for each in names) for case, names in tests.items()}
    return Counter(counts)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and run nothing")
    parser.add_argument(
        "--names", action="store_true", help="write the table without running it"
    )
    options = parser.parse_args(arguments)
    found = check() if options.check else faults(marked())
    for fault in found:
        print(fault)
    if options.check or found:
        return int(bool(found))
    tests = marked()
    results = {} if options.names else run_all(tests)
    machine = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}"
    when = f"Run {date.today()} on {machine}, with `python -m tests.trust`."
    if options.names:
        when = "Not run since the marks changed: `make trust` fills in the results."
    TABLE.write_text(text(tests, results, when), encoding="utf-8")
    print(f"Wrote {TABLE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
