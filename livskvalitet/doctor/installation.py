"""The machine: its settings, tables, folders, clock and certificate."""

import os
import shutil
import socket
import ssl
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.functions import Now
from django.utils import timezone

from livskvalitet.doctor.findings import Examined, Finding, fault, warning
from search.models import ContentGeneration

_SECONDS = 10  # to wait for another machine
# A code from an app holds for half a minute.
_MOST_SKEW = timedelta(seconds=15)
_NOTICED_SKEW = timedelta(seconds=3)
_RENEW_WITHIN, _AT_ONCE_WITHIN = timedelta(days=21), timedelta(days=5)
_LEAST_FREE = 200_000_000  # bytes
_LITTLE_FREE = 2_000_000_000


def deployment(examined: Examined) -> Iterator[Finding]:
    for message in checks.run_checks(include_deployment_checks=not settings.LOCAL):
        if message.is_silenced() or message.level < checks.WARNING:
            continue
        find = fault if message.level >= checks.ERROR else warning
        remedy = f"{message.hint or ''} Alla inställningar finns i deploy/env.example."
        yield find(f"{message.id}: {message.msg}", remedy.strip())


def migrations(examined: Examined) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if left:
        yield fault(
            f"Koden är nyare än databasens tabeller. {left} ändringar är inte gjorda.",
            "Ta en säkerhetskopia och kör manage.py migrate.",
        )


def folders(examined: Examined) -> Iterator[Finding]:
    for name in ("VAR_DIR", "MEDIA_ROOT", "BACKUP_DIR"):
        folder = Path(getattr(settings, name))
        if not folder.is_dir():
            find = warning if name == "BACKUP_DIR" else fault
            yield find(
                f"Mappen {folder} ({name}) finns inte.",
                f"Skapa mappen, eller låt {name} peka på en som finns.",
            )
        elif not os.access(folder, os.W_OK | os.X_OK):
            yield fault(
                f"Det går inte att skriva i {folder} ({name}).",
                "Låt den användare som kör webbplatsen äga mappen (chown).",
            )
        elif stat.S_IMODE(folder.stat().st_mode) & stat.S_IWOTH:
            yield fault(
                f"Alla på datorn får skriva i {folder} ({name}).",
                f"Kör chmod o-w {folder}.",
            )


def disk(examined: Examined) -> Iterator[Finding]:
    for name in ("VAR_DIR", "MEDIA_ROOT", "BACKUP_DIR"):
        folder = Path(getattr(settings, name))
        if not folder.is_dir():
            continue
        free = shutil.disk_usage(folder).free
        if free < _LITTLE_FREE:
            find = fault if free < _LEAST_FREE else warning
            yield find(
                f"Disken med {folder} ({name}) har {free // 1_000_000} MB kvar.",
                "Ta bort gamla loggar och säkerhetskopior, eller gör disken större.",
            )


def clock(examined: Examined) -> Iterator[Finding]:
    asked = ContentGeneration.objects.annotate(now=Now()).values_list("now", flat=True)
    now = asked.first()
    skew = abs(timezone.now() - now) if now else timedelta()
    if skew > _NOTICED_SKEW:
        find = fault if skew > _MOST_SKEW else warning
        yield find(
            f"Datorns klocka och databasens skiljer sig {skew.seconds} sekunder.",
            "Se till att båda datorerna ställer klockan mot samma tidsserver (NTP).",
        )


def certificate(examined: Examined) -> Iterator[Finding]:
    where = urlsplit(examined.address)
    if where.scheme != "https" or not where.hostname:
        return
    remedy = "Se i proxyns inställningar vilket certifikat den visar, och förnya det."
    try:
        expires = _expires(where.hostname, where.port or 443)
    except ssl.SSLCertVerificationError as found:
        reason = found.verify_message
        yield fault(f"Certifikatet för {where.hostname} duger inte: {reason}.", remedy)
    except OSError as found:
        yield fault(
            f"{where.hostname} svarar inte på https: {found}.",
            "Se efter att proxyn är igång och att namnet leder till den.",
        )
    else:
        left = expires - timezone.now()
        if left < _RENEW_WITHIN:
            find = fault if left < _AT_ONCE_WITHIN else warning
            text = f"Certifikatet för {where.hostname} går ut om {left.days} dagar."
            yield find(text, remedy)


def _expires(host: str, port: int) -> datetime:
    """Raises OSError, and SSLCertVerificationError for one that browsers refuse."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as link,
    ):
        shown = link.getpeercert() or {}
    seconds = ssl.cert_time_to_seconds(str(shown["notAfter"]))
    return datetime.fromtimestamp(seconds, UTC)
