"""The life of an edition: drafted from the current one, tied to it by lineage that a
person confirms, put in force, ended.

`TRANSITIONS` is the whole rule. Contributions keep the prioriteringar that they were
tagged with; what these are today is worked out here from confirmed lineage, in the
transaction that confirms it or puts an edition in force.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

import kunskapsbank.findable
import programme.findable
from accounts.models import User
from kunskapsbank.models import Version
from programme import lineage
from programme.enums import EditionStatus
from programme.models import Edition, Heir, Lineage
from search import generation
from uppfoljning import findable, permissions
from uppfoljning.exceptions.editions import (
    InvalidMove,
    LineageChanged,
    MayNotRevise,
    NotReady,
)
from uppfoljning.models import Initiative
from uppfoljning.readiness import obstacles

TRANSITIONS = {
    EditionStatus.PROPOSAL: {EditionStatus.IN_FORCE},
    EditionStatus.IN_FORCE: {EditionStatus.ENDED},
    EditionStatus.ENDED: set(),
}


@transaction.atomic
def put_in_force(edition: Edition, *, by: User) -> Edition:
    """Make the proposal the programme of the city; the one before it has then ended.

    Raises MayNotRevise, InvalidMove and NotReady.
    """
    check_may_revise(by)
    editions = _locked()
    edition = editions[edition.pk]
    _check_move(edition, EditionStatus.IN_FORCE)
    if left := obstacles(edition):
        raise NotReady(f"edition {edition.slug}", obstacles=left)
    before = Edition.objects.current()
    for earlier in editions.values():
        if earlier.status == EditionStatus.IN_FORCE:
            _end(earlier, edition.decided_on - timedelta(days=1), by=by)
    _move(edition, EditionStatus.IN_FORCE, by=by)
    _derive_heirs()
    _make_found(edition, before)
    return edition


@transaction.atomic
def end(edition: Edition, *, by: User) -> Edition:
    """Say that the edition no longer holds, though no other has come instead.

    Raises MayNotRevise and InvalidMove.
    """
    check_may_revise(by)
    edition = _locked()[edition.pk]
    _end(edition, localdate(), by=by)
    generation.touch()
    return edition


@transaction.atomic
def confirm_lineage(edition: Edition, pks: Iterable[int], *, by: User) -> int:
    """Say that this lineage is right; gives how many are confirmed by it.

    Raises MayNotRevise, and LineageChanged when some of it is not there any more.
    """
    check_may_revise(by)
    return _set_confirmed(edition, set(pks), localdate(), by=by)


@transaction.atomic
def reopen_lineage(edition: Edition, pks: Iterable[int], *, by: User) -> int:
    """Take back that this lineage is right, so that it can be changed in the admin."""
    check_may_revise(by)
    return _set_confirmed(edition, set(pks), None, by=by)


def check_may_revise(by: User) -> None:
    if not permissions.can_follow_up(by):
        raise MayNotRevise(f"user {by.pk} may not revise the programme")


def save_as(row, by: User, reason: str = "") -> None:
    """Save with whoever did it, and why, in the history."""
    row._history_user = by
    row._change_reason = reason
    row.save()


def _locked() -> dict[int, Edition]:
    """All editions, so that one at a time is put in force; nothing is tied anew to
    prioriteringar until this has ended."""
    rows = {
        each.pk: each for each in Edition.objects.select_for_update().order_by("pk")
    }
    generation.hold()
    return rows


def _check_move(edition: Edition, to_status: EditionStatus) -> None:
    if to_status not in TRANSITIONS[EditionStatus(edition.status)]:
        raise InvalidMove(f"{edition.slug}: {edition.status} to {to_status}")


def _move(edition: Edition, to_status: EditionStatus, *, by: User) -> None:
    _check_move(edition, to_status)
    edition.status = to_status
    save_as(edition, by)


def _end(edition: Edition, last_day, *, by: User) -> None:
    edition.valid_to = edition.valid_to or last_day
    _move(edition, EditionStatus.ENDED, by=by)


def _set_confirmed(edition, pks, day, *, by) -> int:
    edition = _locked()[edition.pk]
    rows = list(Lineage.objects.filter(edition=edition, pk__in=pks).order_by("pk"))
    if len(rows) != len(pks):
        raise LineageChanged(f"{len(pks) - len(rows)} of {len(pks)} are gone")
    changed = [row for row in rows if (row.confirmed_on is None) != (day is None)]
    for row in changed:
        row.confirmed_on = day
        save_as(row, by)
    if changed and edition.is_decided:
        _find_anew(_derive_heirs())
    generation.touch()
    return len(changed)


def _derive_heirs() -> set[int]:
    """Write down what earlier prioriteringar are today; gives those that changed."""
    wanted = lineage.heirs_by_lineage()
    kept = {(each.earlier_id, each.today_id): each.pk for each in Heir.objects.all()}
    gone = [pk for pair, pk in kept.items() if pair not in wanted]
    new = sorted(wanted - kept.keys())
    Heir.objects.filter(pk__in=gone).delete()
    Heir.objects.bulk_create(Heir(earlier_id=old, today_id=now) for old, now in new)
    return {earlier for earlier, _ in wanted ^ kept.keys()}


def _make_found(*editions: Edition | None) -> None:
    """Pages of the editions, and all contributions, since each hangs in one."""
    keys = [programme.findable.keys_of(each) for each in editions if each]
    programme.findable.refresh(set().union(*keys))
    tied = Version.objects.listed().exclude(prioriteringar=None)
    kunskapsbank.findable.refresh(tied.order_by().values_list("entry", flat=True))
    initiatives = Initiative.objects.exclude(prioriteringar=None)
    findable.initiatives.refresh(initiatives.values_list("pk", flat=True))


def _find_anew(earlier: set[int]) -> None:
    tied = Version.objects.listed().tagged_to(earlier)
    kunskapsbank.findable.refresh(tied.order_by().values_list("entry", flat=True))
    initiatives = Initiative.objects.filter(prioriteringar__in=earlier).distinct()
    findable.initiatives.refresh(initiatives.values_list("pk", flat=True))
