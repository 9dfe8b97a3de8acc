"""Which contributions are about the same, by the words of title and summary.

A hint for moderators, until search knows better.
"""

import re

from kunskapsbank.models import Version
from kunskapsbank.querysets import VersionQuerySet

MOST = 5
# The part of the rarer text's words that must be shared, and how many at least.
ENOUGH = 0.3
FEWEST = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6  # letters; "bänkar", "bänkarna" and "bänkarnas" begin alike
_TITLE_WEIGHT = 2


def similar(
    version: Version, among: VersionQuerySet | None = None, count: int = MOST
) -> list[Version]:
    """Versions of other entries, most alike first, at most `count`: of those that are
    listed, if not others are given."""
    title, text = _stems(version.title), _stems(version.summary)
    known = Version.objects.listed() if among is None else among
    others = known.exclude(entry=version.entry_id)
    scores = {}
    for pk, other_title, other_summary in others.values_list("pk", "title", "summary"):
        score = _score(title, text, _stems(other_title), _stems(other_summary))
        if score:
            scores[pk] = score
    best = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:count]
    return others.select_related("entry").in_order_of(best)


def _score(title: set, text: set, other_title: set, other_text: set) -> float:
    """How alike they are, 0 when not enough to be told."""
    shared = (title | text) & (other_title | other_text)
    least = min(len(title | text), len(other_title | other_text)) or 1
    in_titles = len(title & other_title)
    titles_alike = in_titles and in_titles / (min(len(title), len(other_title)) or 1)
    alike = len(shared) / least
    if len(shared) < FEWEST and titles_alike < 1:
        return 0
    score = alike + _TITLE_WEIGHT * titles_alike
    return score if alike >= ENOUGH or titles_alike >= 0.5 else 0


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}
