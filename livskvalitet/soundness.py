"""Whether what the site keeps is whole: asked by `doctor`, and after a restore.

Each check gives what is wrong, and nothing when all is well; none of them writes.
"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db.models import Prefetch

from accounts import encryption
from accounts.models import User
from kunskapsbank import chain
from kunskapsbank.models import Entry, EventDetail, ReviewEvent, StoredFile
from kunskapsbank.uploads import storage
from livskvalitet.backup import databases
from uppfoljning import frozen_tables

# Tables that are only ever added to.
ADDED_TO = (chain.TABLE, *frozen_tables.TABLES)
_AT_A_TIME = 500
# Where allauth keeps what it has encrypted, by kind of second factor.
_SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def broken_chains() -> Iterator[int]:
    """Contributions whose history is not as it was written."""
    told = Prefetch("events", ReviewEvent.objects.order_by("position"))
    entries = Entry.objects.order_by("pk").prefetch_related(told)
    for entry in entries.iterator(_AT_A_TIME):
        if not chain.is_whole(entry.events.all()):
            yield entry.pk


def changed_messages() -> Iterator[int]:
    """Contributions where a name or a message is another than the history says."""
    details = EventDetail.objects.select_related("event").order_by("pk")
    for detail in details.iterator(_AT_A_TIME):
        if not chain.tells_the_truth(detail):
            yield detail.event.entry_id


def changeable_tables() -> set[str]:
    """Those of them that the site's own role in the database could change."""
    return databases.changeable(ADDED_TO)


def missing_triggers() -> set[str]:
    """What keeps history and adopted reports from being changed, and is not there."""
    verbs = ("UPDATE", "DELETE")
    wanted = {f"{name}_no_{verb}" for name in ADDED_TO for verb in verbs}
    there = {name.lower() for name in databases.triggers()}
    return {name for name in wanted if name.lower() not in there}


def lost_files() -> Iterator[tuple[str, set[int]]]:
    """Files that are not in the storage, with the contributions that have them."""
    for file in StoredFile.objects.order_by("pk").iterator(_AT_A_TIME):
        for name in filter(None, [file.stored_name, file.thumbnail_name]):
            if not storage.exists(name):
                yield name, {*file.attachments.values_list("version__entry", flat=True)}


def unreadable_secrets() -> int:
    """How many second factors cannot be read with SECRET_KEY."""
    return sum(not _can_be_read(each) for each in Authenticator.objects.all())


def has_people() -> bool:
    """Whether anybody can sign in."""
    return User.objects.filter(is_active=True).exists()


def _can_be_read(authenticator: Authenticator) -> bool:
    secret = authenticator.data.get(_SECRETS.get(authenticator.type, ""))
    if not secret:
        return True
    try:
        encryption.decrypt(secret)
    except InvalidToken:
        return False
    return True
