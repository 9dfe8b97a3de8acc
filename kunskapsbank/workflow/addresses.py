"""The address of a contribution: given at first publication, and never reused."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from kunskapsbank import findable, permissions
from kunskapsbank.enums import Act
from kunskapsbank.exceptions import AddressTaken, NotAllowed, NothingPublished
from kunskapsbank.models import RESERVED_SLUGS, Entry, EntrySlug
from kunskapsbank.workflow.moves import lock_entry, record_entry

_ROOM = 90  # of 120, so that a number fits after


@transaction.atomic
def change_address(entry: Entry, *, slug: str, by: User) -> Entry:
    """Move a published contribution; the old address leads to the new one for good.

    Raises NotAllowed, NothingPublished, and AddressTaken.
    """
    if not permissions.can_moderate(by):
        raise NotAllowed(f"user {by.pk} may not move entry {entry.pk}")
    entry = lock_entry(entry)
    if entry.slug is None:
        raise NothingPublished(f"entry {entry.pk}")
    old, slug = entry.slug, slugify(slug)
    if not _is_free(slug, entry) or not _take(entry, slug):
        raise AddressTaken(f"entry {entry.pk}: {slug}")
    entry.old_slugs.filter(slug=slug).delete()
    EntrySlug.objects.get_or_create(slug=old, defaults={"entry": entry})
    record_entry(entry, act=Act.ADDRESS_CHANGED, by=by)
    findable.refresh([entry.pk])
    return entry


def give_address(entry: Entry, title: str) -> None:
    """Give an entry without an address one made of its title; the entry is locked."""
    if entry.slug is not None:
        return
    words = slugify(title)[:_ROOM].strip("-")
    with_number = f"{words}-b{entry.pk}".strip("-")
    if _is_free(words, entry) and _take(entry, words):
        return
    _take(entry, with_number)


def _is_free(slug: str, entry: Entry) -> bool:
    if not slug or slug in RESERVED_SLUGS:
        return False
    is_left = EntrySlug.objects.filter(slug=slug).exclude(entry=entry).exists()
    return not is_left and not Entry.objects.filter(slug=slug).exists()


def _take(entry: Entry, slug: str) -> bool:
    """Whether the entry got the address; another may have taken it this very moment."""
    before, entry.slug = entry.slug, slug
    try:
        with transaction.atomic():
            entry.save(update_fields=["slug"])
    except IntegrityError:
        entry.slug = before
        return False
    return True
