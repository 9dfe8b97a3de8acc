"""Mail about sign-in, queued, so that how long a page takes does not tell whether
there is an account (trust 6.3.8), and so that a code waits for the mail server."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks import task

from accounts import encryption
from accounts.exceptions import GivenUp

# A code is of no use after a quarter of an hour.
DELAYS = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 300)]

logger = logging.getLogger(__name__)


def queue(message: EmailMessage) -> None:
    """Queue a mail; its text holds codes, so the row that waits is encrypted."""
    send_mail.enqueue(
        encryption.encrypt("\n".join([*message.to, message.subject, message.body])),
        message.from_email,
    )


@task()
def send_mail(encrypted: str, from_email: str, attempt: int = 0) -> None:
    """Send one mail; when the mail server does not take it, try again soon."""
    recipient, subject, body = encryption.decrypt(encrypted).split("\n", 2)
    message = EmailMessage(
        subject,
        body,
        from_email,
        [recipient],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except OSError as fault:  # SMTPException is one
        if attempt >= len(DELAYS):
            raise GivenUp(type(fault).__name__) from None
        logger.warning("mail about sign-in waits: %s", type(fault).__name__)
        later = send_mail.using(run_after=timezone.now() + DELAYS[attempt])
        later.enqueue(encrypted, from_email, attempt + 1)
