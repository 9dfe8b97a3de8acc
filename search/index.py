"""Hands documents to the index and takes them back.

This is how the other apps make what they publish findable:

    from search import index
    from search.documents import Document

    index.put(Document(key="entry:17", kind="good_example", address=..., title=...))
    index.remove("entry:17")

Call them in the transaction that publishes, changes, hides or withdraws: the index,
the vocabulary and the content generation then change with it or not at all. `rebuild`
makes the same index from all documents as one `put` after another does.
"""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from django.db import transaction

from search import copies, generation, vocabulary
from search.analysis.encoding import facet_token
from search.analysis.fields import MOST_WORDS, Tokens, all_words, token, tokens
from search.analysis.words import clean, words
from search.documents import Document
from search.engine import engine
from search.engine.base import Entry
from search.matching import Field, Term
from search.models import IndexedDocument, IndexedText
from search.vocabulary import chunks

# A place is the day, and below it what tells the documents of a day apart.
_OF_ONE_DAY = 2**40


def put(document: Document) -> None:
    """Make `document` findable as it is now, in place of what had its key."""
    put_all([document])


def put_all(documents: Iterable[Document]) -> None:
    """As `put` for each, at a much lower cost; of two with one key the last counts."""
    renew([], documents)


def remove(key: str) -> None:
    """Take the document with this key, if there is one, out of the index."""
    remove_all([key])


def remove_all(keys: Iterable[str]) -> None:
    renew(keys, [])


@transaction.atomic
def renew(keys: Iterable[str], documents: Iterable[Document]) -> None:
    """Make `documents` all that is found under these keys.

    They are read once everybody else who changes the index has done so, if they are an
    iterator that reads when asked: then they tell what is so when the index is written.
    """
    generation.touch()  # first, so that two at once wait for each other here
    counts: Counter[str] = Counter()
    places: list[int] = []
    before: set[str] = set()
    after: set[str] = set()
    for gone in chunks(keys):
        before |= _take_away(gone, counts)
    for chunk in chunks(documents):
        by_key = {document.key: document for document in chunk}
        before |= _take_away(list(by_key), counts)
        after |= {document.address for document in by_key.values()}
        places += _store(list(by_key.values()), counts)
    copies.let_go(gone=before - after, changed=before & after)
    _index(set(places) | _to_index_anew(vocabulary.change(counts)))


@transaction.atomic
def catch_up(documents: Iterable[Document]) -> int:
    """Make the index that of these documents, writing only what differs; gives how
    many do."""
    stray, changed = _differing(documents)
    if stray or changed:
        renew(stray, changed)
    return len(stray) + len(changed)


def difference(documents: Iterable[Document]) -> int:
    """How many documents the index lacks, has too many or tells of wrongly."""
    stray, changed = _differing(documents)
    return len(stray) + len(changed)


def lacking(documents: Iterable[Document]) -> int:
    """How many of these documents the index lacks or tells of wrongly."""
    wanted = list(documents)
    keys = [document.key for document in wanted]
    rows = IndexedText.objects.select_related("document")
    known = dict(map(_print_of, rows.filter(document__key__in=keys)))
    prints = (_print_of(_content(document)) for document in wanted)
    return sum(known.get(key) != its_print for key, its_print in prints)


@transaction.atomic
def rebuild(documents: Iterable[Document]) -> int:
    """Make the whole index anew from all there is to find; gives how many."""
    generation.touch()
    engine().clear()
    vocabulary.clear()
    IndexedDocument.objects.all().delete()
    put_all(documents)
    return IndexedDocument.objects.count()


def _differing(documents):
    """Keys that are in the index for nothing, and documents that it must have."""
    known = dict(map(_print_of, IndexedText.objects.select_related("document")))
    changed = []
    for document in documents:
        key, its_print = _print_of(_content(document))
        if known.pop(key, None) != its_print:
            changed.append(document)
    return known.keys(), changed


def _take_away(keys, counts):
    """Forget documents, and count their words away; gives their addresses."""
    found = IndexedText.objects.filter(document__key__in=keys)
    rows = list(found.select_related("document"))
    for row in rows:
        counts.subtract(all_words(row.document.title, row.summary, row.text))
    places = [row.document_id for row in rows]
    engine().delete(places)
    IndexedDocument.objects.filter(place__in=places).delete()
    return {row.document.address for row in rows}


def _store(documents, counts):
    """Keep documents and count their words; gives their places."""
    contents = list(map(_content, documents))
    for content in contents:
        texts = (content.document.title, content.summary, content.text)
        counts.update(all_words(*texts))
    IndexedDocument.objects.bulk_create(content.document for content in contents)
    IndexedText.objects.bulk_create(contents)
    return [content.document_id for content in contents]


def _content(document):
    """The rows of a document, the one with the text holding the other."""
    row = IndexedDocument(
        place=_place(document),
        key=document.key,
        kind=document.kind,
        address=document.address,
        title=clean(document.title)[:500],
        date=document.date,
        confirmed=document.confirmed,
        facets=" ".join(document.facet_values()),
    )
    summary, text = _capped(document.summary), _capped(document.text)
    return IndexedText(document=row, summary=summary, text=text)


def _print_of(content):
    """The key of a document, and what tells whether anything in it differs."""
    row = content.document
    fields = (row.place, row.kind, row.address, row.title, row.confirmed, row.facets)
    return row.key, hash((*fields, content.summary, content.text))


def _place(document):
    day = document.date.toordinal() if document.date else 0
    mark = int.from_bytes(sha256(document.key.encode()).digest()[:5])
    return day * _OF_ONE_DAY + mark


def _capped(text):
    cleaned = clean(text)
    if len(cleaned) < 2 * MOST_WORDS:  # a word and a space each
        return cleaned
    for number, word in enumerate(words(cleaned), start=1):
        if number == MOST_WORDS:
            return cleaned[: word.end]
    return cleaned


def _to_index_anew(reparted):
    """The places of documents that have words whose parts are others now."""
    found: set[int] = set()
    for own in {token(word) for word in reparted}:
        found |= {*engine().places(Term(own, Field.ANY))}
    return found


def _index(places):
    for chunk in chunks(sorted(places)):
        rows = IndexedDocument.objects.filter(place__in=chunk).select_related("content")
        engine().write(_entries(list(rows)))


def _entries(rows):
    used: set[str] = set()
    for row in rows:
        used |= all_words(row.title, row.content.summary, row.content.text)
    parts = vocabulary.parts_of(used)
    for row in rows:
        yield Entry(row.place, _tokens(row, parts), row.facets, row.confirmed)


def _tokens(row, parts) -> Tokens:
    return tokens(
        row.title,
        row.content.summary,
        row.content.text,
        lambda word: parts.get(word, ()),
        [facet_token(*each.split(":", 1)) for each in row.facets.split()],
    )
