"""Copies of contributions, to have many in seconds and not in minutes: the rows by the
database itself, and the index from the tokens that the first ones have already."""

from collections import Counter
from itertools import count

from django.db import connection, transaction

from kunskapsbank.findable import key
from kunskapsbank.models import Entry, TaggedVersion, Version
from kunskapsbank.querysets import EntryQuerySet
from search import generation, index, vocabulary
from search.analysis.fields import all_words
from search.engine import engine
from search.models import IndexedDocument, IndexedText

# Between the keys of a contribution and those of its copies.
_APART = 1_000_000
_TIED = {
    TaggedVersion: "content_object_id",
    Version.prioriteringar.through: "version_id",
    Version.organisations.through: "version_id",
}


@transaction.atomic
def copy(entries: EntryQuerySet, number: int) -> None:
    """Make `number` more of the entries, all as often or once less; each is to have one
    version and to be in the index."""
    generation.touch()
    keys = sorted(entries.values_list("pk", flat=True))
    indexed = _indexed(keys)
    copied: Counter[str] = Counter()
    for nth in count(1):
        some = keys[: number - (nth - 1) * len(keys)]
        if number <= (nth - 1) * len(keys):
            break
        _copy_rows(some[0], some[-1], nth * _APART, nth)
        _copy_indexed(indexed[: len(some)], nth, copied)
    vocabulary.change(copied)


def _copy_rows(first, last, apart, nth):
    among = f"BETWEEN {first} AND {last}"
    moved = {"id": f"id + {apart}"}
    _insert(Entry, moved | {"slug": f"slug || '-{nth}'"}, f"id {among}")
    _insert(Version, moved | {"entry_id": f"entry_id + {apart}"}, f"entry_id {among}")
    for model, version in _TIED.items():
        of_these = f"SELECT id FROM kunskapsbank_version WHERE entry_id {among}"
        change = {"id": None, version: f"{version} + {apart}"}
        _insert(model, change, f"{version} IN ({of_these})")


def _insert(model, changed, where):
    """Copy rows of the model's table, with these columns as told; None is left out."""
    columns = [each.column for each in model._meta.concrete_fields]
    columns = [each for each in columns if changed.get(each, each) is not None]
    table = model._meta.db_table
    values = ", ".join(changed.get(each, each) for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)})"
            f" SELECT {values} FROM {table} WHERE {where}"
        )


def _indexed(keys):
    """Content, tokens and words of each entry, in the order of the keys."""
    rows = IndexedDocument.objects.select_related("content").filter(
        key__in=map(key, keys)
    )
    by_key = {row.key: row for row in rows}
    rows = [by_key[key(pk)] for pk in keys]
    words = [
        all_words(row.title, row.content.summary, row.content.text) for row in rows
    ]
    return list(zip(keys, rows, index._entries(rows), words, strict=True))


def _copy_indexed(indexed, nth, copied):
    """A copy stands by what it is a copy of: the places of a day are far apart."""
    documents, texts, entries = [], [], []
    for pk, row, entry, words in indexed:
        copied.update(words)
        fields = {each.name: getattr(row, each.name) for each in row._meta.fields}
        fields["place"] += nth
        fields["key"] = key(pk + nth * _APART)
        fields["address"] = f"{row.address.rstrip('/')}-{nth}/"
        documents.append(IndexedDocument(**fields))
        text = {"summary": row.content.summary, "text": row.content.text}
        texts.append(IndexedText(document=documents[-1], **text))
        entries.append(entry._replace(place=row.place + nth))
    IndexedDocument.objects.bulk_create(documents)
    IndexedText.objects.bulk_create(texts)
    engine().write(entries)
