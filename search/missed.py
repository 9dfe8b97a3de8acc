"""Counts what several people searched for in vain, from the web server's log.

Nobody is kept: who searched is a keyed hash with a key that is forgotten when the
counting ends, and only how many they were is stored. `docs/gallring.md` says how long.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from hashlib import blake2b
from heapq import nlargest
from pathlib import Path

from django.db import transaction

from search import vocabulary
from search.access_log import Reading, Search
from search.analysis.stems import stem
from search.finding import find
from search.models import MissedSearch
from search.parsing import cleaned
from search.personal import may_name_somebody, tells_of_somebody

LEAST_VISITS = 3
KEPT = timedelta(days=365)
LONGEST = 100  # characters
# So many are counted at once; beyond that the rarest are forgotten, so that no log,
# however long and whoever wrote it, fills the memory.
_MOST_QUERIES = 20_000
_MOST_VISITS = 1_000
_MOST_SEEN = 1_000_000

Key = tuple[Date, str]


@dataclass(frozen=True)
class Counted:
    """What a counting came to: lines of the log and how many of them could not be read,
    the searches that were kept, and the old ones that were erased."""

    lines: int
    malformed: int
    kept: int
    erased: int


class Tally:
    """How many different visits each query had each day."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._visits: dict[Key, set[bytes]] = {}
        self._seen = 0
        self._personal: set[str] = set()

    def add(self, search: Search) -> None:
        query = normalised(search.text)
        if not query or len(query) > LONGEST:
            return
        if tells_of_somebody(search.text):
            # However others wrote it, it is not kept.
            if len(self._personal) < _MOST_SEEN:
                self._personal.add(query)
            return
        visits = self._visits.setdefault((search.day, query), set())
        if len(visits) < _MOST_VISITS:
            before = len(visits)
            visits.add(self._who(search))
            self._seen += len(visits) - before
        if len(self._visits) > _MOST_QUERIES or self._seen > _MOST_SEEN:
            self._forget_the_rarest()

    def _who(self, search):
        said = f"{search.network} {search.agent}".encode(errors="replace")
        return blake2b(said, key=self._key, digest_size=8).digest()

    def _forget_the_rarest(self):
        half = nlargest(
            len(self._visits) // 2, self._visits.items(), key=lambda each: len(each[1])
        )
        self._visits = dict(half)
        self._seen = sum(map(len, self._visits.values()))

    def shared(self) -> Iterator[tuple[Key, int]]:
        """Those that enough visits share, and that nobody wrote as of a person."""
        for (day, query), visits in sorted(self._visits.items()):
            if len(visits) >= LEAST_VISITS and query not in self._personal:
                yield (day, query), len(visits)


def normalised(text: str) -> str:
    return " ".join(cleaned(text).casefold().split())


def count_missed(paths: Iterable[Path], *, today: Date) -> Counted:
    """Read the logs and keep what was searched for in vain, of the last year.

    Counting a log again changes nothing; a day that is counted from another log keeps
    the greater number, so give all logs of a day together. Raises LogUnreadable, and
    then nothing is kept.
    """
    tally, reading = Tally(), Reading()
    oldest = today - KEPT
    for path in paths:
        for search in reading.searches(path):
            if oldest <= search.day <= today:
                tally.add(search)
    missed = _in_vain(tally.shared())
    with transaction.atomic():
        for (day, query), visits in missed:
            _keep(day, query, visits)
        erased, _ = MissedSearch.objects.before(oldest).delete()
    return Counted(reading.lines, reading.malformed, len(missed), erased)


def _in_vain(shared) -> list[tuple[Key, int]]:
    known = vocabulary.stems_now()
    answers: dict[str, bool] = {}
    missed = []
    for (day, query), visits in shared:
        if query not in answers:
            named = may_name_somebody(query, lambda word: stem(word) in known)
            answers[query] = not named and not find(query, page_size=1).total
        if answers[query]:
            missed.append(((day, query), visits))
    return missed


def _keep(day, query, visits):
    row, is_new = MissedSearch.objects.get_or_create(
        day=day, query=query, defaults={"visits": visits}
    )
    if not is_new and row.visits < visits:
        row.visits = visits
        row.save(update_fields=["visits"])
