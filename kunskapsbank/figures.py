"""How the moderators' work goes, computed from the history of every contribution.

Launch texts were loaded, not reviewed, and do not count.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

from django.utils import timezone
from django.utils.timezone import localdate

from kunskapsbank.enums import Act, DeclineReason
from kunskapsbank.models import ReviewEvent, Version

PERIOD = timedelta(days=365)
HANDED_IN = (Act.SUBMITTED, Act.RESUBMITTED, Act.APPEAL_GRANTED)
DECISIONS = (Act.PUBLISHED, Act.RETURNED, Act.DECLINED)


@dataclass(frozen=True)
class Share:
    """One outcome: how many of all, and as whole per cent of them."""

    label: str
    number: int
    percent: int


@dataclass(frozen=True)
class Figures:
    """`oldest_days` and `median_days` are None when there is nothing to count."""

    queue_length: int
    oldest_days: int | None
    decision_count: int
    median_days: int | None
    shares: list[Share] = field(default_factory=list)
    reasons: list[Share] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What a moderator decided. `days` are from when the text was handed in, and None
    when nothing says when that was."""

    act: str
    reason: str
    happened_at: datetime
    days: int | None


def figures(now: datetime | None = None) -> Figures:
    """The figures of this moment; decisions are those of the last twelve months."""
    waiting = [version.submitted_at for version in Version.objects.queue()]
    answered = answers(since=(now or timezone.now()) - PERIOD)
    days = [answer.days for answer in answered if answer.days is not None]
    acts = Counter(answer.act for answer in answered)
    reasons = Counter(
        answer.reason for answer in answered if answer.act == Act.DECLINED
    )
    return Figures(
        queue_length=len(waiting),
        oldest_days=_days(waiting[0], now) if waiting else None,
        decision_count=len(answered),
        median_days=round(median(days)) if days else None,
        shares=_shares([(Act(act).label, acts[act]) for act in DECISIONS]),
        reasons=_shares(
            [
                (DeclineReason(reason).label, number)
                for reason, number in reasons.most_common()
                if reason
            ]
        ),
    )


def answers(since: datetime) -> list[Answer]:
    """Every decision since then, with the days that it took."""
    events = ReviewEvent.objects.filter(
        act__in=[*HANDED_IN, *DECISIONS],
        entry__in=_entries_decided(since),
    ).order_by("entry", "position")
    handed_in: dict[tuple[int, int], datetime] = {}
    found = []
    for event in events:
        text = (event.entry_id, event.version_number)
        if event.act in HANDED_IN:
            handed_in[text] = event.happened_at
        elif event.happened_at >= since:
            start, end = handed_in.get(text), event.happened_at
            days = None if start is None else _days(start, end)
            found.append(Answer(event.act, event.reason, end, days))
    return found


def _entries_decided(since: datetime):
    recent = ReviewEvent.objects.filter(act__in=DECISIONS, happened_at__gte=since)
    return recent.values("entry")


def _days(start: datetime, end: datetime | None) -> int:
    """Days by the calendar in Sweden."""
    return (localdate(end) - localdate(start)).days


def _shares(counted: list[tuple[str, int]]) -> list[Share]:
    total = sum(number for _, number in counted)
    return [
        Share(label, number, round(100 * number / total) if total else 0)
        for label, number in counted
    ]
