"""Measures search on one engine: `bench_search` starts it with DATABASE_URL set."""

import argparse
import json
import os
from collections import Counter
from itertools import chain
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livskvalitet.settings_test")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from kunskapsbank.enums import Kind
from kunskapsbank.models import Entry
from programme.enums import PageKind
from programme.models import Fokusomrade, Prioritering
from search import finding, index, narrow
from search.engine import engine
from search.finding import find
from search.matching import Field, Term
from search.analysis.fields import token
from search.analysis.stopwords import STOP_WORDS
from tests.bench.content import (
    LENGTH,
    frequencies,
    made_up_documents,
    rarest,
)
from tests.bench.measuring import timed
from tests.source import ROOT

JUDGED = ROOT / "tests" / "search" / "judged"
ROUNDS = 40


# -- How well


def quality(half: str, names: dict[str, str], facets: dict) -> dict[str, float]:
    """recall@10 and MRR over the judged queries of one half; `names` are what the
    judged set calls documents by their keys."""
    rows = json.loads((JUDGED / f"{half}.json").read_text())
    recalls, ranks = [], []
    for row in rows:
        relevant = set(row["relevant"])
        hits = find(row["query"], facets, page_size=10).hits
        keys = [names.get(hit.key, hit.key) for hit in hits]
        recalls.append(len(relevant & set(keys)) / min(10, len(relevant)))
        places = [place for place, key in enumerate(keys, 1) if key in relevant]
        ranks.append(1 / places[0] if places else 0.0)
    return {
        "queries": len(rows),
        "recall@10": sum(recalls) / len(rows),
        "mrr": sum(ranks) / len(rows),
    }


def judged_names() -> dict[str, str]:
    """Launch contributions by key, prioriteringar and fokusområden by number."""
    names = {f"entry:{each.pk}": each.launch_key for each in Entry.objects.all()}
    for each in Prioritering.objects.all():
        names[f"prioritering:{each.pk}"] = each.slug.removeprefix("2016-")
    for each in Fokusomrade.objects.all():
        names[f"fokusomrade:{each.pk}"] = each.number
    return names


def qualities() -> dict[str, dict[str, float]]:
    """Of each half, among the kinds of pages that were judged, and among all pages."""
    names = judged_names()
    judged = {"kind": [*Kind.values, PageKind.PRIORITERING, PageKind.FOKUSOMRADE]}
    return {
        f"{half}, {among}": quality(half, names, facets)
        for half in ("tuning", "held_out")
        for among, facets in (("judged kinds", judged), ("all pages", {}))
    }


# -- How fast


def asked() -> dict[str, str]:
    """A word that few documents have, one that some, and one that half of them have."""
    counts = frequencies()
    share = {word: LENGTH * n / counts.total() for word, n in counts.items()}
    words = {word for word in share if word.isalpha() and len(word) > 4} - STOP_WORDS
    telling = sorted(words, key=lambda word: (share[word], word))

    def nearest(wanted):
        return min(telling, key=lambda word: abs(share[word] - wanted))

    common, medium = nearest(0.7), nearest(0.05)
    return {
        "rare": rarest(counts),
        "medium": medium,
        "common": common,
        "two words": f"{common} {nearest(0.1)}",
    }


def plain(word: str) -> None:
    """The form that ranks every hit and joins it with its row, and counts facets."""
    terms = token(word)
    if connection.vendor == "sqlite":
        score, where = (
            "bm25(search_terms, 12, 4, 1, 1, 5, 1, 0)",
            "search_terms MATCH %s",
        )
        join = "search_terms t JOIN search_indexeddocument d ON d.place = t.rowid"
        values = [terms]
    else:
        score, where = "ts_rank(terms, %s::tsquery)", "terms @@ %s::tsquery"
        join = "search_terms t JOIN search_indexeddocument d ON d.place = t.place"
        values = [terms, terms]
    columns = "d.place, d.title, d.address, d.facets"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}, {score} AS score FROM {join} WHERE {where}"
            f" ORDER BY score DESC LIMIT 20",
            values,
        )
        cursor.fetchall()
        cursor.execute(
            f"SELECT d.facets, COUNT(*) FROM {join} WHERE {where} GROUP BY d.facets",
            [terms],
        )
        cursor.fetchall()


def capped(word: str) -> None:
    """What is done instead: the newest and the titles, and their facets counted."""
    own = token(word)
    newest = engine().newest(Term(own), finding.MOST + 1)
    first = engine().newest(Term(own, Field.TITLE), finding.MOST)
    there = set(first)
    places = [*first, *(place for place in newest if place not in there)]
    rows = narrow.rows_at(places[: finding.MOST])
    Counter(chain.from_iterable([row.facets for row in rows]))


def measure(size: int) -> dict:
    answers = {}
    for name, query in asked().items():
        found = find(query)
        timing = timed(lambda query=query: find(query), ROUNDS)
        number = f"> {found.total}" if found.more else str(found.total)
        answers[name] = {"query": query, "hits": number} | timing._asdict()
    common = asked()["common"]
    answers["engine, common"] = timed(lambda: capped(common), ROUNDS)._asdict()
    answers["plain, common"] = timed(lambda: plain(common), 10)._asdict()
    return {"size": size, "answers": answers}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    results: dict = {"quality": qualities(), "speed": []}
    index.rebuild([])
    done = 0
    for size in options.sizes:
        index.put_all(made_up_documents(done, size))
        done = size
        _settle()
        results["speed"].append(measure(size))
        options.into.write_text(json.dumps(results))
    options.into.write_text(json.dumps(results))


def _settle():
    """As the database is when it has had time to itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("INSERT INTO search_terms(search_terms) VALUES ('optimize')")
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
