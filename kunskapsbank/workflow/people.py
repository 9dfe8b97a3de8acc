"""How a person is named, what the history keeps of them, and how it forgets them.

Three acts, never one (trust A13): to take the name away, to stop showing what was
written (`withdraw`), and to erase the account. None of them touches the events.
"""

from collections.abc import Collection

from django.db import transaction

from accounts import workflow as accounts
from accounts.models import User
from accounts.permissions import can_change_role
from kunskapsbank import findable
from kunskapsbank.enums import PublicName, Status
from kunskapsbank.exceptions import InvalidText, NotAllowed
from kunskapsbank.models import (
    Actor,
    Entry,
    EventDetail,
    Letter,
    Snapshot,
    Subscription,
    Version,
)
from kunskapsbank.workflow import text
from kunskapsbank.workflow.moves import lock_entry
from kunskapsbank.workflow.retention import erase_drafts_of
from search import copies

# What readers may meet; what is not decided yet is changed in the form.
_SHOWN = [Status.PUBLISHED, Status.REPLACED]


@transaction.atomic
def choose_name(entry: Entry, public_name: PublicName, *, by: User) -> Entry:
    """Say how the person is named at all of theirs that is or was published in it.

    Raises NotAllowed when nothing there is theirs, and InvalidText when there is no
    such name to show.
    """
    entry = lock_entry(entry)
    theirs = entry.versions.filter(author=by, status__in=_SHOWN).order_by("number")
    if not by.is_active or not theirs:
        raise NotAllowed(f"user {by.pk} has published nothing in entry {entry.pk}")
    if public_name not in PublicName.values:
        raise _no_name("Välj vilket namn som ska visas")
    if public_name == PublicName.NAME and not by.name:
        raise _no_name("Skriv ditt namn på sidan Ditt konto först")
    if public_name == PublicName.ORGANISATION and not all(
        version.organisations.exists() for version in theirs
    ):
        raise _no_name("Bidraget har ingen organisation att visa")
    for version in theirs:
        _name_as(version, public_name)
    _show_anew(theirs)
    return entry


@transaction.atomic
def rename(user: User, name: str) -> User:
    """Correct the person's name, also where they have chosen to show it; raises
    AccountError when it is empty."""
    user = accounts.rename(user, name)
    named = Version.objects.filter(author=user, public_name=PublicName.NAME)
    changed = list(named.exclude(status=Status.DRAFT))
    for version in changed:
        _name_as(version, PublicName.NAME)
    _show_anew(changed)
    return user


@transaction.atomic
def anonymise(user: User) -> None:
    """Take the person's name from everything they wrote and did.

    Texts, acts and messages stay, and every chain is as whole as before: events hold
    hashes of names, and an opaque reference that leads to nobody after this.
    """
    written = list(Version.objects.filter(author=user).order_by("pk"))
    for version in written:
        if version.public_name != PublicName.ORGANISATION:
            _name_as(version, PublicName.NONE)
            _forget_in_snapshots(version)
    for ref in Actor.objects.filter(user=user).values_list("ref", flat=True):
        details = EventDetail.objects.filter(event__actor_ref=ref)
        details.update(actor_name="", name_salt="")
    Actor.objects.filter(user=user).delete()
    _show_anew(written)


@transaction.atomic
def erase_person(user: User, *, by: User) -> None:
    """Erase the account and what names the person; what they handed in stays.

    Drafts that were never handed in go with the person, since nobody else may read
    them. Raises NotAllowed for others than the person and an administratör, and
    LastAdministrator.
    """
    if by.pk != user.pk and not can_change_role(by):
        raise NotAllowed(f"user {by.pk} may not erase user {user.pk}")
    user = User.objects.select_for_update().get(pk=user.pk)
    erase_drafts_of(user)
    anonymise(user)
    for letter in Letter.objects.filter(email__iexact=user.email):
        letter.name = letter.email = ""
        letter.save(update_fields=["name", "email"])
    Subscription.objects.belonging_to(user).delete()
    accounts.erase_account(user)


def _name_as(version: Version, public_name: PublicName) -> None:
    version.public_name = public_name
    if version.status != Status.DRAFT:
        version.byline = text.byline_of(version)
    version.save(update_fields=["byline", "public_name"])
    _name_anew_after(version)


def _name_anew_after(version: Version) -> None:
    """Texts that began as this one say whose it was: "X, ändrat av Y"."""
    for later in Version.objects.filter(based_on=version).exclude(byline=""):
        before, later.byline = later.byline, text.byline_of(later)
        if later.byline == before:
            continue
        later.save(update_fields=["byline"])
        if not version.byline or version.public_name == PublicName.NONE:
            _forget_in_snapshots(later)
        _name_anew_after(later)


def _show_anew(written: Collection[Version]) -> None:
    """The old name leaves the index, and every page of a copy that may have it."""
    findable.refresh({version.entry_id for version in written})
    shown = {version.entry_id for version in written if version.status in _SHOWN}
    entries = Entry.objects.filter(pk__in=shown)
    copies.let_go(gone=[entry.get_absolute_url() for entry in entries])


def _forget_in_snapshots(version: Version) -> None:
    for snapshot in Snapshot.objects.filter(version=version):
        if snapshot.text.get("byline"):
            snapshot.text["byline"] = version.byline
            snapshot.save(update_fields=["text"])


def _no_name(fault: str) -> InvalidText:
    faults = {"public_name": fault}
    return InvalidText("no such name", faults=faults, user_message=f"{fault}.")
