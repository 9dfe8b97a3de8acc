"""What the speed of pages is measured with: published contributions of the real words,
tied as the real ones are, and found by search.

`python -m tests.bench.contributions 1000` makes a whole site of so many.
"""

import random
import sys
from datetime import UTC, datetime, time

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from kunskapsbank.findable import refresh
from kunskapsbank.models import Entry, Organisation, Tag, TaggedVersion, Version
from programme.models import Prioritering
from search.documents import Document
from search.vocabulary import chunks
from tests.bench.content import made_up_documents
from tests.bench.copies import copy
from tests.factories import EntryFactory, VersionFactory

PREFIX = "made-"
MADE = 1_000
_PLACES = ["Centrum", "Rydebäck", "Gantofta", "Ödåkra", "Påarp", ""]


def fill_up(number: int) -> None:
    """Let there be `number` listed contributions, the launch contributions among them;
    of more than a thousand the rest are copies."""
    before = Version.objects.listed().count()
    for documents in chunks(made_up_documents(before, min(number, MADE))):
        refresh(_publish(documents))
    if number > MADE:
        copy(Entry.objects.filter(slug__startswith=PREFIX), number - MADE)
    _settle()


def _publish(documents: list[Document]) -> list[int]:
    """The keys of the new entries."""
    entries = [EntryFactory.build(slug=f"{PREFIX}{each.key[5:]}") for each in documents]
    Entry.objects.bulk_create(entries)
    versions = list(map(_version, entries, documents))
    Version.objects.bulk_create(versions)
    _tie(versions)
    return [each.pk for each in entries]


def _version(entry, document):
    return VersionFactory.build(
        entry=entry,
        number=1,
        kind=document.kind,
        title=document.title[:140],
        summary=document.summary[:600],
        implementation=document.text,
        published_at=datetime.combine(document.date, time(12), UTC),
        period_start=document.facets["period"][0],
        place=_PLACES[entry.pk % len(_PLACES)],
    )


def _tie(versions):
    """Two or three of each, which ones being decided by the version's number."""
    _tie_to(versions, Version.prioriteringar.through, "prioritering", Prioritering)
    _tie_to(versions, Version.organisations.through, "organisation", Organisation)
    tags = list(Tag.objects.all())
    ties = [
        TaggedVersion(content_object=v, tag=t) for v in versions for t in _some(tags, v)
    ]
    TaggedVersion.objects.bulk_create(ties)


def _tie_to(versions, through, name, model):
    every = list(model.objects.all())
    through.objects.bulk_create(
        through(version=version, **{name: each})
        for version in versions
        for each in _some(every, version)
    )


def _some(every, version):
    return random.Random(version.pk).sample(every, 2)


def _settle():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("INSERT INTO search_terms(search_terms) VALUES ('optimize')")
            cursor.execute("ANALYZE")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill_up(int(sys.argv[1]))
    if connection.vendor == "postgresql":
        # It would do so itself a little later, in the midst of what is measured.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
