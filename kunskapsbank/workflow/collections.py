"""Collections: what moderators gather on a theme.

Every change locks the collection, is on the very text that was shown, and leaves the
wording before in its history, with the numbers of what it held.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from kunskapsbank import permissions
from kunskapsbank.exceptions import (
    CollectionGone,
    CollectionStale,
    CollectionTaken,
    NotAllowed,
)
from kunskapsbank.models import CollectedEntry, Collection, Version
from kunskapsbank.workflow import text as texts
from search import copies, generation

_SLUG_ROOM = 100  # of 120, so that a number fits after
_REASON_ROOM = 100


@dataclass(frozen=True)
class Place:
    """A contribution in a collection, and what is said of why it is there."""

    entry_pk: int
    note: str = ""


@transaction.atomic
def start_collection(*, by: User, title: str, text: str) -> Collection:
    """An empty collection that only moderators see; the same again gives the same.

    Raises NotAllowed, MessageMissing and CollectionTaken.
    """
    _check_may_moderate(by)
    title, text = _title(title), texts.said(text)
    # Before the title is looked for: one that is begun between the two is then found,
    # and one that is begun later has taken the address.
    slug = _free_slug(title)
    if begun := Collection.objects.filter(title=title).first():
        if (begun.text, begun.lock) == (text, 0):
            return begun
        raise CollectionTaken(f"collection {begun.pk}")
    try:
        with transaction.atomic():
            return Collection.objects.create(title=title, text=text, slug=slug)
    except IntegrityError:  # the other half of a double click came first
        begun = Collection.objects.filter(title=title, text=text).first()
        if begun is None:
            raise CollectionTaken("at the same moment") from None
        return begun


@transaction.atomic
def save_collection(
    collection: Collection,
    *,
    by: User,
    lock: int,
    title: str,
    text: str,
    places: Sequence[Place],
) -> Collection:
    """Store the text and what it gathers, in this order; the address stays.

    `lock` is that of the text that was shown. Contributions that are added must be
    listed; one that was there stays though it is hidden for now. Raises NotAllowed,
    MessageMissing, CollectionGone, CollectionTaken and CollectionStale.
    """
    collection = _locked(collection, by)
    if lock != collection.lock:
        raise CollectionStale(f"collection {collection.pk}: {lock} was shown")
    title = _title(title)
    others = Collection.objects.exclude(pk=collection.pk)
    if others.filter(title=title).exists():
        raise CollectionTaken(f"collection {collection.pk}")
    collection.title, collection.text = title, texts.said(text)
    _gather(collection, places)
    _save(collection)
    return collection


@transaction.atomic
def publish_collection(collection: Collection, *, by: User) -> Collection:
    """Let everybody see it. To do it again changes nothing. Raises NotAllowed and
    CollectionGone."""
    return _set_published(collection, True, by=by)


@transaction.atomic
def unpublish_collection(collection: Collection, *, by: User) -> Collection:
    """Let only moderators see it. To do it again changes nothing. Raises NotAllowed
    and CollectionGone."""
    return _set_published(collection, False, by=by)


@transaction.atomic
def delete_collection(collection: Collection, *, by: User) -> None:
    """Take it away for good; the contributions and its history stay. Raises NotAllowed
    and CollectionGone."""
    address = collection.get_absolute_url()
    _locked(collection, by).delete()
    generation.touch()
    copies.let_go(gone=[address])


def _locked(collection: Collection, by: User) -> Collection:
    _check_may_moderate(by)
    rows = Collection.objects.select_for_update(of=("self",))
    found = rows.filter(pk=collection.pk).first()
    if found is None:
        raise CollectionGone(f"collection {collection.pk}")
    return found


def _check_may_moderate(by: User) -> None:
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} is no moderator")


def _title(title: str) -> str:
    return " ".join(texts.said(title).split())


def _free_slug(title: str) -> str:
    words = slugify(title)[:_SLUG_ROOM].strip("-") or "samling"
    # Nor one that led to a collection which is gone, since somebody may have kept it.
    taken = {each.slug for each in Collection.history.filter(slug__startswith=words)}
    slug, number = words, 2
    while slug in taken:
        slug, number = f"{words}-{number}", number + 1
    return slug


def _gather(collection: Collection, places: Sequence[Place]) -> None:
    """Make the contributions these, in this order, each once."""
    there = {each.entry_id: each for each in collection.collected_entries.all()}
    listed = Version.objects.listed().filter(entry__in=[p.entry_pk for p in places])
    allowed = {*there, *listed.values_list("entry_id", flat=True)}
    wanted = {each.entry_pk: each for each in places if each.entry_pk in allowed}
    for pk, row in there.items():
        if pk not in wanted:
            row.delete()
    for position, (pk, place) in enumerate(wanted.items(), start=1):
        row = there.get(pk) or CollectedEntry(collection=collection, entry_id=pk)
        row.position, row.note = position, " ".join(texts.plain(place.note).split())
        row.save()


def _set_published(
    collection: Collection, is_published: bool, *, by: User
) -> Collection:
    collection = _locked(collection, by)
    if collection.is_published != is_published:
        collection.is_published = is_published
        _save(collection)
    return collection


def _save(collection: Collection) -> None:
    """Store it as a text of its own, with the numbers of what it holds."""
    collection.lock += 1
    held = collection.collected_entries.order_by("position")
    numbers = ", ".join(f"B-{each.entry_id}" for each in held)
    # This is how the package is told what to write beside the row.
    setattr(collection, "_change_reason", numbers[:_REASON_ROOM])  # noqa: B010
    collection.save()
    generation.touch()
    address = collection.get_absolute_url()
    if collection.is_published:
        copies.let_go(changed=[address])
    else:
        copies.let_go(gone=[address])
