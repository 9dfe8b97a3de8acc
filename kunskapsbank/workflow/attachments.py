"""The files of a text: added, described, replaced, put in order and removed.

Only while the text can be changed, by whoever may change it, under the lock on its
entry. Each act raises the version's `lock` as a change of the text does, so that no
moderator decides on files that were not shown.
"""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from accounts.models import User
from kunskapsbank.enums import Scan
from kunskapsbank.exceptions import FileInfected, FileNotScanned, FileRefused
from kunskapsbank.models import StoredFile, Version, VersionAttachment
from kunskapsbank.uploads import antivirus, checks, limits, storage
from kunskapsbank.uploads.checks import Prepared
from kunskapsbank.uploads.refusals import Refused
from kunskapsbank.workflow import text
from kunskapsbank.workflow.drafts import check_may_write, editable

_DAY = timedelta(days=1)


def attach(version: Version, *, by: User, upload: UploadedFile) -> VersionAttachment:
    """Check a file and add it to the text, last.

    Raises NotAllowed, NotEditable, and FileRefused with the reason; then nothing is
    kept of the file.
    """

    def add(version: Version, file: StoredFile, name: str) -> VersionAttachment:
        _check_room(version)
        last = version.attachments.aggregate(last=Max("position"))["last"] or 0
        return version.attachments.create(file=file, name=name, position=last + 1)

    check_may_write(version, by=by)
    with _as_errors():
        _check_room(version)
        return _kept(version, by=by, upload=upload, use=add)


def replace(
    attachment: VersionAttachment, *, by: User, upload: UploadedFile
) -> VersionAttachment:
    """Put another file in the same place; the description of a picture is kept.

    Who is in it is asked again, since the old answer was about another picture.
    Raises what `attach` raises.
    """

    def put(version: Version, file: StoredFile, name: str) -> VersionAttachment:
        mine = version.attachments.get(pk=attachment.pk)
        if mine.file.is_image != file.is_image:
            mine.alt, mine.is_decorative, mine.language = "", False, "sv"
        mine.file, mine.name = file, name
        mine.people, mine.shows_children = "", False
        mine.save()
        return mine

    check_may_write(attachment.version, by=by)
    with _as_errors():
        return _kept(attachment.version, by=by, upload=upload, use=put)


@transaction.atomic
def describe(
    attachment: VersionAttachment,
    *,
    by: User,
    alt: str = "",
    is_decorative: bool = False,
    language: str = "sv",
    people: str = "",
    shows_children: bool = False,
) -> VersionAttachment:
    """Say what a picture shows, or which language a document is in.

    A decorative picture has no description. Raises NotAllowed and NotEditable.
    """
    version = editable(attachment.version, by=by)
    mine = version.attachments.get(pk=attachment.pk)
    mine.alt = "" if is_decorative else " ".join(text.plain(alt).split())
    mine.is_decorative = is_decorative
    mine.language = language
    mine.people, mine.shows_children = people, shows_children
    mine.save()
    text.touch(version, by=by)
    return mine


@transaction.atomic
def reorder(attachment: VersionAttachment, *, by: User, steps: int) -> int:
    """Move a file that many steps down, or up when negative, as far as it goes.

    Gives its place, the first being 1. Raises NotAllowed and NotEditable.
    """
    version = editable(attachment.version, by=by)
    order = list(version.attachments.all())
    place = order.index(attachment)
    order.insert(max(place + steps, 0), order.pop(place))
    for position, each in enumerate(order, start=1):
        each.position = position
        each.save(update_fields=["position"])
    text.touch(version, by=by)
    return order.index(attachment) + 1


@transaction.atomic
def detach(attachment: VersionAttachment, *, by: User) -> None:
    """Take a file from the text; other versions keep it, and an unused one is swept.

    Raises NotAllowed and NotEditable. Once removed it may be removed again.
    """
    version = editable(attachment.version, by=by)
    for mine in version.attachments.filter(pk=attachment.pk):
        mine.delete()
        text.touch(version, by=by)


def check_scanned(version: Version) -> None:
    """Raise FileInfected or FileNotScanned unless every file may be published."""
    scans = set(version.attachments.values_list("file__scan", flat=True))
    if Scan.INFECTED in scans:
        raise FileInfected(f"version {version.pk}")
    waits = {Scan.WAITING, Scan.NONE} if settings.ANTIVIRUS_COMMAND else set()
    if scans & waits:
        raise FileNotScanned(f"version {version.pk}")


class _as_errors:
    """A refused file as a WorkflowError whose message can be shown."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, fault: object, trace: object) -> None:
        if isinstance(fault, Refused):
            raise FileRefused(fault.code, user_message=fault.message) from fault


def _kept(
    version: Version,
    *,
    by: User,
    upload: UploadedFile,
    use: Callable[[Version, StoredFile, str], VersionAttachment],
) -> VersionAttachment:
    """Check and store the file, and use it; nothing of it is left when that fails.

    The file is read and written before the entry is locked, since both take time.
    """
    _check_share(by)
    _check_pace(by)
    prepared = checks.prepare(upload.name or "", upload.read())
    written = _write(prepared)
    try:
        with transaction.atomic():
            version = editable(version, by=by)
            file = _row(prepared, written, by=by)
            if version.attachments.filter(file=file).exists():
                raise Refused("already_there")
            attachment = use(version, file, prepared.name)
            text.touch(version, by=by)
    except BaseException:
        storage.remove(*written)
        raise
    if file.stored_name != written[0]:
        storage.remove(*written)
    attachment.was_shortened = prepared.was_shortened
    return attachment


def _write(prepared: Prepared) -> tuple[str, str]:
    """Names in the storage of the content and of its thumbnail, if it has one."""
    content = thumbnail = ""
    try:
        content = storage.keep(prepared.content)
        thumbnail = storage.keep(prepared.thumbnail) if prepared.thumbnail else ""
    except OSError as fault:
        storage.remove(content, thumbnail)
        raise Refused("not_stored") from fault
    return content, thumbnail


def _row(prepared: Prepared, written: tuple[str, str], *, by: User) -> StoredFile:
    """The row of this content, locked; a new one unless it is kept already."""
    stored_name, thumbnail_name = written
    facts = {
        "content_type": prepared.content_type,
        "size": len(prepared.content),
        "stored_name": stored_name,
        "thumbnail_name": thumbnail_name,
        "width": prepared.width,
        "height": prepared.height,
        "report": prepared.report,
        "text": text.plain(prepared.text),
        "uploaded_by": by,
        "scan": Scan.WAITING if settings.ANTIVIRUS_COMMAND else Scan.NONE,
    }
    # Locked, so that it is not swept away as unused in this very moment.
    kept = StoredFile.objects.select_for_update()
    file, is_new = kept.get_or_create(hash=prepared.hash, defaults=facts)
    names = filter(None, [file.stored_name, file.thumbnail_name])
    if not is_new and not all(map(storage.exists, names)):
        # Lost from the disk, and here it is again.
        file.stored_name, file.thumbnail_name = written
        file.save(update_fields=["stored_name", "thumbnail_name"])
    if is_new and settings.ANTIVIRUS_COMMAND:
        antivirus.scan.enqueue(file.pk)
    return file


def _check_room(version: Version) -> None:
    if version.attachments.count() >= limits.FILES_PER_VERSION:
        raise Refused("too_many_files", limit=limits.FILES_PER_VERSION)


def _check_share(by: User) -> None:
    """Raise Refused when one person, or all, have sent as much as a day holds."""
    today = StoredFile.objects.uploaded_since(timezone.now() - _DAY)
    mine = today.filter(uploaded_by=by)
    too_many = mine.count() >= limits.FILES_PER_DAY
    if too_many or _bytes(mine) >= limits.BYTES_PER_DAY:
        raise Refused("day_is_full")
    if _bytes(today) >= limits.BYTES_PER_DAY_FROM_ALL:
        raise Refused("all_is_full")


def _check_pace(by: User) -> None:
    """Raise Refused when the person has had as many files looked at as a while holds.

    To take a turn is one act of the cache, so that those who try at once are counted.
    """
    turns = (f"upload-{by.pk}-{number}" for number in range(limits.TRIES))
    if not any(cache.add(turn, True, limits.TRIES_SECONDS) for turn in turns):
        raise Refused("too_often")


def _bytes(files) -> int:
    return files.aggregate(total=Sum("size"))["total"] or 0
