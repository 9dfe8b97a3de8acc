"""Connections between prioriteringar: proposed by anyone signed in, decided on by a
moderator who did not propose them.

`TRANSITIONS` is the whole rule. Everything that moves goes through `_move`, under the
lock on the connection, and leaves an event in the same transaction.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from kunskapsbank import connection_mail, permissions
from kunskapsbank.enums import ConnectionKind, ConnectionStatus, DeclineReason
from kunskapsbank.exceptions import (
    ConnectionDecided,
    ConnectionRefused,
    InvalidTransition,
    NotAllowed,
    OwnConnection,
    ReasonMissing,
    TooManyConnections,
)
from kunskapsbank.models import Connection, ConnectionEvent, Entry, Version
from kunskapsbank.workflow import text as texts
from programme.models import Prioritering
from search import copies, generation

TRANSITIONS = {
    ConnectionStatus.PROPOSED: {
        ConnectionStatus.APPROVED,
        ConnectionStatus.DECLINED,
        ConnectionStatus.WITHDRAWN,
    },
    ConnectionStatus.APPROVED: {ConnectionStatus.WITHDRAWN},
    ConnectionStatus.DECLINED: set(),
    ConnectionStatus.WITHDRAWN: set(),
}
MAX_PER_HOUR = 30
_STANDS = [ConnectionStatus.PROPOSED, ConnectionStatus.APPROVED]
_SAME = (
    "Det sambandet finns redan, eller är föreslaget och väntar på granskarna. Välj ett "
    "annat slag eller en annan prioritering"
)


def propose_connection(
    *,
    by: User,
    key: UUID,
    kind: ConnectionKind,
    start: Prioritering,
    end: Prioritering,
    sentence: str,
    entries: Iterable[Entry] = (),
    link: str = "",
    link_title: str = "",
) -> Connection:
    """Put a connection in the moderators' queue; the same `key` gives the same one.

    Contributions that are not listed prove nothing and are left out. Raises NotAllowed,
    MessageMissing, TooManyConnections, and ConnectionRefused when the two ends are one,
    are of different editions, or are tied so already.
    """
    if not permissions.can_propose_connection(by):
        raise NotAllowed(f"user {by.pk} is not signed in")
    if known := Connection.objects.filter(key=key, proposer=by).first():
        return known
    start, end = _ends(kind, start, end)
    _check_room(by)
    values = {
        "kind": kind,
        "from_prioritering": start,
        "to_prioritering": end,
        "sentence": " ".join(texts.said(sentence).split()),
        "link": link,
        "link_title": " ".join(texts.plain(link_title).split()) if link else "",
    }
    try:
        with transaction.atomic():
            return _create(values, entries, by=by, key=key)
    except IntegrityError:
        # The other half of a double click came first, or somebody else did.
        if known := Connection.objects.filter(key=key, proposer=by).first():
            return known
        raise _refused(_SAME) from None


@transaction.atomic
def approve_connection(
    connection: Connection, *, by: User, message: str = ""
) -> Connection:
    """Let everybody see it. Raises NotAllowed, OwnConnection and ConnectionDecided."""
    connection = _decidable(connection, by=by)
    note = texts.plain(message).strip()
    _move(connection, ConnectionStatus.APPROVED, by=by, message=note)
    return connection


@transaction.atomic
def decline_connection(
    connection: Connection, *, by: User, reason: DeclineReason, message: str
) -> Connection:
    """Say no, and why. Raises what `approve_connection` raises, ReasonMissing and
    MessageMissing."""
    if reason not in DeclineReason.values:
        raise ReasonMissing(f"connection {connection.pk}")
    connection = _decidable(connection, by=by)
    about: dict[str, Any] = {"message": texts.said(message), "reason": reason}
    _move(connection, ConnectionStatus.DECLINED, by=by, **about)
    return connection


@transaction.atomic
def withdraw_connection(
    connection: Connection, *, by: User, message: str = ""
) -> Connection:
    """Take it back, before or after the decision; a moderator who takes back what
    somebody else proposed says why.

    Raises NotAllowed, InvalidTransition and MessageMissing.
    """
    connection = _locked(connection)
    if not permissions.can_withdraw_connection(by, connection):
        raise NotAllowed(f"user {by.pk} may not withdraw connection {connection.pk}")
    is_own = connection.proposer_id == by.pk
    said = texts.plain(message).strip() if is_own else texts.said(message)
    _move(connection, ConnectionStatus.WITHDRAWN, by=by, message=said)
    return connection


def _ends(kind, start: Prioritering, end: Prioritering):
    """Both ends, in the order that they are kept in."""
    if start.pk == end.pk:
        same = "Välj två olika prioriteringar. En prioritering har inget samband med"
        raise _refused(f"{same} sig själv")
    places = [
        each.fokusomrade.viljeinriktning.edition_id
        for each in Prioritering.objects.with_place().filter(pk__in=[start.pk, end.pk])
    ]
    if len(set(places)) > 1:
        raise _refused("Välj två prioriteringar i samma program")
    if kind == ConnectionKind.CONFLICTS and start.pk > end.pk:
        return end, start
    return start, end


def _check_room(by: User) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = Connection.objects.filter(proposer=by, proposed_at__gt=hour_ago)
    if recent.count() >= MAX_PER_HOUR:
        raise TooManyConnections(f"user {by.pk}")


def _create(values, entries, *, by: User, key: UUID) -> Connection:
    ends = ("kind", "from_prioritering", "to_prioritering")
    same = {name: values[name] for name in ends}
    if Connection.objects.filter(**same, status__in=_STANDS).exists():
        raise _refused(_SAME)
    now = timezone.now()
    connection = Connection.objects.create(
        **values, proposer=by, proposed_at=now, key=key
    )
    listed = Version.objects.listed().filter(entry__in=list(entries))
    connection.entries.set(listed.values_list("entry", flat=True))
    _record(connection, "", by=by, moment=now)
    connection_mail.tell_moderators(connection)
    return connection


def _locked(connection: Connection) -> Connection:
    locked = Connection.objects.select_for_update(of=("self",))
    return locked.get(pk=connection.pk)


def _decidable(connection: Connection, *, by: User) -> Connection:
    connection = _locked(connection)
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")
    if not permissions.can_decide_connection(by, connection):
        raise OwnConnection(f"user {by.pk} proposed connection {connection.pk}")
    if not connection.is_proposed:
        raise ConnectionDecided(f"connection {connection.pk} is {connection.status}")
    return connection


def _move(
    connection: Connection, to_status: ConnectionStatus, *, by: User, **said: Any
) -> None:
    from_status = ConnectionStatus(connection.status)
    if to_status not in TRANSITIONS[from_status]:
        raise InvalidTransition(
            f"connection {connection.pk}: {from_status} to {to_status}",
            user_message="Sambandet är inte längre i det läget. Ladda om sidan.",
        )
    now = timezone.now()
    connection.status = to_status
    if to_status != ConnectionStatus.WITHDRAWN:
        connection.decided_at = now
    connection.save(update_fields=["status", "decided_at"])
    event = _record(connection, from_status, by=by, moment=now, **said)
    if ConnectionStatus.APPROVED in {from_status, to_status}:
        generation.touch()
    if from_status == ConnectionStatus.APPROVED:
        copies.let_go(gone=[connection.get_absolute_url()])
    connection_mail.tell_proposer(event, by=by)


def _record(
    connection: Connection, from_status: str, *, by: User, moment, **said: Any
) -> ConnectionEvent:
    return ConnectionEvent.objects.create(
        connection=connection,
        from_status=from_status,
        to_status=connection.status,
        actor=by,
        happened_at=moment,
        **said,
    )


def _refused(said: str) -> ConnectionRefused:
    return ConnectionRefused("the ends do not fit", user_message=said)
