"""Contributions brought to where a test begins, by the acts that lead there."""

from uuid import uuid4

from kunskapsbank import chain, workflow
from kunskapsbank.enums import DeclineReason, Kind, PublicName, Status
from tests.factories import UserFactory

COMPLETE = {
    "kind": Kind.LINK,
    "title": "Bänkar vid stranden",
    "summary": "Grannarna valde plats för dem.",
    "address": "https://example.se/bankar",
    "public_name": PublicName.NAME,
}


def author():
    return UserFactory(contributor=True, name="Ida Dahl")


def author_named(name):
    return UserFactory(contributor=True, name=name)


def moderator():
    return UserFactory(moderator=True, name="Mo Lind")


def draft(by=None, **values):
    return workflow.start_draft(by=by or author(), **{**COMPLETE, **values})


def hand_in(version, by=None, key=None):
    version.refresh_from_db()
    return workflow.submit(
        version,
        by=by or version.author,
        lock=version.lock,
        key=key or uuid4(),
        grants_licence=True,
    )


def submitted(by=None, **values):
    return hand_in(draft(by, **values))


def published(by=None, **values):
    version = submitted(by, **values)
    return workflow.publish(version, by=moderator(), lock=version.lock)


def changed(version, by=None, **values):
    """A submitted change to a published text."""
    proposal = workflow.propose_change(version.entry, by=by or version.author)
    values = values or {"title": "Bänkar och bord vid stranden"}
    proposal = workflow.save_text(
        proposal, by=proposal.author, lock=proposal.lock, **values
    )
    return hand_in(proposal)


def at(status, by=None):
    """A contribution with this status, arrived at by acts alone."""
    if status == Status.DRAFT:
        return draft(by)
    if status == Status.SUBMITTED:
        return submitted(by)
    if status == Status.PUBLISHED:
        return published(by)
    if status == Status.REPLACED:
        version = published(by)
        successor = changed(version)
        workflow.publish(successor, by=moderator(), lock=successor.lock)
        version.refresh_from_db()
        return version
    version = submitted(by)
    if status == Status.RETURNED:
        return returned(version)
    return declined(version)


def returned(version, by=None):
    return workflow.return_to_author(
        version, by=by or moderator(), lock=version.lock, message="Vem äger bilden?"
    )


def declined(version, by=None, reason=DeclineReason.TOO_THIN):
    return workflow.decline(
        version,
        by=by or moderator(),
        lock=version.lock,
        reason=reason,
        message="Berätta gärna mer.",
    )


def acts(entry):
    return [event.act for event in entry.events.order_by("position")]


def is_whole(entry):
    """Whether the chain holds, and every name and message agrees with its hash."""
    events = list(entry.events.select_related("detail").order_by("position"))
    details = [event.detail for event in events if hasattr(event, "detail")]
    return chain.is_whole(events) and all(map(chain.tells_the_truth, details))


def renamed(tag, name):
    return workflow.rename_tag(tag, by=moderator(), name=name, shown=tag.name)
