"""The virus scanner that the installation names, asked once for each file (5.4.3).

Nothing is published before it has answered: a scanner that is down holds files back.
"""

import logging
import shlex
import subprocess
import tempfile
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from kunskapsbank import findable
from kunskapsbank.enums import Scan
from kunskapsbank.models import StoredFile
from kunskapsbank.uploads import storage

SECONDS = 120
# What to wait before asking again; after the last, `sweep_files` asks.
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
_SAID = {0: Scan.CLEAN, 1: Scan.INFECTED}

logger = logging.getLogger(__name__)


@task()
def scan(file_pk: int, attempt: int = 0) -> None:
    """Ask about one file; when there is no answer, ask again later."""
    file = StoredFile.objects.unscanned().filter(pk=file_pk).first()
    if file is None or not settings.ANTIVIRUS_COMMAND:
        return
    said = answer(file)
    _keep(file, said)
    if said == Scan.WAITING and attempt < len(DELAYS):
        later = scan.using(run_after=timezone.now() + DELAYS[attempt])
        later.enqueue(file_pk, attempt + 1)


@transaction.atomic
def _keep(file: StoredFile, said: Scan) -> None:
    file.scan = said
    file.save(update_fields=["scan"])
    if said == Scan.INFECTED:
        entries = file.attachments.values_list("version__entry", flat=True)
        findable.refresh(set(entries))


def answer(file: StoredFile) -> Scan:
    """What the scanner says of the file; WAITING when it says nothing."""
    with tempfile.NamedTemporaryFile() as copy:
        try:
            copy.write(storage.read(file.stored_name))
            copy.flush()
            command = [*shlex.split(settings.ANTIVIRUS_COMMAND), copy.name]
            done = subprocess.run(command, capture_output=True, timeout=SECONDS)
        except (OSError, subprocess.SubprocessError) as fault:
            logger.error("file %s is not scanned: %s", file.pk, type(fault).__name__)
            return Scan.WAITING
    if done.returncode not in _SAID:
        logger.error("the virus scanner answers %s", done.returncode)
    return _SAID.get(done.returncode, Scan.WAITING)
