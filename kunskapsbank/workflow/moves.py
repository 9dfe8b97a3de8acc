"""When a version or an entry may change state, and how the change is recorded.

`TRANSITIONS` and `ENTRY_TRANSITIONS` are the whole rule. Everything that moves goes
through `move` or `move_entry`, under the lock that `lock` takes on the entry, and
writes one event to the entry's chain in the same transaction.
"""

import secrets
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from kunskapsbank import chain, notifications
from kunskapsbank.enums import Act, EntryState, Status
from kunskapsbank.exceptions import EntryWithdrawn, InvalidTransition
from kunskapsbank.models import Actor, Claim, Entry, EventDetail, ReviewEvent, Version

TRANSITIONS = {
    Status.DRAFT: {Status.SUBMITTED},
    Status.SUBMITTED: {
        Status.DRAFT,
        Status.RETURNED,
        Status.PUBLISHED,
        Status.DECLINED,
    },
    Status.RETURNED: {Status.SUBMITTED},
    Status.PUBLISHED: {Status.REPLACED},
    Status.REPLACED: {Status.PUBLISHED},
    Status.DECLINED: {Status.SUBMITTED},
}
ENTRY_TRANSITIONS = {
    EntryState.OPEN: {EntryState.HIDDEN, EntryState.WITHDRAWN},
    EntryState.HIDDEN: {EntryState.OPEN},
    EntryState.WITHDRAWN: {EntryState.OPEN},
}
# Which act makes which moves; an act that is not here moves nothing.
MOVES = {
    Act.SUBMITTED: {(Status.DRAFT, Status.SUBMITTED)},
    Act.RESUBMITTED: {(Status.RETURNED, Status.SUBMITTED)},
    Act.TAKEN_BACK: {(Status.SUBMITTED, Status.DRAFT)},
    Act.RETURNED: {(Status.SUBMITTED, Status.RETURNED)},
    Act.PUBLISHED: {(Status.SUBMITTED, Status.PUBLISHED)},
    Act.DECLINED: {(Status.SUBMITTED, Status.DECLINED)},
    Act.REPLACED: {(Status.PUBLISHED, Status.REPLACED)},
    Act.LOADED: {(Status.PUBLISHED, Status.REPLACED)},
    Act.PUBLICATION_UNDONE: {(Status.PUBLISHED, Status.REPLACED)},
    Act.RESTORED: {(Status.REPLACED, Status.PUBLISHED)},
    Act.APPEAL_GRANTED: {(Status.DECLINED, Status.SUBMITTED)},
}
ENTRY_MOVES = {
    Act.HIDDEN: {(EntryState.OPEN, EntryState.HIDDEN)},
    Act.WITHDRAWN: {(EntryState.OPEN, EntryState.WITHDRAWN)},
    Act.SHOWN_AGAIN: {
        (EntryState.HIDDEN, EntryState.OPEN),
        (EntryState.WITHDRAWN, EntryState.OPEN),
    },
}
_SALT_BYTES = 16


def lock_entry(entry: Entry) -> Entry:
    """The entry as it is now, locked until the transaction ends."""
    return Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)


def lock(version: Version) -> Version:
    """The version as it is now; its entry is locked, so that no two versions of one
    entry are moved at once."""
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=version.entry_id)
    version = entry.versions.select_related("author", "decided_by").get(pk=version.pk)
    version.entry = entry
    return version


def check_not_withdrawn(entry: Entry) -> None:
    if entry.state == EntryState.WITHDRAWN:
        raise EntryWithdrawn(f"entry {entry.pk} is withdrawn")


def move(
    version: Version, to_status: Status, *, act: Act, moment: datetime, **about
) -> ReviewEvent:
    """Give `version` a new status, its stamps and an event; the entry is locked.

    `about` goes to `record`. Raises InvalidTransition, having written nothing.
    """
    from_status = Status(version.status)
    allowed = to_status in TRANSITIONS[from_status]
    if not allowed or (from_status, to_status) not in MOVES.get(act, set()):
        raise InvalidTransition(f"{version.pk}: {from_status} to {to_status} by {act}")
    version.status = to_status
    stamped = _stamp(version, act, moment, about.get("by"))
    version.save(update_fields=["status", *stamped])
    Claim.objects.filter(version=version).delete()
    statuses: dict[str, Any] = {"from_status": from_status, "to_status": to_status}
    return record(version, act=act, moment=moment, **statuses, **about)


def move_entry(
    entry: Entry, to_state: EntryState, *, act: Act, reason: str, why: str = "", **about
) -> ReviewEvent:
    """Open, hide or withdraw the whole entry; `reason` is shown at its address.

    `why` is the reason's code, for the event. Raises InvalidTransition, having written
    nothing.
    """
    from_state = EntryState(entry.state)
    allowed = to_state in ENTRY_TRANSITIONS[from_state]
    if not allowed or (from_state, to_state) not in ENTRY_MOVES.get(act, set()):
        raise InvalidTransition(f"{entry.pk}: {from_state} to {to_state} by {act}")
    entry.state = to_state
    entry.state_reason = reason
    entry.save(update_fields=["state", "state_reason"])
    return record_entry(entry, act=act, reason=why, **about)


def record_entry(entry: Entry, *, act: Act, **about) -> ReviewEvent:
    """Append an event that concerns the entry rather than one of its texts."""
    version = entry.published_version or entry.versions.order_by("number").last()
    if version is None:
        raise InvalidTransition(f"entry {entry.pk} has no text")
    version.entry = entry
    return record(version, act=act, moment=timezone.now(), **about)


def record(
    version: Version,
    *,
    act: Act,
    moment: datetime,
    from_status: str = "",
    to_status: str = "",
    by: User | None = None,
    message: str = "",
    reason: str = "",
) -> ReviewEvent:
    """Append to the entry's chain; the caller holds the lock on the entry.

    The name and message go to an erasable table; the event holds salted hashes.
    """
    last = version.entry.last_event
    detail = _detail(by.name if by else "", message)
    event = ReviewEvent(
        entry=version.entry,
        position=last.position + 1 if last else 1,
        version_number=version.number,
        act=act,
        from_status=from_status,
        to_status=to_status,
        reason=reason,
        happened_at=moment,
        actor_ref=_ref_of(by) if by else "",
        name_hash=_hash(detail.name_salt, detail.actor_name),
        message_hash=_hash(detail.message_salt, detail.message),
        previous_hash=last.hash if last else "",
    )
    event.hash = chain.event_hash(event)
    event.save(force_insert=True)
    if detail.actor_name or detail.message:
        detail.event = event
        detail.save(force_insert=True)
    notifications.tell(event, version, by=by)
    return event


def _stamp(version: Version, act: Act, moment: datetime, by: User | None) -> list[str]:
    """Set the stamps that go with the act; gives the names of the fields set."""
    stamps: dict[str, object] = {}
    if version.status == Status.SUBMITTED:
        stamps = {"submitted_at": moment, "decided_at": None, "decided_by": None}
    elif version.status == Status.DRAFT:
        stamps = {"submitted_at": None}
    elif act in {Act.RETURNED, Act.PUBLISHED, Act.DECLINED}:
        stamps = {"decided_at": moment, "decided_by": by}
    if act == Act.PUBLISHED:
        stamps["published_at"] = moment
    for name, value in stamps.items():
        setattr(version, name, value)
    return list(stamps)


def _detail(name: str, message: str) -> EventDetail:
    return EventDetail(
        actor_name=name,
        name_salt=secrets.token_hex(_SALT_BYTES) if name else "",
        message=message,
        message_salt=secrets.token_hex(_SALT_BYTES) if message else "",
    )


def _hash(salt: str, text: str) -> str:
    return chain.salted_hash(salt, text) if salt else ""


def _ref_of(user: User) -> str:
    ref = secrets.token_hex(_SALT_BYTES)
    actor, _ = Actor.objects.get_or_create(user=user, defaults={"ref": ref})
    return actor.ref
