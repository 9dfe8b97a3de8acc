"""A real mail server on loopback that answers as it is told, and a real worker."""

import email
import socket
from contextlib import contextmanager
from email.policy import default
from unittest import mock

from aiosmtpd.controller import Controller
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

YES = "250 OK"


class Inbox:
    """What the server has taken. `answers` are its next answers to a mail; then yes.

    "drop" hangs up without an answer, and "hang up after" once it has said yes.
    """

    def __init__(self):
        self.messages = []
        self.answers = []
        self.recipient_answers = []
        self.asked = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.recipient_answers.pop(0) if self.recipient_answers else YES
        if answer == YES:
            envelope.rcpt_tos.append(address)
        else:
            self.asked += 1
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else YES
        if answer == "drop":
            server.transport.abort()
            return YES
        if answer in {YES, "hang up after"}:
            self.messages.append(
                email.message_from_bytes(envelope.content, policy=default)
            )
        if answer == "hang up after":
            server.loop.call_later(0.05, server.transport.abort)
            return YES
        return answer


@contextmanager
def serving(settings):
    """Let mail go to a server of our own, and give its inbox."""
    inbox = Inbox()
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    direct(settings, port)
    try:
        yield inbox
    finally:
        controller.stop()


def direct(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 5


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def work():
    """Run all that is due, as the worker beside the server does.

    It would close the connection that holds the test's transaction.
    """
    with mock.patch.object(db_worker, "close_old_connections"):
        _worker().run()


def _worker():
    return db_worker.Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )


def work_later():
    """The same, when all that is put off has become due."""
    waiting = DBTaskResult.objects.filter(status="READY")
    waiting.update(run_after=timezone.now())
    work()
