"""How well and how fast search finds: `make bench-search`.

Per engine: recall@10 and MRR over both halves of the judged set (see
tests/search/judged/README.md), and, over contributions made of the real words, how long
the query, the facets and the hits of a page take.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres

SIZES = [1_000, 10_000, 100_000]
# What must hold, from the smallest size to the largest, and against the plain form.
MOST_GROWTH = 2.5
MOST_OF_PLAIN = 0.1


@contextmanager
def database(engine: str, folder: str) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
    else:
        with postgres.server() as running:
            yield running.url


def run(engine: str, sizes: list[int]) -> dict:
    """The measurements of one engine, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder, database(engine, folder) as url:
        into = Path(folder) / "results.json"
        command = [sys.executable, "-m", "tests.bench.search_run", "--into", str(into)]
        command += ["--sizes", *map(str, sizes)]
        subprocess.run(command, check=True, env=os.environ | {"DATABASE_URL": url})
        return json.loads(into.read_text())


def show(engine: str, results: dict) -> None:
    print(f"\n{engine}")
    for half, figures in results["quality"].items():
        print(
            f"  {half:22} {figures['queries']} queries"
            f"  recall@10 {figures['recall@10']:.3f}  MRR {figures['mrr']:.3f}"
        )
    for measured in results["speed"]:
        print(
            f"\n  {measured['size']} contributions      hits  median   p95   CPU (ms)"
        )
        for name, row in measured["answers"].items():
            label = f"{name} ({row['query']})" if "query" in row else name
            print(
                f"    {label:30.30} {row.get('hits', ''):>6}"
                f" {row['median']:7.1f} {row['p95']:6.1f} {row['cpu']:6.1f}"
            )
    if results["speed"]:
        show_growth(results["speed"])


def show_growth(speed: list[dict]) -> None:
    first, last = speed[0]["answers"], speed[-1]["answers"]
    for name in ("rare", "medium", "common", "two words"):
        growth = last[name]["cpu"] / first[name]["cpu"]
        print(f"  CPU of {name}: x {growth:.1f} (at most {MOST_GROWTH} for the page)")
    share = last["engine, common"]["p95"] / last["plain, common"]["p95"]
    print(f"  engine against plain, p95: {share:.3f} (at most {MOST_OF_PLAIN})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument(
        "--engines", nargs="*", default=["sqlite", "postgresql"], metavar="ENGINE"
    )
    options = parser.parse_args()
    for engine in options.engines:
        show(engine, run(engine, options.sizes))


if __name__ == "__main__":
    main()
