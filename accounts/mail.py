"""Mail that is tried again and never sent twice, for every app that tells people
something.

A task makes the mail from ids and hands it to `send`, which queues the same task anew
when the mail server does not take it.
"""

import logging
import smtplib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from accounts.exceptions import GivenUp
from accounts.models import SentMail

# What to wait before trying again; after the last the task is left as failed. Together
# four days and a half, so that a server which is down over a weekend loses nothing.
DELAYS = [
    *(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)),
    *(timedelta(days=1) for _ in range(4)),
]
# Longer than any mail takes to send (EMAIL_TIMEOUT for each step of the talk).
TAKEN_FOR = timedelta(minutes=10)
# Answers from 500 up mean no, whenever one asks (RFC 5321 section 4.2.1).
NEVER = 500

logger = logging.getLogger(__name__)


def composed(text: str, *, to: str, name: str) -> EmailMessage:
    """A plain mail of a text whose first line is the subject.

    `name` makes the Message-ID, the same however often it is sent. Replies go to the
    moderators.
    """
    subject, _, body = text.strip().partition("\n")
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[to],
        reply_to=[settings.MODERATORS_EMAIL],
        headers={
            "Message-ID": f"<{name}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def send(message: EmailMessage, *, task: Task, args: list, attempt: int) -> None:
    """Send it unless it has been sent, or queue `task` with `args` for later.

    What the server refuses for good is noted and not tried again. Raises GivenUp when
    the last attempt fails.
    """
    message_id = message.extra_headers["Message-ID"]
    note, is_ours = _take(message_id)
    if note.is_done:
        return
    if not is_ours and note.taken_until:
        task.using(run_after=note.taken_until).enqueue(*args, attempt)
        return
    try:
        message.send()
    except OSError as fault:  # SMTPException is one
        if refusal := _refusal(fault):
            _note(note, refused_at=timezone.now(), refusal=refusal)
            logger.error("%s is refused for good: %s", message_id, refusal)
            return
        _note(note)
        if attempt >= len(DELAYS):
            raise GivenUp(type(fault).__name__) from None
        logger.warning("%s %s waits: %s", task.name, args, type(fault).__name__)
        later = task.using(run_after=timezone.now() + DELAYS[attempt])
        later.enqueue(*args, attempt + 1)
    else:
        _note(note, sent_at=timezone.now())


@transaction.atomic
def _take(message_id: str) -> tuple[SentMail, bool]:
    """The note of a mail, and whether it is ours to send."""
    SentMail.objects.get_or_create(message_id=message_id)
    note = SentMail.objects.select_for_update().get(message_id=message_id)
    now = timezone.now()
    if note.is_done or (note.taken_until and note.taken_until > now):
        return note, False
    note.taken_until = now + TAKEN_FOR
    note.save(update_fields=["taken_until"])
    return note, True


def _note(note: SentMail, **values: object) -> None:
    """Say what came of it, and let it go."""
    note.taken_until = None
    for name, value in values.items():
        setattr(note, name, value)
    note.save(update_fields=["taken_until", *values])


def _refusal(fault: OSError) -> str:
    """The server's code when it said no for good, without what it said of whom."""
    codes: list[int] = []
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
    elif isinstance(fault, smtplib.SMTPDataError | smtplib.SMTPSenderRefused):
        codes = [fault.smtp_code]
    if codes and min(codes) >= NEVER:
        return f"{type(fault).__name__} {min(codes)}"
    return ""
