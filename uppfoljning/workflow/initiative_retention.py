"""Drafts of initiatives that nobody has written in for long are erased, and whoever
wrote them told before, at the same times as of contributions. docs/gallring.md says the
same for people.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kunskapsbank.enums import Warned
from kunskapsbank.workflow.retention import (
    ERASED,
    KEPT,
    NOTICE,
    Swept,
    next_step,
    take_steps,
)
from uppfoljning.models import InitiativeText
from uppfoljning.notifications import initiatives as notifications
from uppfoljning.workflow.initiative_texts import lock_text

_STAMPS = {Warned.FIRST: "first_warned_at", Warned.LAST: "last_warned_at"}


def erased_at(text: InitiativeText) -> datetime:
    """When the draft may be erased if nothing more is written in it: never sooner than
    a mail about it has said."""
    promised = [
        moment + NOTICE[stage] for stage in Warned if (moment := _warned(text, stage))
    ]
    return max([text.saved_at + KEPT, *promised])


def sweep_initiative_drafts(*, dry_run: bool = False) -> Swept:
    """Take each old draft one step: a first mail, a last one, or out of the database.
    To do it again at once changes nothing; `dry_run` only counts."""
    pks = _due().order_by("saved_at", "pk").values_list("pk", flat=True)
    return take_steps(pks, lambda pk: _step(pk, dry_run=dry_run))


def _due():
    oldest = timezone.now() - KEPT + NOTICE[Warned.FIRST]
    return InitiativeText.objects.never_handed_in().filter(saved_at__lte=oldest)


@transaction.atomic
def _step(pk: int, *, dry_run: bool) -> str:
    """The step that was taken, empty when there is none or somebody has saved."""
    found = _due().filter(pk=pk).first()
    if found is None:
        return ""
    text = lock_text(found)
    if not _due().filter(pk=pk).exists():
        return ""
    told = [stage for stage in Warned if _warned(text, stage)]
    step = next_step(told, erased_at(text) - timezone.now())
    if step and not dry_run:
        if step == ERASED:
            text.delete()
        else:
            _warn(text, Warned(step))
    return step


def _warned(text: InitiativeText, stage: Warned) -> datetime | None:
    """When the author was told of the draft as it is now."""
    moment: datetime | None = getattr(text, _STAMPS[stage])
    return moment if moment and moment >= text.saved_at else None


def _warn(text: InitiativeText, stage: Warned) -> None:
    setattr(text, _STAMPS[stage], timezone.now())
    text.save(update_fields=[_STAMPS[stage]])
    day = timezone.localdate(erased_at(text)).isoformat()
    notifications.send_draft_warning.enqueue(text.pk, text.lock, day)
