"""Asking once a year whether a contribution still holds, and keeping what is answered.

docs/gallring.md and `kunskapsbank.freshness` say the rest of the rule.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from accounts.models import User
from kunskapsbank import findable, freshness, permissions
from kunskapsbank.enums import Act, EntryState, FreshnessAnswer
from kunskapsbank.exceptions import (
    NotAllowed,
    NothingToConfirm,
    QuestionAnswered,
    QuestionForOther,
    QuestionMoot,
    QuestionOutdated,
)
from kunskapsbank.freshness_mail import recipients, send_questions
from kunskapsbank.models import Entry, FreshnessQuestion, Version
from kunskapsbank.workflow.moves import lock_entry, record_entry
from search.models import IndexedDocument

REMIND_AFTER = timedelta(days=30)
MOST_A_DAY = 300  # contributions asked about; the rest wait for the days after
_CHUNK = 200


@dataclass
class Asked:
    """How many contributions were asked about and reminded of, how many of those only
    moderators can answer for, how many people got a mail, and how many contributions
    rank lower from today; or what would have been."""

    asked: int = 0
    reminded: int = 0
    for_moderators: int = 0
    mails: int = 0
    aged: int = 0


def ask_freshness(*, dry_run: bool = False) -> Asked:
    """Ask about what nobody has stood for in a year, and once more after 30 days.

    To do it again on the same day asks nobody, so that no one gets two mails a day.
    `dry_run` only counts.
    """
    today = localdate()
    outcome = _ask(today, dry_run=dry_run)
    outcome.aged = _rank_lower(today, dry_run=dry_run)
    return outcome


@transaction.atomic
def confirm(entry: Entry, *, by: User) -> Entry:
    """Say that the published text holds today; to say it twice a day is to say it once.

    Raises NotAllowed, and NothingToConfirm when readers meet no text of it.
    """
    entry = lock_entry(entry)
    if not permissions.can_confirm(by, entry):
        raise NotAllowed(f"user {by.pk} may not confirm entry {entry.pk}")
    if entry.state != EntryState.OPEN or entry.published_version is None:
        raise NothingToConfirm(f"entry {entry.pk} is {entry.state}")
    today = localdate()
    if entry.confirmed_on != today:
        entry.confirmed_on = today
        entry.save(update_fields=["confirmed_on"])
        record_entry(entry, act=Act.CONFIRMED, by=by)
    last = entry.freshness_questions.order_by("-asked_at", "-pk").first()
    if last and last.answer != FreshnessAnswer.YES:
        _answer(last, FreshnessAnswer.YES)
    findable.refresh([entry.pk])
    return entry


@transaction.atomic
def answer_question(
    question: FreshnessQuestion, *, by: User, answer: FreshnessAnswer
) -> FreshnessQuestion:
    """Keep what somebody answered by the link that was theirs alone.

    To mean to change or withdraw it does neither; that is done where one has signed in.
    Raises QuestionClosed when it is too late to answer.
    """
    entry = lock_entry(question.entry)
    question = FreshnessQuestion.objects.select_related("entry").get(pk=question.pk)
    question.entry = entry
    check_open(question, by)
    if answer == FreshnessAnswer.YES:
        confirm(entry, by=by)
    else:
        _answer(question, answer)
    question.refresh_from_db()
    return question


def check_open(question: FreshnessQuestion, user: User) -> None:
    """Raise a QuestionClosed that says why the person can no longer answer."""
    entry = question.entry
    if not permissions.has_part(user, entry):
        raise QuestionForOther(f"user {user.pk}, entry {entry.pk}")
    version = entry.published_version
    if entry.state != EntryState.OPEN or version is None:
        raise QuestionMoot(f"entry {entry.pk} is {entry.state}")
    if version.published_at > question.asked_at:
        raise QuestionOutdated(f"question {question.pk}")
    if question.answer == FreshnessAnswer.YES:
        raise QuestionAnswered(f"question {question.pk}")


def _answer(question: FreshnessQuestion, answer: FreshnessAnswer) -> None:
    question.answer, question.answered_at = answer, timezone.now()
    question.save(update_fields=["answer", "answered_at"])


@transaction.atomic
def _ask(today: date, *, dry_run: bool) -> Asked:
    _lock([*_due(today), *_to_remind(today).values_list("entry", flat=True)])
    if _has_asked(today):
        return Asked()
    moment = timezone.now()
    due = _due(today)
    reminded = list(_to_remind(today).exclude(entry__in=due))
    asked = [FreshnessQuestion(entry_id=pk, asked_at=moment) for pk in due]
    if not dry_run:
        FreshnessQuestion.objects.bulk_create(asked)
        for question in reminded:
            question.reminded_at = moment
            question.save(update_fields=["reminded_at"])
    people = _by_person([*asked, *reminded])
    orphans = people.pop(None, [])
    if not dry_run:
        for user_pk, questions in sorted(people.items()):
            pks = [question.pk for question in questions]
            send_questions.enqueue(user_pk, pks, today.isoformat())
    return Asked(len(asked), len(reminded), len(orphans), len(people))


def _lock(entry_pks: Iterable[int]) -> None:
    """Wait for whoever else asks about these, and for what is done to them."""
    entries = Entry.objects.select_for_update(of=("self",)).filter(pk__in=entry_pks)
    list(entries.order_by("pk").values_list("pk", flat=True))


def _has_asked(today: date) -> bool:
    midnight = freshness.start_of(today)
    questions = FreshnessQuestion.objects
    return (
        questions.filter(asked_at__gte=midnight).exists()
        or questions.filter(reminded_at__gte=midnight).exists()
    )


def _due(today: date) -> list[int]:
    """The keys of the contributions to ask about, those that waited longest first."""
    year_ago = freshness.years_before(today, 1)
    since = freshness.start_of(year_ago + timedelta(days=1))
    asked = FreshnessQuestion.objects.filter(asked_at__gte=since).values("entry")
    due = Version.objects.listed().filter(freshness.is_due(on=today))
    oldest_first = due.exclude(entry__in=asked).order_by("published_at", "entry")
    return list(oldest_first.values_list("entry", flat=True)[:MOST_A_DAY])


def _to_remind(today: date):
    """Those asked a month ago or more whom nobody has reminded or heard of."""
    before = freshness.start_of(today - REMIND_AFTER + timedelta(days=1))
    waiting = FreshnessQuestion.objects.waiting()
    unreminded = waiting.filter(reminded_at=None, asked_at__lt=before)
    for_moderators = FreshnessQuestion.objects.for_moderators().values("pk")
    return unreminded.exclude(pk__in=for_moderators).select_related("entry")


def _by_person(questions):
    """The questions of each person, and under None those that nobody owns."""
    found = defaultdict(list)
    for question in questions:
        for user_pk in recipients(question.entry) or [None]:
            found[user_pk].append(question)
    return found


def _rank_lower(today: date, *, dry_run: bool) -> int:
    """Renew in the index what nobody stands for any longer."""
    listed = Version.objects.listed().annotate(told_year=freshness.told_year())
    old = listed.filter(freshness.is_unconfirmed(on=today))
    first = set(
        IndexedDocument.objects.filter(confirmed=True, key__startswith="entry:")
        .values_list("key", flat=True)
        .iterator()
    )
    pks = [
        pk
        for pk in old.order_by("entry").values_list("entry", flat=True)
        if findable.key(pk) in first
    ]
    if not dry_run:
        for start in range(0, len(pks), _CHUNK):
            findable.refresh(pks[start : start + _CHUNK])
    return len(pks)
