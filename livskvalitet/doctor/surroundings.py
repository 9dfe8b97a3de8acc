"""What the site leans on: mail, storage, cache, the worker and backups."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import ScheduledJob
from livskvalitet import health, read_only
from livskvalitet.backup import folder, restoring
from livskvalitet.backup.faults import BackupFault
from livskvalitet.doctor.findings import Examined, Finding, fault, warning
from livskvalitet.schedule import DOCTOR, jobs

_LATE_RUN = timedelta(hours=1)
_PROBE = "doktorn/prov"
_FAILED_LATELY = timedelta(days=7)
# Every night, with time for a large one.
_LATE, _VERY_LATE = timedelta(hours=30), timedelta(days=3)
_READ_AT_ONCE = 1_000_000_000  # bytes: a larger one only when all is looked through


def mail_server(examined: Examined) -> Iterator[Finding]:
    try:
        connection = mail.get_connection(timeout=10)
        connection.open()
        connection.close()
    except Exception as found:  # OSError, and what SMTP servers answer
        yield fault(
            f"E-postservern svarar inte som den ska: {type(found).__name__}.",
            "Se över EMAIL_URL. Mejlen väntar i kön och skickas när servern svarar.",
        )


def storage(examined: Examined) -> Iterator[Finding]:
    try:
        name = default_storage.save(_PROBE, ContentFile(b"prov"))
        try:
            with default_storage.open(name) as file:
                same = file.read() == b"prov"
        finally:
            default_storage.delete(name)
    except Exception as found:  # each storage has faults of its own
        yield fault(
            f"Det går inte att spara filer: {type(found).__name__}.",
            "Se över MEDIA_ROOT eller fillagrets inställningar, och att det får plats.",
        )
        return
    if not same:
        yield fault(
            "En fil som sparades gick inte att läsa tillbaka.",
            "Fillagret är trasigt. Byt det innan någon laddar upp något mer.",
        )


def shared_cache(examined: Examined) -> Iterator[Finding]:
    try:
        cache.set("doctor", "prov", 10)
        same = cache.get("doctor") == "prov" and not getattr(cache, "is_lost", False)
    except Exception:  # each backend has faults of its own
        same = False
    if not same:
        yield fault(
            "Cachen svarar inte, så försök att logga in kan inte räknas.",
            "Se efter att servern i CACHE_URL är igång.",
        )


def worker(examined: Examined) -> Iterator[Finding]:
    since = timezone.now() - health.LONGEST_WAIT
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=since).count()
    if reason := read_only.reason():
        yield warning(
            f"Webbplatsen går bara att läsa, och uppgifter väntar. Skälet är: {reason}",
            "Kör manage.py read_only --off när det som pågår är klart.",
        )
    elif waiting:
        yield fault(
            f"{waiting} uppgifter i kön har väntat mer än tio minuter.",
            "Starta om webbplatsen med systemctl restart livskvalitet. Inget är "
            "förlorat.",
        )
    lately = timezone.now() - _FAILED_LATELY
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=lately).count()
    if failed:
        yield warning(
            f"{failed} uppgifter har misslyckats den senaste veckan.",
            "Se vilka under Misslyckade uppgifter i admin, och i loggen varför.",
        )


def clockwork(examined: Examined) -> Iterator[Finding]:
    """What `run_schedule` should have run, with an hour to do it in."""
    now = timezone.now()
    runs = {run.name: run for run in ScheduledJob.objects.all()}
    failed, late = [], []
    for job in jobs():
        run = runs.get(job.name)
        if run is None or run.due_at is None:
            late.append(job.name)
        elif run.failure and job.name != DOCTOR:  # it told of what it found
            failed.append(job.name)
        elif run.due_at < job.when.last_due(now - _LATE_RUN):
            late.append(job.name)
    if late:
        yield fault(
            f"Det som ska köras efter klockan har inte körts: {', '.join(late)}.",
            "Starta manage.py run_schedule (systemctl start livskvalitet-schedule).",
        )
    if failed:
        yield fault(
            f"Den senaste körningen misslyckades: {', '.join(failed)}.",
            "Kör kommandot för hand och läs vad det säger.",
        )


def backups(examined: Examined) -> Iterator[Finding]:
    newest = folder.newest(settings.BACKUP_DIR)
    made_at = folder.made_at(newest) if newest else None
    if newest is None or made_at is None:
        yield fault(
            f"Det finns ingen säkerhetskopia i {settings.BACKUP_DIR}.",
            "Kör manage.py backup, och se till att det görs varje natt.",
        )
        return
    age = timezone.now() - made_at
    if age > _LATE:
        find = fault if age > _VERY_LATE else warning
        yield find(
            f"Den senaste säkerhetskopian är {int(age / timedelta(hours=1))} timmar "
            "gammal.",
            "Kör manage.py backup, och se i loggen varför den inte gjordes i natt.",
        )
    if not settings.BACKUP_KEY:
        yield warning(
            "Säkerhetskopiorna är inte krypterade.",
            "Sätt BACKUP_KEY till minst 32 slumpade tecken, och förvara nyckeln även "
            "på ett annat ställe.",
        )
    if examined.is_full or newest.stat().st_size < _READ_AT_ONCE:
        try:
            restoring.check(newest, settings.BACKUP_KEY)
        except BackupFault as found:
            yield fault(
                f"{newest.name} går inte att läsa tillbaka: {found}",
                "Kör manage.py backup nu. Är den nya också trasig kan disken vara det.",
            )
