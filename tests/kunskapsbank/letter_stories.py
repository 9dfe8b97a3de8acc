"""Letters brought to where a test begins."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from time_machine import travel

from kunskapsbank import guards, workflow
from kunskapsbank.enums import DeclineReason, LetterKind

TIP = {"text": "Grannarna på Elineberg byter böcker.\nDet pågår varje torsdag."}


def stamp(seconds=60):
    """The stamp of a form that was opened so long ago."""
    with travel(timezone.now() - timedelta(seconds=seconds), tick=False):
        return guards.new_stamp()


def tip(**values):
    return workflow.receive_letter(LetterKind.TIP, key=uuid4(), **{**TIP, **values})


def report(entry, **values):
    about = {
        "reason": DeclineReason.PERSONAL_DATA,
        "text": "Mitt namn står i texten.",
        "in_good_faith": True,
    }
    return workflow.receive_letter(
        LetterKind.REPORT, key=uuid4(), entry=entry, **{**about, **values}
    )
