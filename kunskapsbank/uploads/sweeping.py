"""Files that nothing needs any more, and files that are missing.

A file in use is never removed. One that an upload has just written is not in use yet,
so nothing younger than a day is touched.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from kunskapsbank.models import Snapshot, StoredFile
from kunskapsbank.uploads import antivirus, storage

GRACE = timedelta(days=1)


@dataclass
class Swept:
    """What a sweep did: numbers removed, and the stored files that are not there."""

    unused: int = 0
    stray: int = 0
    missing: list[StoredFile] = field(default_factory=list)


def sweep() -> Swept:
    """Remove what is not used, say what is missing, and ask the virus scanner again."""
    long_ago = timezone.now() - GRACE
    kept = _in_kept_texts()
    old = StoredFile.objects.unused().filter(created_at__lt=long_ago)
    unused = sum(_remove(file) for file in old if file.hash not in kept)
    swept = Swept(unused=unused, stray=_remove_strays(long_ago))
    for file in StoredFile.objects.order_by("pk"):
        names = filter(None, [file.stored_name, file.thumbnail_name])
        if not all(map(storage.exists, names)):
            swept.missing.append(file)
    if settings.ANTIVIRUS_COMMAND:
        for file in StoredFile.objects.unscanned():
            antivirus.scan.enqueue(file.pk, len(antivirus.DELAYS))
    return swept


def _in_kept_texts() -> set[str]:
    """Hashes of files in texts that somebody has been shown and the history keeps."""
    texts = Snapshot.objects.values_list("text", flat=True).iterator()
    return {each["hash"] for text in texts for each in text.get("attachments", [])}


@transaction.atomic
def _remove(file: StoredFile) -> bool:
    """Whether the file was still unused when it was locked, and is gone."""
    locked = StoredFile.objects.select_for_update().filter(pk=file.pk).first()
    if locked is None or locked.attachments.exists():
        return False
    names = (locked.stored_name, locked.thumbnail_name)
    locked.delete()
    transaction.on_commit(lambda: storage.remove(*names))
    return True


def _remove_strays(long_ago) -> int:
    """What is on disk without a row: an upload that was killed, a restored backup."""
    rows = StoredFile.objects.values_list("stored_name", "thumbnail_name")
    known = {name for names in rows for name in names}
    strays = [name for name in storage.names() if name not in known]
    old = [
        name for name in strays if default_storage.get_modified_time(name) < long_ago
    ]
    storage.remove(*old)
    return len(old)
