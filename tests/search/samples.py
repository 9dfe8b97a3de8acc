"""Documents to find, and a look at what the index keeps of them."""

from datetime import date

from django.db import connection

from search import index
from search.documents import Document
from search.models import IndexedDocument, VocabularyWord


def document(key, title="", **values):
    values = {"kind": "page", "address": f"/{key}/", "date": date(2020, 1, 1)} | values
    return Document(key=key, title=title, **values)


def put(**titles):
    """One document per keyword, with its title."""
    index.put_all(document(key, title) for key, title in titles.items())


def everything_kept():
    """All rows that the index and the vocabulary have, comparable."""
    place = "rowid, *" if connection.vendor == "sqlite" else "*"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {place} FROM search_terms ORDER BY 1")
        terms = cursor.fetchall()
    documents = IndexedDocument.objects.order_by("place").values_list(
        *[field.name for field in IndexedDocument._meta.fields],
        "content__summary",
        "content__text",
    )
    words = VocabularyWord.objects.order_by("stem", "word").values_list()
    return terms, list(documents), list(words)
