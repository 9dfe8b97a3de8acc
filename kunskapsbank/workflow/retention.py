"""Drafts that nobody has written in for long are erased, and their authors told before.

A text that was ever handed in is kept (trust A13): the rule is about drafts alone.
docs/gallring.md says the same for people.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import reminders
from kunskapsbank.enums import Warned
from kunskapsbank.models import DraftWarning, Entry, Version
from kunskapsbank.workflow.moves import lock as lock_version

KEPT = timedelta(days=90)
# How long before, so that a mail is never followed by less time than it promises.
NOTICE = {Warned.FIRST: timedelta(days=14), Warned.LAST: timedelta(days=2)}
ERASED = "erased"


@dataclass
class Swept:
    """How many drafts were warned about and erased, or would have been."""

    first: int = 0
    last: int = 0
    erased: int = 0

    def __str__(self) -> str:
        return (
            f"First warnings: {self.first}. Last warnings: {self.last}. "
            f"Erased drafts: {self.erased}."
        )


def take_steps(pks: Iterable[int], step: Callable[[int], str]) -> Swept:
    """Take each draft one step; `step` gives which, empty when it is not time."""
    swept = Swept()
    for pk in list(pks):
        if taken := step(pk):
            setattr(swept, taken, getattr(swept, taken) + 1)
    return swept


def next_step(told: Collection[Warned | str], left: timedelta) -> str:
    """What becomes of an old draft whose author has been `told`: a value of `Warned`,
    ERASED, or nothing yet."""
    if Warned.FIRST not in told:
        return Warned.FIRST.value
    if Warned.LAST not in told:
        return Warned.LAST.value if left <= NOTICE[Warned.LAST] else ""
    return ERASED if left <= timedelta(0) else ""


def erased_at(version: Version) -> datetime:
    """When the draft may be erased if nothing more is written in it."""
    moment = version.saved_at + KEPT
    for warning in version.warnings.all():
        if warning.saved_at == version.saved_at:
            promised = warning.sent_at + NOTICE[Warned(warning.stage)]
            moment = max(moment, promised)
    return moment


def sweep_drafts(*, dry_run: bool = False) -> Swept:
    """Take each old draft one step: a first mail, a last one, or out of the database.

    To do it again at once changes nothing, and a draft is never erased sooner than its
    last mail said, however seldom it is done. `dry_run` only counts.
    """
    oldest_first = Version.objects.never_handed_in().order_by("saved_at", "pk")
    pks = _due(oldest_first).values_list("pk", flat=True)
    return take_steps(pks, lambda pk: _step(pk, dry_run=dry_run))


@transaction.atomic
def erase_drafts_of(user: User) -> None:
    """Erase what the person never handed in, and nobody else may read."""
    for draft in Version.objects.never_handed_in().filter(author=user):
        _erase(lock_version(draft))


def _due(versions):
    return versions.filter(saved_at__lte=timezone.now() - KEPT + NOTICE[Warned.FIRST])


@transaction.atomic
def _step(pk: int, *, dry_run: bool) -> str:
    """The step that was taken, empty when somebody has saved meanwhile."""
    found = Version.objects.filter(pk=pk).first()
    if found is None:
        return ""
    version = lock_version(found)
    if not _due(Version.objects.never_handed_in()).filter(pk=pk).exists():
        return ""
    moment = timezone.now()
    sent = version.warnings.filter(saved_at=version.saved_at)
    stages = set(sent.values_list("stage", flat=True))
    step = next_step(stages, erased_at(version) - moment)
    if step and not dry_run:
        if step == ERASED:
            _erase(version)
        else:
            _warn(version, Warned(step), moment)
    return step


def _warn(version: Version, stage: Warned, moment: datetime) -> None:
    erased = max(erased_at(version), moment + NOTICE[stage])
    warning = DraftWarning.objects.create(
        version=version,
        stage=stage,
        saved_at=version.saved_at,
        sent_at=moment,
        erased_on=timezone.localdate(erased),
    )
    reminders.send_warning.enqueue(warning.pk)


def _erase(version: Version) -> None:
    """The draft with all that hangs on it, and its entry when nothing else does."""
    entry: Entry = version.entry
    version.delete()
    if not entry.versions.exists() and not entry.events.exists():
        entry.delete()
