"""What an author does with a text: begin it, save it, hand it in, begin another."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from kunskapsbank import links, permissions
from kunskapsbank.enums import Act, Kind, Status
from kunskapsbank.exceptions import (
    AlreadyWaiting,
    Incomplete,
    KeyUsed,
    NotAllowed,
    NotEditable,
    NothingPublished,
    StaleText,
    TooManyDrafts,
)
from kunskapsbank.models import Entry, LicenceGrant, Version
from kunskapsbank.workflow import text
from kunskapsbank.workflow.moves import (
    check_not_withdrawn,
    lock_entry,
    move,
)
from kunskapsbank.workflow.moves import lock as lock_version

LICENCE = "CC BY 4.0"
# By one person; nobody writes so much, and a program that got in would.
MAX_DRAFTS_PER_DAY = 100
_EDITABLE = {Status.DRAFT, Status.RETURNED}
_WHY_NOT = {
    Status.SUBMITTED: (
        "Bidraget är inskickat och kan inte ändras medan det granskas. Ta tillbaka "
        "det först, om du vill skriva mer."
    ),
    Status.PUBLISHED: "Bidraget är publicerat. Föreslå en ändring i stället.",
    Status.REPLACED: (
        "Det här är en äldre version. Föreslå en ändring av den som är publicerad."
    ),
    Status.DECLINED: (
        "Bidraget är avböjt. Kopiera texten till ett nytt utkast, om du vill skriva "
        "vidare."
    ),
}


def start_draft(
    *, kind: Kind, by: User, key: UUID | None = None, **values: Any
) -> Version:
    """Begin a new contribution; the same `key` again gives the same draft.

    Raises NotAllowed, InvalidText, TooManyDrafts, and KeyUsed when the key is somebody
    else's.
    """
    if not permissions.can_contribute(by):
        raise NotAllowed(f"user {by.pk} may not contribute")
    values = text.cleaned({"kind": kind, **values})
    if begun := _begun_with(key, by):
        return begun
    try:
        with transaction.atomic():
            entry = Entry.objects.create()
            entry.owners.add(by)
            return _new_draft(entry, values, by=by, creation_key=key)
    except IntegrityError:
        # The other half of a double click came first.
        if begun := _begun_with(key, by):
            return begun
        raise


@transaction.atomic
def save_text(
    version: Version,
    *,
    by: User,
    lock: int,
    tab: str = "",
    sequence: int | None = None,
    **values: Any,
) -> Version:
    """Store what has been written so far; nothing is required of a draft.

    `lock` is that of the text that was shown. An autosave also says which tab it
    comes from and its `sequence` there: one that is overtaken by a later save from the
    same tab is ignored, and the version is given back as it is stored.

    Raises NotAllowed, NotEditable (submitted, or decided), StaleText with both texts
    when somebody has saved in between, and InvalidText.
    """
    if sequence is not None and not tab:
        raise TypeError("an autosave must say which tab it comes from")
    values = text.cleaned(values)
    version = editable(version, by=by)
    is_same_tab = sequence is not None and tab == version.tab
    if is_same_tab and sequence is not None and sequence <= version.sequence:
        return version
    if lock != version.lock and not is_same_tab:
        stored = text.copied(version)
        raise StaleText(f"{version.pk}: {lock}", yours=values, stored=stored)
    version.tab, version.sequence = tab, sequence or 0
    text.write(version, values, by=by)
    return version


@transaction.atomic
def submit(
    version: Version,
    *,
    by: User,
    lock: int,
    key: UUID,
    grants_licence: bool,
    message: str = "",
) -> Version:
    """Hand the text in for review; the same `key` again gives the same receipt.

    The author gives everybody the right to use it (CC BY 4.0). Raises NotAllowed,
    NotEditable, EntryWithdrawn, StaleText, Incomplete, and KeyUsed.
    """
    version = lock_version(version)
    if not permissions.can_edit_text(by, version):
        raise NotAllowed(f"user {by.pk} may not submit version {version.pk}")
    if version.submission_key == key:
        return version
    if Version.objects.filter(submission_key=key).exists():
        raise KeyUsed(f"version {version.pk}")
    check_not_withdrawn(version.entry)
    _check_editable(version)
    if lock != version.lock:
        shown = text.copied(version)
        raise StaleText(f"{version.pk}: {lock}", yours=shown, stored=shown)
    text.check_complete(version)
    if not grants_licence:
        faults = {"grants_licence": "Kryssa i att andra får använda texten"}
        raise Incomplete(f"version {version.pk}: no licence", faults=faults)
    return _hand_in(version, by=by, key=key, message=message)


@transaction.atomic
def take_back(version: Version, *, by: User) -> Version:
    """Make a submitted text a draft again; raises NotAllowed, InvalidTransition."""
    version = lock_version(version)
    if not permissions.can_take_back(by, version):
        raise NotAllowed(f"user {by.pk} may not take back version {version.pk}")
    move(version, Status.DRAFT, act=Act.TAKEN_BACK, moment=timezone.now(), by=by)
    return version


@transaction.atomic
def propose_change(entry: Entry, *, by: User) -> Version:
    """A draft of the published text with all its ties; the old one stays up.

    Whoever has such a draft already gets that one. Raises NotAllowed, EntryWithdrawn,
    NothingPublished, and AlreadyWaiting when their proposal is being reviewed.
    """
    if not permissions.can_contribute(by):
        raise NotAllowed(f"user {by.pk} may not contribute")
    entry = lock_entry(entry)
    check_not_withdrawn(entry)
    source = entry.published_version
    if source is None:
        raise NothingPublished(f"entry {entry.pk}")
    mine = entry.versions.filter(author=by).order_by("number")
    if mine.filter(status=Status.SUBMITTED).exists():
        raise AlreadyWaiting(f"entry {entry.pk}, user {by.pk}")
    if begun := mine.filter(status__in=_EDITABLE).last():
        return begun
    return _new_draft(entry, text.copied(source), by=by, based_on=source)


@transaction.atomic
def duplicate(version: Version, *, by: User, key: UUID | None = None) -> Version:
    """A new contribution that begins as a copy of a text the person may read.

    Raises NotAllowed, and KeyUsed when the key is somebody else's.
    """
    if not Version.objects.visible_to(by).filter(pk=version.pk).exists():
        raise NotAllowed(f"user {by.pk} may not read version {version.pk}")
    values = text.copied(version) | {"public_name": ""}
    values["tags"] = [tag for tag in values["tags"] if not tag.is_forbidden]
    return start_draft(by=by, key=key, **values)


@transaction.atomic
def copy_declined(version: Version, *, by: User) -> Version:
    """A new draft in the same entry that begins as the declined text.

    Raises NotAllowed, EntryWithdrawn, and NotEditable when it is not declined.
    """
    version = lock_version(version)
    may_write = permissions.can_contribute(by) and version.author_id == by.pk
    if not may_write:
        raise NotAllowed(f"user {by.pk} may not copy version {version.pk}")
    if version.status != Status.DECLINED:
        raise NotEditable(f"version {version.pk} is {version.status}")
    check_not_withdrawn(version.entry)
    entry, values = version.entry, text.copied(version)
    begun = entry.versions.filter(author=by, status__in=_EDITABLE).last()
    return begun or _new_draft(entry, values, by=by, based_on=version.based_on)


def why_not_editable(version: Version) -> str:
    """What to do instead of writing in the text, in Swedish; empty if one may write."""
    return _WHY_NOT.get(Status(version.status), "")


def _hand_in(version: Version, *, by: User, key: UUID, message: str) -> Version:
    moment = timezone.now()
    is_first = version.status == Status.DRAFT
    message = text.plain(message)
    version.submission_key = key
    version.byline = text.byline_of(version)
    version.typed = {}  # what was typed is ties by now, and the message is sent
    version.save(update_fields=["submission_key", "byline", "typed"])
    text.keep(version, moment)
    LicenceGrant.objects.create(
        version=version,
        lock=version.lock,
        licence=LICENCE,
        granted_by=by,
        granted_at=moment,
    )
    act = Act.SUBMITTED if is_first else Act.RESUBMITTED
    links.check_links.enqueue(version.pk)
    move(version, Status.SUBMITTED, act=act, moment=moment, by=by, message=message)
    return version


def _new_draft(entry: Entry, values: dict, *, by: User, **columns: Any) -> Version:
    _check_room(by)
    latest = entry.versions.aggregate(number=Max("number"))["number"] or 0
    version = Version.objects.create(
        entry=entry, number=latest + 1, author=by, lock=0, **columns
    )
    text.write(version, values, by=by)
    return version


def _check_room(by: User) -> None:
    day_ago = timezone.now() - timedelta(days=1)
    begun = Version.objects.filter(author=by, created_at__gt=day_ago)
    if begun.count() >= MAX_DRAFTS_PER_DAY:
        raise TooManyDrafts(f"user {by.pk}")


def editable(version: Version, *, by: User) -> Version:
    """The version, locked, if `by` may change it now."""
    version = lock_version(version)
    check_may_write(version, by=by)
    return version


def check_may_write(version: Version, *, by: User) -> None:
    """Raise NotAllowed or NotEditable unless `by` may change the text now."""
    if not permissions.can_edit_text(by, version):
        raise NotAllowed(f"user {by.pk} may not write in version {version.pk}")
    _check_editable(version)


def _check_editable(version: Version) -> None:
    if version.status not in _EDITABLE:
        why = _WHY_NOT[Status(version.status)]
        raise NotEditable(f"version {version.pk} is {version.status}", user_message=why)


def _begun_with(key: UUID | None, by: User) -> Version | None:
    begun = Version.objects.filter(creation_key=key).first() if key else None
    if begun and begun.author_id != by.pk:
        raise KeyUsed(f"version {begun.pk}")
    return begun
